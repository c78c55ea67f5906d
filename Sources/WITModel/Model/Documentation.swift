/// The comments in front of an item.
///
/// `WIT.md`, "Lexical structure", says that `///` and `/** */` document what follows; the reference tools take every
/// comment there for documentation. Both views are here.
public struct Documentation: Sendable, Hashable {
    /// The comments as they were written, in order: line comments without their end's white space, block comments whole.
    public let comments: [String]

    /// What the documentation comments say, one line each, without their marks.
    public var lines: [String] { comments.flatMap(DocComment.lines) }

    /// What all comments say, as `wasm-tools component wit --json` prints it; nil where there is no comment.
    public var text: String? { comments.isEmpty ? nil : DocComment.text(of: comments) }
}

/// What comments can stand in front of.
public protocol Documented {
    /// The comments in front of it.
    var documentation: Documentation { get }
}

extension Documented {
    /// The documentation, one line each.
    public var docs: [String] { documentation.lines }
}
