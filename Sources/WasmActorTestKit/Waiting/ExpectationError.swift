/// What a test expected and did not get.
public struct ExpectationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Kind: Hashable, Sendable {
        /// The time was over before it came.
        case timeout
        /// The waiting task was cancelled, as it is at a test's time limit.
        case cancelled
        /// Something came that was not to come.
        case unexpected
    }

    /// What kind of thing went wrong.
    public let kind: Kind
    /// What was expected.
    public let expected: String
    /// What came instead, in its order.
    public let seen: [String]

    init(_ kind: Kind, expected: String, seen: [String]) {
        self.kind = kind
        self.expected = expected
        self.seen = seen
    }

    /// What was expected, and what came instead, one a line.
    public var description: String {
        let what =
            switch kind {
            case .timeout: "the time was over before \(expected) came"
            case .cancelled: "the wait for \(expected) was cancelled"
            case .unexpected: "\(expected) was expected"
            }
        guard !seen.isEmpty else { return "\(what); nothing came" }
        return "\(what); what came:" + seen.map { "\n  \($0)" }.joined()
    }
}
