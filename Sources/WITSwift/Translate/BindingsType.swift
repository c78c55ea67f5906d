import WITModel

/// The side of a component on which an interface stands. It decides whose its resources are: the host's in an import,
/// the guest's in an export.
enum BindingsSide: Hashable {
    case imported
    case exported
}

/// A WIT type that bindings can carry, where it is used.
indirect enum BindingsType: Hashable {
    /// A type of one machine word or a text: how Swift calls it, and how readers, writers and descriptors do.
    case primitive(swift: String, wit: String)
    /// `list<u8>`.
    case bytes
    case list(BindingsType)
    case map(key: BindingsType, value: BindingsType)
    case tuple([BindingsType])
    case option(BindingsType)
    case result(ok: BindingsType?, error: BindingsType?)
    /// A record, variant, enum or flags.
    case named(TypeID)
    /// Another name of a type that is not named itself.
    case alias(TypeID, BindingsType)
    /// An owned handle of a resource.
    case own(TypeID)
    /// A handle of a resource for the time of a call.
    case borrow(TypeID)

    /// The type behind aliases.
    var resolved: BindingsType {
        if case .alias(_, let target) = self { target.resolved } else { self }
    }

    /// The types that this one is directly made of, without names.
    var parts: [BindingsType] {
        switch self {
        case .primitive, .bytes, .named, .own, .borrow: []
        case .list(let inner), .option(let inner), .alias(_, let inner): [inner]
        case .map(let key, let value): [key, value]
        case .tuple(let elements): elements
        case .result(let ok, let error): [ok, error].compactMap { $0 }
        }
    }
}
