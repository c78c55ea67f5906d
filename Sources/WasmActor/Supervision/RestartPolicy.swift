public import WasmCore

/// When an actor that has ended is started again, how often, and after which pause.
///
/// More than `intensity` restarts within `period` end the actor for good. A stop or a kill from the host is never
/// followed by a restart.
public struct RestartPolicy: Hashable, Sendable {
    /// After which ends there is a restart.
    public typealias Kind = RestartKind

    /// After which ends there is a restart [permanent].
    public var kind: Kind
    /// What is done about single kinds of ends, whatever `kind` says; the first that matches counts [none].
    public var rules: [RestartRule]
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
    ///   - rules: What is done about single kinds of ends, whatever `kind` says.
    ///   - intensity: The most restarts within `period`.
    ///   - period: The time in which restarts are counted.
    ///   - backOff: The pause before a restart.
    public init(
        _ kind: Kind,
        rules: [RestartRule] = [],
        intensity: Int = 3,
        period: Duration = .seconds(5),
        backOff: BackOff = BackOff()
    ) {
        self.kind = kind
        self.rules = rules
        self.intensity = intensity
        self.period = period
        self.backOff = backOff
    }
    /// Checks that every figure makes sense.
    ///
    /// - Throws: `InvalidSpec` that names the first field which does not.
    public func validate() throws(InvalidSpec) {
        try InvalidSpec.checkRestarts(intensity: intensity, period: period, backOff: backOff)
    }
}
