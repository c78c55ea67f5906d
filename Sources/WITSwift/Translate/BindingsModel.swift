import WITModel

/// A function with its names and types decided.
struct BindingsFunction {
    let function: Function
    /// The labels and the types, in order; without a method's `self`.
    let parameters: [(name: String, type: BindingsType)]
    let result: BindingsType?
    /// The Swift name where the function is declared, not escaped.
    let name: String
    /// The Swift name in the list of all functions of its interface or world, not escaped.
    let requirement: String
    /// Whether the host implements it as `async`; says nothing of exports.
    let isAsync: Bool
    /// How it is called where it is an export.
    let calls: BindingsConfiguration.ExportCalls
    /// The type of `self`, where the function is a method.
    let receiver: BindingsType?

    var docs: [String] { function.docs }
    /// All types that the function takes, in the order of the WIT: a method's `self` first.
    var arguments: [BindingsType] { (receiver.map { [$0] } ?? []) + parameters.map(\.type) }
}

/// A resource with the names of its methods decided.
struct BindingsResource {
    /// Its key in `BindingsModel.types`.
    let type: TypeID
    /// The name as WIT writes it.
    let externName: String
    let methods: [BindingsFunction]
}

/// An interface, or the plain functions of a world, with its names and types decided: as an import or as an export.
struct BindingsInterface {
    /// The name as components write it; nil for the plain functions of a world.
    let externName: String?
    /// The Swift namespace: `Messaging`.
    let namespace: String
    let docs: [String]
    /// The functions, the constructors and statics of resources among them.
    let functions: [BindingsFunction]
    /// The resources that are defined here, with their methods.
    let resources: [BindingsResource]
    /// The functions that were left out, as WIT writes their names.
    let skipped: [String]

    /// All functions, methods behind the others.
    var allFunctions: [BindingsFunction] { functions + resources.flatMap(\.methods) }
    /// Whether there is nothing in it but types that need no definition.
    var isTypesOnly: Bool { functions.isEmpty && resources.isEmpty }
}

/// A named type with its names and types decided.
struct BindingsTypeDefinition {
    enum Kind {
        case record([(field: Field, name: String, type: BindingsType)])
        case variant([(item: Case, name: String, payload: BindingsType?)])
        case enumeration([(item: Case, name: String)])
        case flags([(item: Case, name: String)])
        case alias(BindingsType)
        case resource(BindingsSide)
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
    /// The module that has generated it; nil where it is generated here.
    let module: String?
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
    /// Every interface of every world, once, in the order of their namespaces: as an import where it is one.
    let interfaces: [BindingsInterface]
    /// Those of them that some world exports, as exports, by their namespaces.
    let exportedInterfaces: [String: BindingsInterface]
    /// The namespaces of the interfaces that some world imports.
    let imported: Set<String>
    let types: [TypeID: BindingsTypeDefinition]
    /// The types that exist twice, because they hold a resource which some world imports and some world exports: from
    /// the imported one, which is the type in `Resolve`, to the exported one.
    let twins: [TypeID: TypeID]
    /// The namespaces of exported twins, by those of the interfaces.
    let exportedNamespaces: [String: String]
    /// The types that are written in each namespace, in the order of the text.
    let typesByNamespace: [String: [TypeID]]
}

extension BindingsModel {
    /// Everything that defines resources, each side of an interface for itself.
    private var owners: [BindingsInterface] {
        interfaces + exportedInterfaces.values.sorted { $0.namespace < $1.namespace } + worlds.map(\.importedFunctions)
    }

    /// Every resource.
    var resources: [BindingsResource] { owners.flatMap(\.resources) }

    /// The interface and the name of each resource, as components write them.
    var resourceNames: [TypeID: (interface: String?, name: String)] {
        var names: [TypeID: (interface: String?, name: String)] = [:]
        for owner in owners {
            for resource in owner.resources { names[resource.type] = (owner.externName, resource.externName) }
        }
        return names
    }
}
