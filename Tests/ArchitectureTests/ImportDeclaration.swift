/// One `import` of a Swift file: the module and what stands before it.
struct ImportDeclaration: Equatable {
    let module: String
    let attributes: [String]
    let access: String?

    /// Every import of `source`, whatever its attributes, access level and kind, and wherever it stands.
    static func all(in source: String) -> [ImportDeclaration] {
        let pattern =
            /(?<before>(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|fileprivate|private)\s+)*)\bimport\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?`?(?<module>[A-Za-z_][A-Za-z0-9_]*)/
        let code = SwiftText(source).code
        return code.matches(of: pattern).compactMap { match in
            guard standsAlone(code[..<match.range.lowerBound]) else { return nil }
            let words = match.output.before.split(whereSeparator: \.isWhitespace).map(String.init)
            return ImportDeclaration(
                module: String(match.output.module),
                attributes: words.filter { $0.hasPrefix("@") },
                access: words.first { !$0.hasPrefix("@") }
            )
        }
    }

    /// Whether a declaration may begin after `text`: at the start of a line or past a semicolon.
    private static func standsAlone(_ text: Substring) -> Bool {
        guard let last = text.last(where: { $0 != " " && $0 != "\t" }) else { return true }
        return last.isNewline || last == ";"
    }
}
