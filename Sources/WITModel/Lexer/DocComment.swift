/// How the text of a comment is cleaned. All of it goes by Unicode scalars: a mark with an accent on it stays a mark.
enum DocComment {
    private typealias Scalars = Substring.UnicodeScalarView

    /// The lines of a documentation comment, without its marks, one leading space and the margin of asterisks that some
    /// people draw; none for any other comment.
    static func lines(of comment: String) -> [String] {
        let scalars = Substring(comment).unicodeScalars
        if isDocumentedLine(scalars) { return [trimmed(scalars.dropFirst(3))] }
        guard isDocumentedBlock(scalars) else { return [] }
        var lines = inside(scalars).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            return trimmed(line.first == "*" ? line.dropFirst() : line)
        }
        while let first = lines.first, first.isEmpty { lines.removeFirst() }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        return lines
    }

    /// The text of comments as the reference tools read it: without marks and ends of white space, and without the
    /// margin of spaces that all of them share.
    static func text(of comments: [String]) -> String {
        let bodies = comments.map { comment -> Scalars in
            let scalars = Substring(comment).unicodeScalars
            return withoutTrailingSpace(isDocumentedBlock(scalars) ? inside(scalars) : scalars.drop { $0 == "/" })
        }
        let margin = bodies.filter { !$0.isEmpty }.map { $0.prefix(while: isSpace).count }.min() ?? 0
        var lines: [String] = []
        for body in bodies {
            let head = body.prefix(margin)
            let body = head.count == margin && head.allSatisfy { $0 == " " } ? body.dropFirst(margin) : body
            for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
                lines.append(String(line.last == "\r" ? line.dropLast() : line))
            }
        }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func isDocumentedLine(_ comment: Scalars) -> Bool { comment.starts(with: "///".unicodeScalars) }

    private static func isDocumentedBlock(_ comment: Scalars) -> Bool { comment.starts(with: "/**".unicodeScalars) }

    /// The inside of a block comment; `/**/` has none.
    private static func inside(_ block: Scalars) -> Scalars { block.dropFirst(3).dropLast(2) }

    private static func trimmed(_ line: Scalars) -> String {
        let line = withoutTrailingSpace(line)
        return String(line.first == " " ? line.dropFirst() : line)
    }

    private static func withoutTrailingSpace(_ text: Scalars) -> Scalars {
        var text = text
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return text
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{C}"
    }
}
