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
    ///   - message: What is wrong; of a text of more than 500 bytes the start stays.
    ///   - span: Where.
    ///   - hint: What would be right.
    public init(_ message: String, at span: Span?, hint: String? = nil) {
        self.message = Self.clipped(message)
        self.span = span
        self.hint = hint.map(Self.clipped)
    }

    /// The diagnostic as compilers print it: `path:line:column: error: message`, the source line, a caret and the hint.
    ///
    /// Characters that a terminal would act on come out as `\u{FFFD}`; a line of more than 400 bytes is left out.
    ///
    /// - Parameter sources: The files that the span points into.
    /// - Returns: The lines, joined.
    public func rendered(with sources: SourceMap) -> String {
        guard let span else {
            return Self.harmless("error: \(message)" + (hint.map { "\nnote: \($0)" } ?? ""))
        }
        let file = sources.files[span.file]
        let place = sources.location(of: span)
        var lines = ["\(place): error: \(Self.harmless(message))"]
        let position = file.position(of: span.start)
        if let text = file.line(position.line, upTo: 400) {
            let before = text.unicodeScalars.prefix(position.column - 1)
            let pad = String(String.UnicodeScalarView(before.map { $0 == "\t" ? $0 : " " }))
            let rest = text.unicodeScalars.count - before.count
            let covered = min(rest, file.scalars(from: span.start, to: min(span.end, span.start + 400)))
            lines.append("    \(Self.harmless(text))")
            lines.append("    \(pad)^" + String(repeating: "~", count: max(0, covered - 1)))
        }
        if let hint { lines.append("\(place): note: \(Self.harmless(hint))") }
        return lines.joined(separator: "\n")
    }

    /// The same text without characters that a terminal would act on.
    private static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: InvalidText.isForbidden) else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { InvalidText.isForbidden($0) ? "\u{FFFD}" : $0 })
        )
    }

    /// A text that is short enough to be read: a name in it may be as long as its author likes.
    private static func clipped(_ text: String) -> String {
        guard text.utf8.count > 500 else { return text }
        return text.unicodeScalars.prefix(200).reduce(into: "") { $0.unicodeScalars.append($1) } + "..."
    }
}
