public import WasmRuntime

/// What a system has done so far; the counts include actors that are gone.
public struct SystemMetrics: Sendable {
    /// Actors that run now.
    public let actors: Int
    /// Messages that wait in all mailboxes now.
    public let mailboxDepth: Int
    /// The bytes of those messages.
    public let mailboxBytes: Int
    /// Messages that a mailbox took over from their senders, and calls of the host's. Each of them was handled, or is
    /// among the dropped, the expired or the kept, or was lost with an instance or an actor, or still waits.
    public let messagesAccepted: UInt64
    /// Messages that a guest handled, with an error or without, and calls that its instance outlived.
    public let messagesHandled: UInt64
    /// Messages that an overflow policy dropped.
    public let messagesDropped: UInt64
    /// Messages whose turn came after the end of their lifetime.
    public let messagesExpired: UInt64
    /// Messages that actors which ended had not handled and that were left in storage, for actors of the same ids
    /// (`Persistence.stateAndMessages`). Such an actor accepts them anew.
    public let messagesKept: UInt64
    /// Messages that a guest answered with an error.
    public let guestErrors: UInt64
    /// Instances that ended abnormally.
    public let crashes: UInt64
    /// Restarts.
    public let restarts: UInt64
    /// Messages that could not be handled, those no longer kept included.
    public let deadLetters: UInt64
    /// How long the turns of messages and calls took, those that ended the instance included.
    public let turnTimes: LatencyHistogram
    /// How long it took from each question, of the host's or of a guest's, to its answer, which may be an error of the
    /// guest's. Questions that were given up, or that no answer came to, are not among them.
    public let answerTimes: LatencyHistogram
    /// Bytes of the whole process that lie in memory; nil where the system does not say. libwasmtime's component C API
    /// tells no figure for a single instance: what one may use at the most, `ResourceLimits.memoryBytes` says.
    public let residentBytes: UInt64?
    /// What the engine has done: turns, slices, traps, instances.
    public let engine: EngineMetrics
}
