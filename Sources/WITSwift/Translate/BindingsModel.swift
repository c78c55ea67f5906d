import WITModel

/// A function with its names and types decided.
struct BindingsFunction {
    let function: Function
    /// The labels and the types, in order.
    let parameters: [(name: String, type: BindingsType)]
    let result: BindingsType?
    /// The Swift name, not escaped.
    let name: String
    /// Whether the host implements it as `async`; says nothing of exports.
    let isAsync: Bool

    var docs: [String] { function.docs }
}

/// An interface, or the plain functions of a world, with its names and types decided.
struct BindingsInterface {
    /// The name as components write it; nil for the plain functions of a world.
    let externName: String?
    /// The Swift namespace: `Messaging`.
    let namespace: String
    let docs: [String]
    let functions: [BindingsFunction]
}

/// A named type with its names and types decided.
struct BindingsTypeDefinition {
    enum Kind {
        case record([(field: Field, name: String, type: BindingsType)])
        case variant([(item: Case, name: String, payload: BindingsType?)])
        case enumeration([(item: Case, name: String)])
        case flags([(item: Case, name: String)])
        case alias(BindingsType)
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

/// A world with its names and types decided.
struct BindingsWorld {
    let name: String
    /// The name as components write it.
    let externName: String
    let docs: [String]
    /// The imported interfaces, those of types alone among them.
    let imports: [BindingsInterface]
    /// The world's own imported functions.
    let importedFunctions: BindingsInterface
    let exports: [BindingsInterface]
    /// The world's own exported functions.
    let exportedFunctions: BindingsInterface
}

/// Everything that is generated, with every decision made: what is left is to write it down.
struct BindingsModel {
    let configuration: BindingsConfiguration
    let worlds: [BindingsWorld]
    /// Every interface of every world, once, in the order of their namespaces.
    let interfaces: [BindingsInterface]
    /// The extern names of what some world imports and exports.
    let imported: Set<String>
    let exported: Set<String>
    let types: [TypeID: BindingsTypeDefinition]
    /// The types that are written in each namespace, in the order of the text.
    let typesByNamespace: [String: [TypeID]]
}
