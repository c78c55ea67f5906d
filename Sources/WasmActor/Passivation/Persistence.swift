/// What of an actor outlives it, in the system's storage: whether the process ends with it or the actor alone.
///
/// Only a durable component, one that exports `snapshot`, has a state that can be kept.
public struct Persistence: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: Hashable { case none, state, stateAndMessages }

    private let kind: Kind

    /// Nothing: a saved state is for the time out of memory, and is removed when the actor ends. A restart begins
    /// afresh. No actor of another choice takes it up, and no such state is written over.
    public static let none = Persistence(kind: .none)
    /// The state as it was saved last: at each passivation, and before the guest's `shutdown` where the actor is stopped.
    /// Every start under the id, a restart too, takes it up.
    public static let state = Persistence(kind: .state)

    /// The state, and the messages that have not been handled: each is stored before its sender's `tell` or `send`
    /// returns, and removed when it was handled or is a dead letter. An actor of the id that is spawned later, in another
    /// process too, has them in front of its mailbox, each marked as one more attempt.
    ///
    /// A process that is killed in the moment between a turn's end and the removal leaves a message that comes twice.
    /// Questions are not kept, for who asked is gone; neither are published messages and those of timers, for nobody waits
    /// until they are stored. Its component need not be durable.
    public static let stateAndMessages = Persistence(kind: .stateAndMessages)

    /// Whether messages are kept.
    var keepsMessages: Bool { kind == .stateAndMessages }

    /// Whether the state of a durable component is kept.
    var keepsState: Bool { kind != .none }

    /// The choice in a word.
    public var description: String {
        switch kind {
        case .none: "none"
        case .state: "state"
        case .stateAndMessages: "state-and-messages"
        }
    }
}
