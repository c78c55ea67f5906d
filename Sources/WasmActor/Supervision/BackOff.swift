/// The pause before a restart: twice as long each time, with jitter, so that actors which fell together do not rise
/// together.
public struct BackOff: Hashable, Sendable {
    /// The pause before the first restart [50 ms].
    public var first: Duration
    /// The longest pause [10 s].
    public var longest: Duration
    /// The part of each pause that is left to chance, 0 to 1 [0.2]: a pause is `1 - jitter` to 1 times its full length.
    public var jitter: Double

    /// No pause at all.
    public static let none = BackOff(first: .zero, longest: .zero, jitter: 0)

    /// Makes a back-off.
    ///
    /// - Parameters:
    ///   - first: The pause before the first restart.
    ///   - longest: The longest pause.
    ///   - jitter: The part of each pause that is left to chance, 0 to 1.
    public init(first: Duration = .milliseconds(50), longest: Duration = .seconds(10), jitter: Double = 0.2) {
        self.first = first
        self.longest = longest
        self.jitter = jitter
    }

    /// Checks that every figure makes sense.
    ///
    /// - Throws: `InvalidSpec` that names the first field which does not.
    public func validate() throws(InvalidSpec) {
        for (field, pause) in [("first", first), ("longest", longest)] where pause < .zero {
            throw InvalidSpec(field: field, reason: "it is \(pause), it may be 0 or more")
        }
        guard (0...1).contains(jitter) else {
            throw InvalidSpec(field: "jitter", reason: "it is \(jitter), it may be 0 to 1")
        }
    }

    /// The pause before a restart.
    ///
    /// - Parameters:
    ///   - attempt: 1 for the first restart, one more for each that followed shortly after.
    ///   - random: Bits that say what chance takes off.
    /// - Returns: The pause.
    func pause(attempt: Int, random: UInt64) -> Duration {
        var full = min(first, longest)
        for _ in 1..<max(attempt, 1) {
            guard full > .zero, full < longest else { break }
            full = min(full * 2, longest)
        }
        // 53 bits: what a Double holds exactly.
        let chance = Double(random >> 11) / Double(UInt64(1) << 53)
        return full * (1 - min(max(jitter, 0), 1) * chance)
    }
}
