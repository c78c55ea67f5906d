import WITModel

/// Makes the `HostModel`: chooses worlds, names and mappings, translates types, and reports what cannot be generated.
struct HostModelBuilder {
    private let resolve: Resolve
    private let configuration: BindingsConfiguration
    private var names: HostNames
    private var translator: HostTypeTranslator
    private var mistakes: [Diagnostic] = []
    private var types: [TypeID: HostTypeDefinition] = [:]
    private var errors: Set<TypeID> = []
    private var mappings: [TypeID: BindingsConfiguration.Mapping] = [:]
    private var usedPatterns: Set<String> = []

    private init(_ resolve: Resolve, _ configuration: BindingsConfiguration) {
        self.resolve = resolve
        self.configuration = configuration
        names = HostNames(modules: configuration.imports)
        translator = HostTypeTranslator(resolve: resolve)
    }

    /// Makes the model.
    static func build(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> HostModel {
        var builder = HostModelBuilder(resolve, configuration)
        let model = builder.model()
        try builder.throwMistakes()
        return model
    }

    private func throwMistakes() throws(WITError) {
        if !translator.diagnostics.isEmpty {
            throw WITError(diagnostics: translator.diagnostics, sources: resolve.sources)
        }
        guard mistakes.isEmpty else { throw configuration.error(mistakes) }
    }

    private mutating func model() -> HostModel {
        let worlds = WorldSelection.select(configuration.worlds, in: resolve, &mistakes)
        let items = worlds.flatMap { resolve[$0].imports + resolve[$0].exports }
        for item in items { refuseRenamed(item) }
        var interfaces: [InterfaceID: String] = [:]
        for item in items {
            if case .interface(let id) = item.kind { interfaces[id] = item.name }
        }
        let order = interfaces.sorted { $0.value == $1.value ? $0.key.index < $1.key.index : $0.value < $1.value }
            .map(\.key)
        let owners = ownerWorlds(of: items, and: worlds)
        for world in owners { names.name(world, in: resolve) }
        for id in order { names.name(id, as: resolve[id].name ?? interfaces[id] ?? "", in: resolve) }
        let groups: [(namespace: String, types: [TypeID])] =
            order.map { (names.namespaces[$0] ?? "", resolve[$0].types.filter { !resolve[$0].isUse }) }
            + owners.map { world in (names.worldNames[world] ?? "", ownTypes(of: world, among: items)) }
        for group in groups { names.name(group.types, in: resolve) }
        findMappings()
        findErrors(order, items)
        for group in groups { for type in group.types { define(type, in: group.namespace) } }
        let built = order.map { interface($0, interfaces[$0] ?? "") }
        let byName = Dictionary(uniqueKeysWithValues: zip(order, built))
        let hostWorlds = worlds.map { world($0, byName) }
        reportUnusedPatterns()
        return HostModel(
            configuration: configuration,
            worlds: hostWorlds,
            interfaces: built.sorted { $0.namespace < $1.namespace },
            imported: Set(worlds.flatMap { resolve[$0].imports.map(\.name) }),
            exported: Set(worlds.flatMap { resolve[$0].exports.map(\.name) }),
            types: types,
            typesByNamespace: Dictionary(uniqueKeysWithValues: groups.map { ($0.namespace, $0.types) })
        )
    }

    /// Refuses an interface that a world imports or exports under a name of its own.
    private mutating func refuseRenamed(_ item: WorldItem) {
        guard case .interface(let id) = item.kind, let name = resolve[id].name, resolve.qualifiedName(id) != item.name
        else { return }
        translator.refuse(
            item.span,
            "the interface `\(name)` stands under another name, `\(item.name)`, which the bindings do not carry"
        )
    }

    // MARK: Types

    /// The worlds that are written, and those that own a type which came in by `include`.
    private func ownerWorlds(of items: [WorldItem], and worlds: [WorldID]) -> [WorldID] {
        var owners = worlds
        for case .type(let id) in items.map(\.kind) {
            if case .world(let world) = resolve[resolve.definition(id)].owner, !owners.contains(world) {
                owners.append(world)
            }
        }
        return owners
    }

    private func ownTypes(of world: WorldID, among items: [WorldItem]) -> [TypeID] {
        var found: [TypeID] = []
        for case .type(let id) in items.map(\.kind)
        where !resolve[id].isUse && resolve[id].owner == .world(world) && !found.contains(id) {
            found.append(id)
        }
        return found
    }

    /// The name that a configuration calls a type by.
    private func key(_ id: TypeID) -> String {
        guard case .interface(let owner) = resolve[id].owner, let name = resolve[owner].name else {
            return resolve[id].name
        }
        let package = resolve[resolve[owner].package].name
        return "\(package.namespace):\(package.name)/\(name).\(resolve[id].name)"
    }

    private mutating func findMappings() {
        var known: [String: [TypeID]] = [:]
        for index in resolve.types.indices {
            let id = TypeID(index: index)
            if !resolve[id].isUse { known[key(id), default: []].append(id) }
        }
        for (name, mapping) in configuration.types.sorted(by: { $0.key < $1.key }) {
            guard let ids = known[name] else {
                mistakes.append(
                    Diagnostic(
                        "there is no type \"\(name)\" to map",
                        at: mapping.span,
                        hint: "write it as `namespace:package/interface.type`, without a version"
                    )
                )
                continue
            }
            for id in ids { mappings[id] = mapping }
        }
    }

    private mutating func findErrors(_ interfaces: [InterfaceID], _ items: [WorldItem]) {
        var functions = interfaces.flatMap { resolve[$0].functions }
        for case .function(let function) in items.map(\.kind) { functions.append(function) }
        for function in functions {
            for type in function.parameters.map(\.type) + [function.result].compactMap({ $0 }) { findErrors(in: type) }
        }
        for type in resolve.types {
            switch type.kind {
            case .record(let fields): fields.forEach { findErrors(in: $0.type) }
            case .variant(let cases): cases.compactMap(\.payload).forEach { findErrors(in: $0) }
            case .alias(let target): findErrors(in: target)
            case .enumeration, .flags, .resource: break
            }
        }
    }

    private mutating func findErrors(in type: WITType) {
        switch type {
        case .list(let inner), .option(let inner): findErrors(in: inner)
        case .tuple(let elements): elements.forEach { findErrors(in: $0) }
        case .result(let ok, let error):
            if let ok { findErrors(in: ok) }
            if let error {
                findErrors(in: error)
                if case .named(let id) = resolve.underlying(error) { errors.insert(id) }
            }
        default: break
        }
    }

    private mutating func define(_ id: TypeID, in namespace: String) {
        let type = resolve[id]
        let owner = "type `\(type.name)`"
        let name = names.typeNames[id] ?? ""
        let mapping = mappings[id]
        let kind: HostTypeDefinition.Kind
        switch type.kind {
        case .record(let fields):
            let swift = memberNames(fields.map(\.name), ["hashValue"], mapping?.properties, mapping)
            kind = .record(
                zip(fields, swift).map { ($0, $1, translator.translate($0.type, at: $0.typeSpan, in: owner)) }
            )
        case .variant(let cases):
            let swift = memberNames(cases.map(\.name), [], mapping?.cases, mapping)
            kind = .variant(
                zip(cases, swift).map { item, name in
                    (item, name, item.payload.map { translator.translate($0, at: item.typeSpan, in: owner) })
                }
            )
        case .enumeration(let cases):
            let swift = memberNames(cases.map(\.name), ["allCases"], mapping?.cases, mapping)
            kind = .enumeration(zip(cases, swift).map { ($0, $1) })
        case .flags(let cases):
            if cases.count > 32 {
                translator.refuse(cases[32].span, "flags `\(type.name)` has \(cases.count) flags, 32 are possible")
            }
            kind = .flags(zip(cases, memberNames(cases.map(\.name), [], mapping?.cases, mapping)).map { ($0, $1) })
        case .alias(let target):
            kind = .alias(translator.translate(target, at: type.span, in: owner))
        case .resource:
            translator.refuse(type.span, "the resource `\(type.name)` cannot be generated; take it out of the world")
            return
        }
        requireLabels(mapping, type)
        types[id] = HostTypeDefinition(
            id: id,
            docs: type.docs,
            kind: kind,
            name: name,
            qualified: mapping?.swift ?? "\(namespace).\(SwiftName.member(name))",
            codec: SwiftName.lowerFirst(namespace) + name,
            mapping: mapping,
            isError: errors.contains(id)
        )
    }

    private mutating func memberNames(
        _ names: [String],
        _ taken: Set<String>,
        _ mapped: [String]?,
        _ mapping: BindingsConfiguration.Mapping?
    ) -> [String] {
        if let mapped, mapped.count == names.count { return mapped }
        if let mapped {
            mistakes.append(Diagnostic("there are \(mapped.count) names for \(names.count) members", at: mapping?.span))
        }
        var scope = NameScope(taken: mapping == nil ? taken : [])
        return names.map { scope.take(SwiftName.value($0)) }
    }

    private mutating func requireLabels(_ mapping: BindingsConfiguration.Mapping?, _ type: TypeDefinition) {
        guard let labels = mapping?.labels else { return }
        if case .record(let fields) = type.kind, fields.count == labels.count { return }
        mistakes.append(
            Diagnostic("\"labels\" needs one label for each field of `\(type.name)`", at: mapping?.span)
        )
    }

    // MARK: Functions

    private mutating func interface(_ id: InterfaceID, _ externName: String) -> HostInterface {
        let plain = resolve[id].name ?? externName
        return HostInterface(
            externName: externName,
            namespace: names.namespaces[id] ?? "",
            docs: resolve[id].docs,
            functions: functions(resolve[id].functions, of: plain, externName)
        )
    }

    private mutating func world(_ id: WorldID, _ interfaces: [InterfaceID: HostInterface]) -> HostWorld {
        let name = names.worldNames[id] ?? ""
        func group(_ items: [WorldItem]) -> ([HostInterface], HostInterface) {
            var found: [HostInterface] = []
            var plain: [Function] = []
            for item in items {
                switch item.kind {
                case .interface(let id): if let interface = interfaces[id] { found.append(interface) }
                case .function(let function): plain.append(function)
                case .type: break
                }
            }
            let own = HostInterface(
                externName: nil,
                namespace: name,
                docs: resolve[id].docs,
                functions: functions(plain, of: resolve[id].name, nil)
            )
            return (found.sorted { $0.namespace < $1.namespace }, own)
        }
        let (imports, importedFunctions) = group(resolve[id].imports)
        let (exports, exportedFunctions) = group(resolve[id].exports)
        return HostWorld(
            name: name,
            externName: resolve[resolve[id].package].name.qualifying(resolve[id].name),
            docs: resolve[id].docs,
            imports: imports,
            importedFunctions: importedFunctions,
            exports: exports,
            exportedFunctions: exportedFunctions
        )
    }

    private mutating func functions(
        _ functions: [Function],
        of interface: String,
        _ externName: String?
    ) -> [HostFunction] {
        var scope = NameScope()
        return functions.filter { $0.kind == .freestanding }.map { function in
            if function.isAsync { translator.refuseAsync(function) }
            let owner = "function `\(function.name)`"
            var labels = NameScope()
            return HostFunction(
                function: function,
                parameters: function.parameters.map {
                    (labels.take(SwiftName.value($0.name)), translator.translate($0.type, at: $0.typeSpan, in: owner))
                },
                result: function.result.map { translator.translate($0, at: function.resultSpan, in: owner) },
                name: scope.take(SwiftName.value(function.name)),
                isAsync: isAsync(function.name, interface, externName)
            )
        }
    }

    private mutating func isAsync(_ function: String, _ interface: String, _ externName: String?) -> Bool {
        var patterns = ["*", "\(interface).*", "\(interface).\(function)"]
        patterns += externName.map { ["\($0).*", "\($0).\(function)"] } ?? [function]
        usedPatterns.formUnion(patterns)
        let wanted = Set(configuration.asyncImports.map(\.text))
        return patterns.contains { wanted.contains($0) }
    }

    private mutating func reportUnusedPatterns() {
        for pattern in configuration.asyncImports where !usedPatterns.contains(pattern.text) {
            mistakes.append(
                Diagnostic(
                    "no function of the chosen worlds is called \"\(pattern.text)\"",
                    at: pattern.span,
                    hint:
                        "write `interface.function`, `interface.*`, `function` for one of the world's own, or `*` for all"
                )
            )
        }
    }
}
