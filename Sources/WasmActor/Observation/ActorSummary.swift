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
    /// Messages that it has handled, and calls that went well, in all instances.
    public let messagesHandled: UInt64
    /// How often it was restarted.
    public let restarts: UInt64
}
