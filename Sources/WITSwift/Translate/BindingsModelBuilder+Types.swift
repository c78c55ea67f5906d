import WITModel

extension BindingsModelBuilder {
    /// The worlds that are written, and those that own a type which came in by `include`.
    func ownerWorlds(of items: [WorldItem], and worlds: [WorldID]) -> [WorldID] {
        var owners = worlds
        for case .type(let id) in items.map(\.kind) {
            if case .world(let world) = resolve[resolve.definition(id)].owner, !owners.contains(world) {
                owners.append(world)
            }
        }
        return owners
    }

    func ownTypes(of world: WorldID, among items: [WorldItem]) -> [TypeID] {
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

    mutating func findMappings() {
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

    mutating func findErrors(_ interfaces: [InterfaceID], _ items: [WorldItem]) {
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

    mutating func define(_ id: TypeID, in namespace: String) {
        let type = resolve[id]
        let owner = "type `\(type.name)`"
        let name = names.typeNames[id] ?? ""
        let mapping = mappings[id]
        let kind: BindingsTypeDefinition.Kind
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
            kind = .flags(
                zip(cases, memberNames(cases.map(\.name), ["rawValue"], mapping?.cases, mapping)).map { ($0, $1) }
            )
        case .alias(let target):
            kind = .alias(translator.translate(target, at: type.span, in: owner))
        case .resource:
            translator.refuse(type.span, "the resource `\(type.name)` cannot be generated; take it out of the world")
            return
        }
        requireLabels(mapping, type)
        types[id] = BindingsTypeDefinition(
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
}
