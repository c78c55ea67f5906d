public import WasmRuntime

/// What a system has done so far; the counts include actors that are gone.
public struct SystemMetrics: Sendable {
    /// Actors that run now.
    public let actors: Int
    /// Messages that wait in all mailboxes now.
    public let mailboxDepth: Int
    /// Messages that found room in a mailbox, and calls of the host's.
    public let messagesAccepted: UInt64
    /// Messages that a guest handled, with an error or without, and calls that its instance outlived.
    public let messagesHandled: UInt64
    /// Messages that a guest answered with an error.
    public let guestErrors: UInt64
    /// Instances that ended abnormally.
    public let crashes: UInt64
    /// Restarts.
    public let restarts: UInt64
    /// Messages that could not be handled, those no longer kept included.
    public let deadLetters: UInt64
    /// What the engine has done.
    public let engine: EngineMetrics
}
