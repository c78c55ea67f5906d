import Synchronization
import WasmCore

/// The actors by id. Looked at to find an actor, never on the way of a message to an actor that is known.
final class ActorRegistry: Sendable {
    /// Why an id is not given out.
    enum Refusal: Error {
        case nameTaken
        case closed
    }

    private struct State {
        var cells: [ActorID: ActorCell] = [:]
        var isClosed = false
        var past = ActorMachine.Counters()
        var ends = RecentEnds(capacity: 1024)
    }

    private let state = Mutex(State())

    /// Takes an actor up under its id.
    func insert(_ cell: ActorCell) throws(Refusal) {
        try state.withLock { state throws(Refusal) in
            guard !state.isClosed else { throw .closed }
            guard state.cells[cell.id] == nil else { throw .nameTaken }
            state.cells[cell.id] = cell
            state.ends.remove(cell.id)
        }
    }

    /// Forgets an actor that is gone; its counters stay in the sums.
    func remove(_ cell: ActorCell, _ reason: ExitReason, counters: ActorMachine.Counters) {
        state.withLock { state in
            guard state.cells[cell.id] === cell else { return }
            state.cells[cell.id] = nil
            state.past.add(counters)
            state.ends.append(cell.id, reason)
        }
    }

    /// Takes nobody up any more; says whether this was the first call.
    func close() -> Bool {
        state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
    }

    /// Whether nobody is taken up any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    subscript(id: ActorID) -> ActorCell? { state.withLock { $0.cells[id] } }

    /// How an actor that is gone ended, where it is one of the last.
    func end(of id: ActorID) -> ExitReason? { state.withLock { $0.ends[id] } }

    /// Every actor, in no particular order.
    var cells: [ActorCell] { state.withLock { Array($0.cells.values) } }

    /// The sums over the actors that are gone.
    var past: ActorMachine.Counters { state.withLock { $0.past } }
}
