/// Which type of `Resolve.types`.
public struct TypeID: Sendable, Hashable {
    /// The index.
    public let index: Int

    package init(index: Int) { self.index = index }
}

/// A type with a name.
public struct TypeDefinition: Documented, Sendable {
    /// What the type is.
    public enum Kind: Sendable {
        /// Named values, in order.
        case record([Field])
        /// One of several cases.
        case variant([Case])
        /// One of several names.
        case enumeration([Case])
        /// Any of several names.
        case flags([Case])
        /// Another name for a type: `type a = b`, or a name that a `use` brought in.
        case alias(WITType)
        /// A resource; its functions stand in `Interface.functions`.
        case resource
    }

    /// Where the type is declared.
    public enum Owner: Sendable, Hashable {
        case interface(InterfaceID)
        case world(WorldID)
    }

    /// The name as WIT writes it.
    public let name: String
    /// Where the type is declared; for a name that a `use` brought in, where it was brought to.
    public let owner: Owner
    /// What the type is.
    public let kind: Kind
    /// Whether a `use` brought the name in.
    public let isUse: Bool
    /// The comments in front of it.
    public let documentation: Documentation
    /// What `@external-id` in front of the type says.
    public let externalID: String?
    /// The gate in front of the type.
    public let stability: Stability
    /// Where its name stands.
    public let span: Span
}

/// A field of a record, or a parameter of a function.
public struct Field: Documented, Sendable {
    /// The name as WIT writes it.
    public let name: String
    /// The type.
    public let type: WITType
    /// The comments in front of it.
    public let documentation: Documentation
    /// Where the name stands.
    public let span: Span
    /// Where the type stands.
    public let typeSpan: Span
}

/// A case of a variant or an enum, or a flag.
public struct Case: Documented, Sendable {
    /// The name as WIT writes it.
    public let name: String
    /// What the case carries; only a variant's can.
    public let payload: WITType?
    /// The comments in front of it.
    public let documentation: Documentation
    /// Where the name stands.
    public let span: Span
    /// Where the payload's type stands, or else the name.
    public let typeSpan: Span
}
