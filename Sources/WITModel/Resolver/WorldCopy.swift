/// Copies what a world declares inside itself into a world that includes it, where it becomes another type or interface.
struct WorldCopy {
    private let into: WorldID
    private let package: PackageID
    private var types: [TypeID: TypeID] = [:]

    /// Makes room for the copies of a world's own types.
    init(of world: WorldID, into: WorldID, _ resolve: inout Resolve) {
        self.into = into
        package = resolve[into].package
        for item in resolve[world].imports {
            if case .type(let id) = item.kind { reserve(id, &resolve) }
        }
    }

    private mutating func reserve(_ id: TypeID, _ resolve: inout Resolve) {
        types[id] = TypeID(index: resolve.types.count)
        resolve.types.append(resolve[id])
    }

    private func mapped(_ id: TypeID) -> TypeID { types[id] ?? id }

    /// The item for the including world, under another name where one is given.
    mutating func item(_ item: WorldItem, named name: String, _ resolve: inout Resolve) -> WorldItem {
        var copy = item
        copy.name = name
        switch item.kind {
        case .type(let id):
            let type = resolve[id].copy(named: name, owner: .world(into), mapped)
            resolve.types[mapped(id).index] = type
            copy.kind = .type(mapped(id))
        case .function(let function):
            copy.kind = .function(function.copy(named: name, mapped))
        case .interface(let id):
            if resolve[id].name == nil { copy.kind = .interface(interface(id, &resolve)) }
        }
        return copy
    }

    private mutating func interface(_ id: InterfaceID, _ resolve: inout Resolve) -> InterfaceID {
        let original = resolve[id]
        let copy = InterfaceID(index: resolve.interfaces.count)
        for type in original.types { reserve(type, &resolve) }
        for type in original.types {
            let owned = resolve[type].copy(named: resolve[type].name, owner: .interface(copy), mapped)
            resolve.types[mapped(type).index] = owned
        }
        resolve.interfaces.append(
            Interface(
                name: nil,
                package: package,
                types: original.types.map(mapped),
                functions: original.functions.map { $0.copy(named: $0.externName, mapped) },
                documentation: original.documentation,
                stability: original.stability,
                span: original.span,
                copyOf: id
            )
        )
        return copy
    }
}

extension TypeDefinition {
    /// The same type elsewhere, with other types in it.
    func copy(named name: String, owner: Owner, _ id: (TypeID) -> TypeID) -> TypeDefinition {
        TypeDefinition(
            name: name,
            owner: owner,
            kind: kind.mapped(id),
            isUse: isUse,
            documentation: documentation,
            externalID: externalID,
            stability: stability,
            span: span
        )
    }
}

extension TypeDefinition.Kind {
    /// The same with other named types in it.
    func mapped(_ id: (TypeID) -> TypeID) -> TypeDefinition.Kind {
        switch self {
        case .record(let fields): .record(fields.map { $0.mapped(id) })
        case .variant(let cases): .variant(cases.map { $0.mapped(id) })
        case .alias(let target): .alias(target.mapped(id))
        case .enumeration, .flags, .resource: self
        }
    }
}

extension Field {
    /// The same with other named types in it.
    func mapped(_ id: (TypeID) -> TypeID) -> Field {
        Field(name: name, type: type.mapped(id), documentation: documentation, span: span, typeSpan: typeSpan)
    }
}

extension Case {
    /// The same with other named types in it.
    func mapped(_ id: (TypeID) -> TypeID) -> Case {
        Case(name: name, payload: payload?.mapped(id), documentation: documentation, span: span, typeSpan: typeSpan)
    }
}

extension Function {
    /// The same function elsewhere, under another name for components, with other types in it.
    func copy(named externName: String, _ id: (TypeID) -> TypeID) -> Function {
        Function(
            name: kind == .freestanding ? externName : name,
            externName: externName,
            kind: kind.mapped(id),
            isAsync: isAsync,
            parameters: parameters.map { $0.mapped(id) },
            result: result?.mapped(id),
            resultSpan: resultSpan,
            documentation: documentation,
            externalID: externalID,
            stability: stability,
            span: span
        )
    }
}

extension Function.Kind {
    /// The same with another resource.
    func mapped(_ id: (TypeID) -> TypeID) -> Function.Kind {
        switch self {
        case .freestanding: .freestanding
        case .method(let resource): .method(id(resource))
        case .staticMethod(let resource): .staticMethod(id(resource))
        case .constructor(let resource): .constructor(id(resource))
        }
    }
}
