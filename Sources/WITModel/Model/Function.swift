/// A function of an interface or a world.
public struct Function: Documented, Sendable {
    /// What a function belongs to.
    public enum Kind: Sendable, Hashable {
        /// The interface or world itself.
        case freestanding
        /// A handle of the resource, its first parameter, `self`.
        case method(TypeID)
        /// The resource.
        case staticMethod(TypeID)
        /// The resource, of which it makes one.
        case constructor(TypeID)
    }

    /// The name as WIT writes it, without what it belongs to; `constructor` for a constructor.
    public internal(set) var name: String
    /// The name as components write it, such as `[method]file.read`.
    public internal(set) var externName: String
    /// What the function belongs to.
    public let kind: Kind
    /// Whether it is declared `async`.
    public let isAsync: Bool
    /// The parameters, in order; a method's `self` among them.
    public let parameters: [Field]
    /// What it returns; nil where it returns nothing.
    public let result: WITType?
    /// Where the result's type stands, or else the name.
    public let resultSpan: Span
    /// The comments in front of it.
    public let documentation: Documentation
    /// What `@external-id` in front of the function says.
    public let externalID: String?
    /// The gate in front of the function.
    public let stability: Stability
    /// Where the name stands.
    public let span: Span
}
