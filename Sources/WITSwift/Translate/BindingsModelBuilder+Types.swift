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
            if ids.contains(where: { resolve[$0].isResource }) {
                mistakes.append(
                    Diagnostic(
                        "\"\(name)\" is a resource, which no other type can stand for",
                        at: mapping.span,
                        hint: "let the type conform to the protocol that is generated"
                    )
                )
            }
        }
    }

    mutating func findErrors(_ interfaces: [InterfaceID], _ items: [WorldItem]) {
        var functions = interfaces.flatMap { resolve[$0].functions }
        for case .function(let function) in items.map(\.kind) { functions.append(function) }
        for function in functions {
            for type in function.parameters.map(\.type) + [function.result].compactMap({ $0 }) { findErrors(in: type) }
        }
        for (index, type) in resolve.types.enumerated()
        where package == resolve.main || self.package(of: TypeID(index: index)) == package {
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
        case .map(_, let value): findErrors(in: value)
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

    /// Defines the types of a namespace; those that cannot be carried are left out, and the functions that use them tell.
    mutating func define(_ group: TypeGroup) -> [TypeID] {
        translator.side = group.side
        var defined: [TypeID] = []
        for type in group.types where translator.unsupported(type) == nil {
            let id = group.areTwins ? translator.twins[type] ?? type : type
            do throws(UnsupportedType) {
                try define(type, as: id, group)
                defined.append(id)
            } catch {
                // Was asked for above.
                continue
            }
        }
        return defined
    }

    private mutating func define(_ original: TypeID, as id: TypeID, _ group: TypeGroup) throws(UnsupportedType) {
        let type = resolve[original]
        let name = names.typeNames[original] ?? ""
        let mapping = mappings[original]
        let kind: BindingsTypeDefinition.Kind
        switch type.kind {
        case .record(let fields):
            let swift = memberNames(fields.map(\.name), ["hashValue"], mapping?.properties, original)
            var members: [(field: Field, name: String, type: BindingsType)] = []
            for (field, name) in zip(fields, swift) {
                members.append((field, name, try translator.translate(field.type)))
            }
            kind = .record(members)
        case .variant(let cases):
            let swift = memberNames(cases.map(\.name), [], mapping?.cases, original)
            var members: [(item: Case, name: String, payload: BindingsType?)] = []
            for (item, name) in zip(cases, swift) {
                var payload: BindingsType?
                if let type = item.payload { payload = try translator.translate(type) }
                members.append((item, name, payload))
            }
            kind = .variant(members)
        case .enumeration(let cases):
            let swift = memberNames(cases.map(\.name), ["allCases"], mapping?.cases, original)
            kind = .enumeration(zip(cases, swift).map { ($0, $1) })
        case .flags(let cases):
            if cases.count > 32 {
                refuse(
                    Diagnostic(
                        "flags `\(type.name)` has \(cases.count) flags, 32 are possible",
                        at: cases[32].span
                    )
                )
            }
            let swift = memberNames(cases.map(\.name), ["rawValue"], mapping?.cases, original)
            kind = .flags(zip(cases, swift).map { ($0, $1) })
        case .alias(let target): kind = .alias(try translator.translate(target))
        case .resource: kind = .resource(group.side)
        }
        requireLabels(mapping, type)
        types[id] = BindingsTypeDefinition(
            id: id,
            docs: type.docs,
            kind: kind,
            name: name,
            qualified: mapping?.swift ?? "\(group.namespace).\(SwiftName.member(name))",
            codec: SwiftName.lowerFirst(group.namespace) + name,
            mapping: mapping,
            isError: errors.contains(original),
            module: nil
        )
    }

    /// The Swift names of fields, cases or flags: those of the mapping, or else those of the configuration's names.
    private mutating func memberNames(
        _ members: [String],
        _ taken: Set<String>,
        _ mapped: [String]?,
        _ type: TypeID
    ) -> [String] {
        let mapping = mappings[type]
        if let mapped, mapped.count == members.count { return mapped }
        if let mapped {
            mistakes.append(
                Diagnostic("there are \(mapped.count) names for \(members.count) members", at: mapping?.span)
            )
        }
        var scope = NameScope(taken: mapping == nil ? taken : [])
        let path = path(of: type)
        return members.map {
            names.renames.take(for: path.appending($0), or: SwiftName.value($0), in: &scope)
        }
    }

    private mutating func requireLabels(_ mapping: BindingsConfiguration.Mapping?, _ type: TypeDefinition) {
        guard let labels = mapping?.labels else { return }
        if case .record(let fields) = type.kind, fields.count == labels.count { return }
        mistakes.append(
            Diagnostic("\"labels\" needs one label for each field of `\(type.name)`", at: mapping?.span)
        )
    }
}
