import WITModel

/// How WIT types are written in the Swift of a guest: by the same names as on the host's side.
struct GuestNames {
    /// What the files of the runtime and the guest's author declare.
    static let taken = [
        "CanonicalABI", "ComponentFailure", "ExportedResource", "Guest", "GuestHeap", "ImportedResource", "LogConsole",
        "LoweringArena", "ResourceBox",
    ]

    /// Where a type stands.
    enum Place {
        /// A parameter or a result, or what an option or the success of a result there carries: a resource of others is
        /// there itself, and cannot be copied.
        case direct
        /// Inside of something that can be copied: a resource of others is there in a box.
        case nested
    }

    /// What belongs to a resource of the guest's own.
    struct OwnResource {
        /// What the guest calls its class: `Guest.Blob`.
        let associated: String
        /// The protocol that the class conforms to, inside of the namespace.
        let protocolName: String
        /// Where its handles are made and taken, inside of the namespace.
        let tableName: String
        let namespace: String

        var table: String { "\(namespace).\(tableName)" }
        var qualifiedProtocol: String { "\(namespace).\(protocolName)" }
    }

    let types: [TypeID: BindingsTypeDefinition]
    let ownResources: [TypeID: OwnResource]
    /// What exported functions are called that have another name than in the model, by their interface's namespace.
    private let exportedNames: [String: [String: String]]

    init(_ model: BindingsModel, _ world: BindingsWorld) {
        types = model.types
        exportedNames = Self.exportedNames(world)
        var own: [(id: TypeID, name: String, namespace: String)] = []
        for (namespace, ids) in model.typesByNamespace.sorted(by: { $0.key < $1.key }) {
            for id in ids {
                if case .resource(.exported)? = types[id]?.kind { own.append((id, types[id]?.name ?? "", namespace)) }
            }
        }
        let counts = Dictionary(own.map { ($0.name, 1) }, uniquingKeysWith: +)
        // The plain names first, so that a longer one gives way.
        var associated = NameScope(taken: Set(own.map(\.name).filter { counts[$0] == 1 }))
        var scopes = model.typesByNamespace.mapValues { ids in
            NameScope(taken: Set(ids.compactMap { model.types[$0]?.name }))
        }
        var resources: [TypeID: OwnResource] = [:]
        for item in own {
            resources[item.id] = OwnResource(
                associated: counts[item.name] == 1 ? item.name : associated.take(item.namespace + item.name),
                protocolName: scopes[item.namespace, default: NameScope()].take(item.name + "Guest"),
                tableName: scopes[item.namespace, default: NameScope()].take(item.name + "Table"),
                namespace: item.namespace
            )
        }
        ownResources = resources
    }

    /// One type answers everything that the world exports: a function that another interface has as well is called with
    /// its interface's name in front.
    private static func exportedNames(_ world: BindingsWorld) -> [String: [String: String]] {
        let own = world.exportedFunctions.functions.map(\.name)
        let others = world.exports.flatMap { $0.functions.map(\.name) }
        let counts = Dictionary((own + others).map { ($0, 1) }, uniquingKeysWith: +)
        var scope = NameScope(taken: Set(own).union(others.filter { counts[$0] == 1 }))
        var names: [String: [String: String]] = [:]
        for interface in world.exports {
            for name in interface.functions.map(\.name) where counts[name] != 1 {
                let long = SwiftName.lowerFirst(interface.namespace) + name.prefix(1).uppercased() + name.dropFirst()
                names[interface.namespace, default: [:]][name] = scope.take(long)
            }
        }
        return names
    }

    /// What the guest calls a function that it exports: not escaped.
    func exported(_ function: BindingsFunction, of interface: BindingsInterface) -> String {
        guard function.receiver == nil else { return function.name }
        return exportedNames[interface.namespace]?[function.name] ?? function.name
    }

    /// A named type with its namespace, such as `Types.ActorID`.
    func qualified(_ id: TypeID) -> String { types[id]?.qualified ?? "Swift.Never" }

