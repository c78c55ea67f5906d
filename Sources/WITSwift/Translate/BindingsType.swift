import WITModel

/// A WIT type that bindings can carry, where it is used.
indirect enum BindingsType: Hashable {
    /// A type of one machine word or a text: how Swift calls it, and how readers, writers and descriptors do.
    case primitive(swift: String, wit: String)
    /// `list<u8>`.
    case bytes
    case list(BindingsType)
    case tuple([BindingsType])
    case option(BindingsType)
    case result(ok: BindingsType?, error: BindingsType?)
    /// A record, variant, enum or flags.
    case named(TypeID)
    /// Another name of a type that is not named itself.
    case alias(TypeID, BindingsType)

    /// The type behind aliases.
    var resolved: BindingsType {
        if case .alias(_, let target) = self { target.resolved } else { self }
    }
}
