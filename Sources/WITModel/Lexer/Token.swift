/// A word or sign of WIT.
struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A word, whether it is a keyword or a name: which one is for the parser to say.
        case word
        /// A name behind `%`, which is never a keyword.
        case escapedWord
        case integer
        case string
        case sign(UInt8)
        case arrow
        case end
    }

    let kind: Kind
    let span: Span
    /// The text; of an escaped word without its `%`.
    let text: String
    /// The comments in front of the token.
    let docs: Documentation
}
