import WITModel

/// Makes the `BindingsModel`: chooses worlds, names and mappings, translates types, and reports what cannot be generated.
struct BindingsModelBuilder {
    let resolve: Resolve
    let configuration: BindingsConfiguration
    var names: BindingsNames
    var translator: TypeTranslator
    var mistakes: [Diagnostic] = []
    var types: [TypeID: BindingsTypeDefinition] = [:]
    var errors: Set<TypeID> = []
    var mappings: [TypeID: BindingsConfiguration.Mapping] = [:]
    private var usedPatterns: Set<String> = []

    private init(_ resolve: Resolve, _ configuration: BindingsConfiguration) {
        self.resolve = resolve
        self.configuration = configuration
        names = BindingsNames(modules: configuration.imports)
        translator = TypeTranslator(resolve: resolve)
    }

    /// Makes the model.
    static func build(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> BindingsModel {
        var builder = BindingsModelBuilder(resolve, configuration)
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

    private mutating func model() -> BindingsModel {
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
        return BindingsModel(
            configuration: configuration,
            worlds: hostWorlds,
            interfaces: built.sorted { $0.namespace < $1.namespace },
            imported: Set(worlds.flatMap { resolve[$0].imports.map(\.name) }),
            exported: Set(worlds.flatMap { resolve[$0].exports.map(\.name) }),
            types: types,
            typesByNamespace: Dictionary(uniqueKeysWithValues: groups.map { ($0.namespace, $0.types) })
        )
    }

    // MARK: Worlds and functions

    /// Refuses an interface that a world imports or exports under a name of its own.
    private mutating func refuseRenamed(_ item: WorldItem) {
        guard case .interface(let id) = item.kind, let name = resolve[id].name, resolve.qualifiedName(id) != item.name
        else { return }
        translator.refuse(
            item.span,
            "the interface `\(name)` stands under another name, `\(item.name)`, which the bindings do not carry"
        )
    }

    private mutating func interface(_ id: InterfaceID, _ externName: String) -> BindingsInterface {
        let plain = resolve[id].name ?? externName
        return BindingsInterface(
            externName: externName,
            namespace: names.namespaces[id] ?? "",
            docs: resolve[id].docs,
            functions: functions(resolve[id].functions, of: plain, externName)
        )
    }

    private mutating func world(_ id: WorldID, _ interfaces: [InterfaceID: BindingsInterface]) -> BindingsWorld {
        let name = names.worldNames[id] ?? ""
        func group(_ items: [WorldItem]) -> ([BindingsInterface], BindingsInterface) {
            var found: [BindingsInterface] = []
            var plain: [Function] = []
            for item in items {
                switch item.kind {
                case .interface(let id): if let interface = interfaces[id] { found.append(interface) }
                case .function(let function): plain.append(function)
                case .type: break
                }
            }
            let own = BindingsInterface(
                externName: nil,
                namespace: name,
                docs: resolve[id].docs,
                functions: functions(plain, of: resolve[id].name, nil)
            )
            return (found.sorted { $0.namespace < $1.namespace }, own)
        }
        let (imports, importedFunctions) = group(resolve[id].imports)
        let (exports, exportedFunctions) = group(resolve[id].exports)
        return BindingsWorld(
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
    ) -> [BindingsFunction] {
        var scope = NameScope()
        return functions.filter { $0.kind == .freestanding }.map { function in
            if function.isAsync { translator.refuseAsync(function) }
            let owner = "function `\(function.name)`"
            var labels = NameScope()
            return BindingsFunction(
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
