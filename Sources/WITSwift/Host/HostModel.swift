import WITModel

/// A function as the host side sees it.
struct HostFunction {
    let function: Function
    /// The labels and the types, in order.
    let parameters: [(name: String, type: HostType)]
    let result: HostType?
    /// The Swift name, not escaped.
    let name: String
    /// Whether the host implements it as `async`; says nothing of exports.
    let isAsync: Bool

    var docs: [String] { function.docs }
}

/// An interface, or the plain functions of a world, as the host side sees it.
struct HostInterface {
    /// The name as components write it; nil for the plain functions of a world.
    let externName: String?
    /// The Swift namespace: `Messaging`.
    let namespace: String
    let docs: [String]
    let functions: [HostFunction]
}

/// A named type as the host side sees it.
struct HostTypeDefinition {
    enum Kind {
        case record([(field: Field, name: String, type: HostType)])
        case variant([(item: Case, name: String, payload: HostType?)])
        case enumeration([(item: Case, name: String)])
        case flags([(item: Case, name: String)])
        case alias(HostType)
    }

    let id: TypeID
    let docs: [String]
    let kind: Kind
    /// The name inside of its namespace, not escaped.
    let name: String
    /// The name from outside: `Messaging.ExitRequest`, or the Swift type that it is mapped to.
    let qualified: String
    /// What the functions that lift and lower it are called.
    let codec: String
    let mapping: BindingsConfiguration.Mapping?
    /// Whether it is the error of a `result` somewhere.
    let isError: Bool
}

/// A world as the host side sees it.
struct HostWorld {
    let name: String
    /// The name as components write it.
    let externName: String
    let docs: [String]
    /// The imported interfaces, those of types alone among them.
    let imports: [HostInterface]
    /// The world's own imported functions.
    let importedFunctions: HostInterface
    let exports: [HostInterface]
    /// The world's own exported functions.
    let exportedFunctions: HostInterface
}

/// Everything that is generated, with every decision made: what is left is to write it down.
struct HostModel {
    let configuration: BindingsConfiguration
    let worlds: [HostWorld]
    /// Every interface of every world, once, in the order of their namespaces.
    let interfaces: [HostInterface]
    /// The extern names of what some world imports and exports.
    let imported: Set<String>
    let exported: Set<String>
    let types: [TypeID: HostTypeDefinition]
    /// The types that are written in each namespace, in the order of the text.
    let typesByNamespace: [String: [TypeID]]
}
