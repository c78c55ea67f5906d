public import WasmCore

/// A moment of one actor.
public struct ActorSummary: Hashable, Sendable {
    /// Who it is.
    public let id: ActorID
    /// What it is doing.
    public let status: ActorStatus
    /// What it says of itself; nil where it has not been started yet.
    public let metadata: ActorMetadata?
    /// 1 for the first instance, one more after each restart.
    public let generation: UInt64
    /// Messages that wait in its mailbox.
    public let mailboxDepth: Int
    /// The bytes of those messages.
    public let mailboxBytes: Int
    /// Messages that its mailbox took over from their senders, and calls of the host's, in all instances.
    public let messagesAccepted: UInt64
    /// Messages that it has handled, and calls that went well, in all instances.
    public let messagesHandled: UInt64
    /// Messages that its overflow policy dropped.
    public let messagesDropped: UInt64
    /// Messages whose turn came after the end of their lifetime.
    public let messagesExpired: UInt64
    /// How often it was restarted.
    public let restarts: UInt64
    /// What it answered when the system last asked how it feels; nil where it has not been asked yet.
    public let health: ActorHealth?
}
