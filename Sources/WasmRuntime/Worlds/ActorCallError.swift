public import WasmCore

/// Why a call of an actor's own exports gave no answer.
public enum ActorCallError: Error, Sendable, CustomStringConvertible {
    /// The turn did not come about, or ended abnormally: `died` with the reason where the actor is gone or its instance
    /// fell in this turn, `timeout`, `cancelled`, `mailboxFull`.
    case messaging(MessagingError)
    /// The actor's component lacks an export of the world, or has it with another type. The actor lives on.
    case world(RuntimeError)
    /// The body threw, and the guest is well. The actor lives on.
    case body(any Error)

    /// The error in words.
    public var description: String {
        switch self {
        case .messaging(let error): error.description
        case .world(let error): "the actor's component is not of this world: \(error.message)"
        case .body(let error): "the call's own code failed: \(error)"
        }
    }
}
