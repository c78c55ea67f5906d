import Synchronization

/// A message of the host's that comes to an actor later, once or again and again.
///
/// It ends when it has come, when it is cancelled, and with its actor: a restart does not end it. Whether anybody holds
/// this value does not matter.
public struct HostTimer: Hashable, Sendable {
    let cell: ActorCell
    let number: UInt64

    /// The actor that gets the message.
    public var actor: ActorRef { ActorRef(cell) }

    /// Whether a message is still to come.
    public var isPending: Bool { cell.state.withLock { $0.hostTimers.contains(number) } }

    /// Ends it; where it has ended already, nothing.
    public func cancel() { cell.cancelHostTimer(number) }
}
