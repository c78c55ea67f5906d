/// When an actor that has ended is started again, how often, and after which pause.
///
/// More than `intensity` restarts within `period` end the actor for good. A stop or a kill from the host is never
/// followed by a restart.
public struct RestartPolicy: Hashable, Sendable {
    /// After which ends there is a restart.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// After every end.
        case permanent
        /// After an abnormal end: a trap, a limit, a failure.
        case transient
        /// Never.
        case temporary
    }

    /// After which ends there is a restart [permanent].
    public var kind: Kind
    /// The most restarts within `period` [3].
    public var intensity: Int
    /// The time in which restarts are counted [5 s].
    public var period: Duration
    /// The pause before a restart.
    public var backOff: BackOff

    /// Always restarted, with the default intensity and back-off.
    public static let permanent = RestartPolicy(.permanent)
    /// Restarted after an abnormal end, with the default intensity and back-off.
    public static let transient = RestartPolicy(.transient)
    /// Never restarted.
    public static let temporary = RestartPolicy(.temporary)

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - kind: After which ends there is a restart.
    ///   - intensity: The most restarts within `period`.
    ///   - period: The time in which restarts are counted.
    ///   - backOff: The pause before a restart.
    public init(
        _ kind: Kind,
        intensity: Int = 3,
        period: Duration = .seconds(5),
        backOff: BackOff = BackOff()
    ) {
        self.kind = kind
        self.intensity = intensity
        self.period = period
        self.backOff = backOff
    }
}
