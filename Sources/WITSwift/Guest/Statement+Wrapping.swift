extension Statement {
    /// The most that a line of a body may have, where bodies are indented by three steps at the most.
    private static let limit = 108

    /// A value behind what it is assigned to, in several lines where one would be too long: a choice is broken in front
    /// of its parts, a closure behind its parameter.
    ///
    /// - Parameters:
    ///   - head: What stands before the value: `let result: T =` or `label:`.
    ///   - value: The value.
    ///   - tail: What stands behind the value, such as a comma.
    /// - Returns: The lines.
    static func wrapping(_ head: String, _ value: String, _ tail: String = "") -> [Statement] {
        let line = "\(head) \(value)\(tail)"
        if line.count <= limit { return [.line(line)] }
        if value.hasPrefix(".") || value.hasPrefix("(") { return parenthesized(head, value, tail) }
        if let question = value.firstRange(of: " ? "),
            let colon = value[question.upperBound...].firstRange(of: " : ")
        {
            let condition = Statement.line(String(value[..<question.lowerBound]))
            let yes = Statement.line("? \(value[question.upperBound..<colon.lowerBound])")
            return [.block(head, [condition, yes], "    : \(value[colon.upperBound...])\(tail)")]
        }
        if let opening = value.firstRange(of: " in "), let brace = value.lastIndex(of: "}") {
            let body = value[opening.upperBound..<brace].trimmingSuffix { $0 == " " }
            let start = value[..<opening.lowerBound]
            return [.block("\(head) \(start) in", [.line(String(body))], "\(value[brace...])\(tail)")]
        }
        return parenthesized(head, value, tail)
    }

    /// What stands between a value's parentheses in lines of its own.
    private static func parenthesized(_ head: String, _ value: String, _ tail: String) -> [Statement] {
        guard let opening = value.firstIndex(of: "("), value.hasSuffix(")") else {
            return [.line("\(head) \(value)\(tail)")]
        }
        let inner = value[value.index(after: opening)...].dropLast()
        return [.block("\(head) \(value[...opening])", [.line(String(inner))], ")\(tail)")]
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
    /// The text without the characters at its end that satisfy a condition.
    fileprivate func trimmingSuffix(_ condition: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, condition(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
