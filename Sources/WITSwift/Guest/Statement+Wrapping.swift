extension Statement {
    /// The most that a line of a body may have, where bodies are indented by three steps at the most.
    private static let limit = 108

    /// A value behind what it is assigned to, in several lines where one would be too long: a choice is broken in front
    /// of its parts, a closure behind its parameter, and a list in parentheses behind its commas.
    ///
    /// - Parameters:
    ///   - head: What stands before the value: `let result: T =` or `label:`.
    ///   - value: The value.
    ///   - tail: What stands behind the value, such as a comma.
    /// - Returns: The lines.
    static func wrapping(_ head: String, _ value: String, _ tail: String = "") -> [Statement] {
        wrapping(head, value, tail, limit)
    }

    private static func wrapping(_ head: String, _ value: String, _ tail: String, _ limit: Int) -> [Statement] {
        let start = head.isEmpty ? "" : "\(head) "
        let line = "\(start)\(value)\(tail)"
        if line.count <= limit { return [.line(line)] }
        let inner = limit - 4
        if let question = value.outermost(" ? "), let colon = value[question.upperBound...].outermost(" : ") {
            let choice =
                [.line(String(value[..<question.lowerBound]))]
                + wrapping("?", String(value[question.upperBound..<colon.lowerBound]), "", inner)
                + wrapping(":", String(value[colon.upperBound...]), tail, inner)
            return head.isEmpty ? choice : [.block(head, choice, "")]
        }
        // A closure as the last argument.
        if value.hasSuffix("}"), let brace = value.outermost(" { "),
            let opening = value[brace.upperBound...].firstRange(of: " in ")
        {
            let body = value[opening.upperBound...].dropLast().trimmingSuffix { $0 == " " }
            let end = "}\(tail)"
            return [.block("\(start)\(value[..<opening.lowerBound]) in", wrapping("", String(body), "", inner), end)]
        }
        guard value.hasSuffix(")"), let opening = value.firstIndex(of: "(") else { return [.line(line)] }
        let items = value[value.index(after: opening)...].dropLast().separated()
        let lines = items.enumerated().flatMap { index, item in
            wrapping("", item, index + 1 < items.count ? "," : "", inner)
        }
        return [.block("\(start)\(value[...opening])", lines, ")\(tail)")]
    }

    /// A call, whose arguments stand in lines of their own where one line would be too long.
    ///
    /// - Parameters:
    ///   - head: Everything in front of the parenthesis.
    ///   - arguments: The arguments, with their labels.
    /// - Returns: The lines.
    static func calling(_ head: String, _ arguments: [String]) -> Statement {
        let line = "\(head)(\(arguments.joined(separator: ", ")))"
        if line.count <= limit { return .line(line) }
        let lines = arguments.enumerated().map { index, argument in
            Statement.line(index + 1 < arguments.count ? "\(argument)," : argument)
        }
        return .block("\(head)(", lines, ")")
    }
}

extension StringProtocol {
    /// Where a text stands first that is in no parentheses, brackets or braces.
    fileprivate func outermost(_ text: String) -> Range<Index>? {
        var depth = 0
        var index = startIndex
        while index < endIndex {
            if depth == 0, self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            if "([{".contains(self[index]) { depth += 1 }
            if ")]}".contains(self[index]) { depth -= 1 }
            index = self.index(after: index)
        }
        return nil
    }

    /// The parts between the commas that are in no parentheses, brackets or braces.
    fileprivate func separated() -> [String] {
        var parts: [String] = []
        var rest = self[startIndex...]
        while let comma = rest.outermost(", ") {
            parts.append(String(rest[..<comma.lowerBound]))
            rest = rest[comma.upperBound...]
        }
        return parts + [String(rest)]
    }

    /// The text without the characters at its end that satisfy a condition.
    fileprivate func trimmingSuffix(_ condition: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, condition(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
