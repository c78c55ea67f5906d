/// How often an actor is asked how it feels, and what follows from its answers.
///
/// An actor is asked between two messages, while an instance of it runs; the question is one timer of the system's clock,
/// and the next one is set when the answer has come. So many bad answers in a row make the actor fall with the reason
/// `failed`, and its restart policy or its supervisor decides what follows. `ActorEvent.healthChanged` tells of every change.
public struct HealthPolicy: Hashable, Sendable {
    /// The time between an answer and the next question [30 s]; nil: it is never asked.
    public var interval: Duration?
    /// With how many answers `unhealthy` in a row it falls [3]; nil: never.
    public var unhealthyAnswers: Int?
    /// With how many answers `degraded` or `unhealthy` in a row it falls [nil]; nil: never.
    public var degradedAnswers: Int?

    /// It is never asked.
    public static let never = HealthPolicy(interval: nil)

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - interval: The time between an answer and the next question; nil is never.
    ///   - unhealthyAnswers: With how many answers `unhealthy` in a row it falls; nil is never.
    ///   - degradedAnswers: With how many answers `degraded` or `unhealthy` in a row it falls; nil is never.
    public init(
        interval: Duration? = .seconds(30),
        unhealthyAnswers: Int? = 3,
        degradedAnswers: Int? = nil
    ) {
        self.interval = interval
        self.unhealthyAnswers = unhealthyAnswers
        self.degradedAnswers = degradedAnswers
    }

    /// What makes no sense in it; nil where all does.
    var fault: String? {
        if let interval, interval <= .zero { return "the health interval is \(interval): it must be above 0" }
        for count in [unhealthyAnswers, degradedAnswers].compactMap(\.self) where count < 1 {
            return "a number of health answers is \(count): it must be 1 at least"
        }
        return nil
    }
}
