/// How the text of a documentation comment is cleaned.
enum DocComment {
    /// A line without its end's white space and without one leading space.
    static func trimmed(_ line: Substring) -> String {
        var line = line
        while let last = line.last, last.isWhitespace { line.removeLast() }
        if line.first == " " { line.removeFirst() }
        return String(line)
    }

    /// The lines of a block comment's inside, without the margin of asterisks that some people draw.
    static func lines(ofBlock text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = Substring(line)
            while let first = line.first, first == " " || first == "\t" { line.removeFirst() }
            if line.first == "*" { line.removeFirst() }
            return trimmed(line)
        }
        while let first = lines.first, first.isEmpty { lines.removeFirst() }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        return lines
    }
}
