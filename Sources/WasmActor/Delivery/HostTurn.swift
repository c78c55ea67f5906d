import Synchronization
import WasmCore

/// A turn that the host's own code takes, as that code finds it: so that it cannot wait for the actor whose turn it holds.
///
/// Tasks that the code starts inherit it, detached ones excepted.
final class HostTurn: Sendable {
    private struct State {
        var isOver = false
        /// What is published of the code's waits; a task group of its may wait for several actors.
        var wait: Wait<ActorCell>?
    }

    /// The turn of which the calling code is a part.
    @TaskLocal static var current: HostTurn?

    private let cell: ActorCell
    private let state = Mutex(State())

    /// Begins a turn of an actor.
    init(of cell: ActorCell) {
        self.cell = cell
    }

    /// The turn is over: what its code still waits for holds nobody up.
    func end() {
        let wait = state.withLock { state in
            state.isOver = true
            return state.wait.take()
        }
        cell.stopWaiting(wait)
    }

    /// Does something that is no part of the turn to which the calling code belongs.
    static func outside(_ body: () -> Void) {
        if current == nil { body() } else { $current.withValue(nil, operation: body) }
    }

    /// The calling code is about to wait for an actor.
    ///
    /// - Returns: What takes the wait back; nil where there is nothing to take back.
    /// - Throws: `MessagingError.cycle` where that actor waits for the turn of which the calling code is a part.
    static func startWaiting(for target: ActorCell) throws(MessagingError) -> (@Sendable () -> Void)? {
        guard let turn = current, !turn.state.withLock({ $0.isOver }) else { return nil }
        guard let wait = try turn.cell.startWaiting(for: target, incarnation: nil) else { return nil }
        let isOver = turn.state.withLock { state in
            if !state.isOver { state.wait = wait }
            return state.isOver
        }
        let stop = { @Sendable in
            turn.state.withLock { state in
                if state.wait == wait { state.wait = nil }
            }
            turn.cell.stopWaiting(wait)
        }
        if isOver { stop() }
        return stop
    }
}
