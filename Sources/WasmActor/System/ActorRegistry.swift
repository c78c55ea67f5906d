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

    /// The actors that match a pattern, in the order of their ids: so many, after one of them.
    func cells(matching pattern: Pattern?, after last: ActorID? = nil, limit: Int = .max) -> [ActorCell] {
        guard limit > 0 else { return [] }
        // A page of very many is found without an order of them all: whoever lies behind a full page is not looked at twice.
        let room = limit < Int.max / 4 ? 2 * limit + 64 : .max
        var page: [ActorCell] = []
        var bound: ActorID?
        for cell in cells {
            if let bound, bound <= cell.id { continue }
            if let last, cell.id <= last { continue }
            if let pattern, !pattern.matches(cell.id.description) { continue }
            page.append(cell)
            guard page.count >= room else { continue }
            page = Array(page.sorted { $0.id < $1.id }.prefix(limit))
            bound = page.last?.id
        }
        return Array(page.sorted { $0.id < $1.id }.prefix(limit))
    }

    /// Every actor, in no particular order.
    var cells: [ActorCell] { state.withLock { Array($0.cells.values) } }

    /// Every actor, in the order of their ids: for those who do something with each.
    var cellsInOrder: [ActorCell] { cells.sorted { $0.id < $1.id } }

    /// The sums over the actors that are gone, and those that are there, of one moment: each is in one of the two.
    var pastAndPresent: (past: ActorMachine.Counters, cells: [ActorCell]) {
        state.withLock { ($0.past, Array($0.cells.values)) }
    }
}
