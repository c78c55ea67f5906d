/// One thing that is wrong with a WIT text, where, and what would be right.
public struct Diagnostic: Sendable, Hashable {
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// Where; nil where no place in a text is to blame.
    public let span: Span?
    /// What would be right.
    public let hint: String?

    /// Makes a diagnostic.
    ///
    /// - Parameters:
    ///   - message: What is wrong.
    ///   - span: Where.
    ///   - hint: What would be right.
    public init(_ message: String, at span: Span?, hint: String? = nil) {
        self.message = message
        self.span = span
        self.hint = hint
    }

    /// The diagnostic as compilers print it: `path:line:column: error: message`, the source line, a caret and the hint.
    ///
    /// - Parameter sources: The files that the span points into.
    /// - Returns: The lines, joined.
    public func rendered(with sources: SourceMap) -> String {
        guard let span else {
            return "error: \(message)" + (hint.map { "\nnote: \($0)" } ?? "")
        }
        let file = sources.files[span.file]
        let position = file.position(of: span.start)
        var lines = ["\(file.path):\(position.line):\(position.column): error: \(message)"]
        let text = file.line(position.line)
        if text.utf8.count <= 400 {
            let before = text.unicodeScalars.prefix(position.column - 1)
            let pad = String(String.UnicodeScalarView(before.map { $0 == "\t" ? $0 : " " }))
            let covered = String(decoding: file.bytes[span.start..<span.end], as: UTF8.self)
                .prefix { !$0.isNewline }.unicodeScalars.count
            let tail = String(repeating: "~", count: max(0, covered - 1))
            lines.append("    \(text)")
            lines.append("    \(pad)^\(tail)")
        }
        if let hint {
            lines.append("\(file.path):\(position.line):\(position.column): note: \(hint)")
        }
        return lines.joined(separator: "\n")
    }
}