    /// A type where it is used.
    func swift(_ type: BindingsType, _ place: Place = .nested) -> String {
        switch type {
        case .primitive(let swift, _): return swift
        case .bytes: return "[Swift.UInt8]"
        case .list(let element): return "[\(swift(element))]"
        case .map(let key, let value): return "[\(swift(key)): \(swift(value))]"
        case .tuple(let elements) where elements.count == 1: return swift(elements[0])
        case .tuple(let elements): return "(\(elements.map { swift($0) }.joined(separator: ", ")))"
        case .option(let some): return "\(swift(some, place))?"
        case .result(let ok, let error):
            return "Swift.Result<\(ok.map { swift($0, place) } ?? "Swift.Void"), \(self.error(error))>"
        case .named(let id): return qualified(id)
        // The name stands for what can be copied.
        case .alias(_, let target) where place == .direct && isResourceOfOthers(target): return swift(target, .direct)
        case .alias(let id, _): return qualified(id)
        case .own(let id), .borrow(let id):
            return place == .nested && isImported(id) ? "ResourceBox<\(qualified(id))>" : qualified(id)
        }
    }

    /// The Swift error that the error of a `result` is.
    func error(_ type: BindingsType?) -> String {
        guard let type else { return "ComponentFailure<Swift.Void>" }
        return isWrapped(type) ? "ComponentFailure<\(swift(type))>" : swift(type)
    }

    /// Whether the error of a `result` is no Swift error itself.
    func isWrapped(_ type: BindingsType?) -> Bool {
        if case .named? = type?.resolved { false } else { true }
    }

    // MARK: Resources

    /// Whether a resource is not the guest's own.
    func isImported(_ id: TypeID) -> Bool {
        if case .resource(.imported)? = types[id]?.kind { true } else { false }
    }

    /// Whether a type is, in a direct place, one that cannot be copied.
    func isResourceOfOthers(_ type: BindingsType) -> Bool {
        switch type.resolved {
        case .own(let id), .borrow(let id): isImported(id)
        case .option(let some): isResourceOfOthers(some)
        case .result(let ok, _): ok.map(isResourceOfOthers) ?? false
        default: false
        }
    }

    /// How a parameter is passed that is, in a direct place, of a type that cannot be copied.
    func ownership(_ type: BindingsType) -> String {
        guard isResourceOfOthers(type) else { return "" }
        return isLent(type) ? "borrowing " : "consuming "
    }

    private func isLent(_ type: BindingsType) -> Bool {
        switch type.resolved {
        case .borrow: true
        case .option(let some): isLent(some)
        case .result(let ok, _): ok.map(isLent) ?? false
        default: false
        }
    }

    /// What stands behind `switch` to take the payload out of a value.
    func subject(_ value: String, _ type: BindingsType, _ place: Place) -> String {
        place == .direct && ownership(type) == "consuming " ? "consume \(value)" : value
    }

    /// Whether somewhere inside of a type is a resource that satisfies a condition.
    func holds(_ type: BindingsType, _ condition: (BindingsType, TypeID) -> Bool) -> Bool {
        switch type {
        case .own(let id), .borrow(let id): condition(type, id)
        case .named(let id): parts(id).contains { holds($0, condition) }
        default: type.parts.contains { holds($0, condition) }
        }
    }

    /// Whether a type holds an object of the guest's own.
    func holdsOwnResource(_ type: BindingsType) -> Bool { holds(type) { !isImported($1) } }

    /// Whether a value must outlive the call that it is lowered for: there are boxes in it whose resources are lent.
    func holdsLentBox(_ type: BindingsType) -> Bool {
        !isResourceOfOthers(type)
            && holds(type) { type, id in
                if case .borrow = type { isImported(id) } else { false }
            }
    }

    // MARK: Parts of named types

    /// The types that a named type is made of.
    func parts(_ id: TypeID) -> [BindingsType] {
        switch types[id]?.kind {
        case .record(let fields): fields.map(\.type)
        case .variant(let cases): cases.compactMap(\.payload)
        case .alias(let target): [target]
        case .enumeration, .flags, .resource, nil: []
        }
    }

    /// The fields of a record, in order: the names are not escaped.
    func fields(_ id: TypeID) -> [(name: String, type: BindingsType)] {
        if case .record(let fields)? = types[id]?.kind { fields.map { ($0.name, $0.type) } } else { [] }
    }

    /// The cases of a variant, in order: the names are not escaped.
    func cases(_ id: TypeID) -> [(name: String, payload: BindingsType?)] {
        if case .variant(let cases)? = types[id]?.kind { cases.map { ($0.name, $0.payload) } } else { [] }
    }
}
