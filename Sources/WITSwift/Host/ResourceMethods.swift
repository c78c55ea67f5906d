import WITModel

/// The methods of resources that guests own, bound once for each instance and held by every handle.
///
/// Resources that are lifted together, because a function returns both or a method of one returns the other, share one
/// group: whatever is lifted finds all that it needs in one place.
struct ResourceMethods {
    /// The methods of some resources: a class inside of `BoundMethods`.
    struct Group {
        /// What the class is called.
        let name: String
        /// What a value of it is called.
        let variable: String
        /// The functions, each with what its property is called.
        var functions: [(property: String, namespace: String, function: BindingsFunction)] = []

        /// The class, qualified.
        var qualified: String { "BoundMethods.\(name)" }
    }

    private(set) var groups: [Group] = []
    private let types: [TypeID: BindingsTypeDefinition]
    private var groupIndexes: [TypeID: Int] = [:]

    init(_ model: BindingsModel) {
        types = model.types
        let interfaces = model.exportedInterfaces.values.sorted { $0.namespace < $1.namespace }
        let resources = interfaces.flatMap { interface in interface.resources.map { (interface.namespace, $0) } }
        var scope = NameScope(taken: Set(model.typesByNamespace.keys))
        var linked: [TypeID: Set<TypeID>] = [:]
        for (_, resource) in resources {
            for method in resource.methods { link(reached(from: method.result).union([resource.type]), &linked) }
        }
        for function in interfaces.flatMap(\.functions) { link(reached(from: function.result), &linked) }
        for (_, resource) in resources where groupIndexes[resource.type] == nil {
            let codec = types[resource.type]?.codec ?? ""
            let name = scope.take(Self.capitalized(codec) + "Methods")
            mark(resource.type, linked)
            groups.append(Group(name: name, variable: SwiftName.lowerFirst(name)))
        }
        for (namespace, resource) in resources {
            guard let index = groupIndexes[resource.type] else { continue }
            for method in resource.methods {
                let property = Self.property(types[resource.type], method)
                groups[index].functions.append((property, namespace, method))
            }
        }
    }

    private func link(_ resources: Set<TypeID>, _ linked: inout [TypeID: Set<TypeID>]) {
        for resource in resources { linked[resource, default: []].formUnion(resources) }
    }

    /// What the property of a method is called.
    static func property(_ resource: BindingsTypeDefinition?, _ method: BindingsFunction) -> String {
        "call" + capitalized(resource?.codec ?? "") + capitalized(method.name)
    }

    static func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

    private mutating func mark(_ resource: TypeID, _ linked: [TypeID: Set<TypeID>]) {
        var pending = [resource]
        while let next = pending.popLast() {
            guard groupIndexes[next] == nil else { continue }
            groupIndexes[next] = groups.count
            pending += linked[next] ?? []
        }
    }

    /// The methods that values of a type hold; nil where they hold none.
    func group(in type: BindingsType?) -> Group? {
        let index = reached(from: type).compactMap { groupIndexes[$0] }.first
        guard let group = index.map({ groups[$0] }), !group.functions.isEmpty else { return nil }
        return group
    }

    /// The guest's resources that a type is, or holds.
    private func reached(from type: BindingsType?) -> Set<TypeID> {
        var found: Set<TypeID> = []
        var pending = [type].compactMap { $0 }
        var seen: Set<TypeID> = []
        while let next = pending.popLast() {
            pending += next.parts
            switch next {
            case .own(let id), .borrow(let id):
                if case .resource(.exported)? = types[id]?.kind { found.insert(id) }
            case .named(let id) where seen.insert(id).inserted: pending += types[id]?.parts ?? []
            default: break
            }
        }
        return found
    }
}

extension BindingsTypeDefinition {
    /// The types that the type is directly made of.
    var parts: [BindingsType] {
        switch kind {
        case .record(let fields): fields.map(\.type)
        case .variant(let cases): cases.compactMap(\.payload)
        case .alias(let target): [target]
        case .enumeration, .flags, .resource: []
        }
    }
}
