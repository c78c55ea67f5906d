import WasmCore
import WasmRuntime

/// Who decides what becomes of an actor that has fallen. A free-standing actor has none: its own `RestartPolicy` does.
///
/// Called by whoever holds the actor's right to turns, without any lock held: an answer is given with `resume`,
/// `conclude`, `halt` or `end` of the cell, from inside of the call or later. Nothing here may block.
protocol ActorParent: AnyObject, Sendable {
    /// An instance runs: the first, or a later one.
    func started(_ cell: ActorCell, generation: UInt64)

    /// The instance ended, or never came to run; the actor is halted, with its id and its mailbox.
    func fell(_ cell: ActorCell, _ reason: ExitReason)

    /// The actor is halted, as it was asked to be.
    func halted(_ cell: ActorCell, _ reason: ExitReason)

    /// The actor is gone.
    func ended(_ cell: ActorCell, _ reason: ExitReason)

    /// The actor runs another component from now on.
    func upgraded(_ cell: ActorCell, to component: CompiledComponent)

    /// Whether a kill is the end that its specification has for the actor.
    func kills(_ cell: ActorCell) -> Bool
}

extension ActorParent {
    func upgraded(_ cell: ActorCell, to component: CompiledComponent) {}

    func kills(_ cell: ActorCell) -> Bool { false }
}
