import Synchronization
import WasmCore

/// Carries the messages of one actor's guest; made for one instance, and gone with it.
///
/// It remembers the cells that it has found, so that a message to a known actor takes no lock but the target's.
final class ActorRouter: MessageRouter {
    /// How many cells it remembers.
    private static let capacity = 256

    let cell: ActorCell
    /// The instance that it is made for. What the guest of an earlier one still wants for itself is refused: to be told, to
    /// wait, to end, to have children. What it sends or publishes comes from the actor all the same.
    let incarnation: UInt64
    let children: GuestChildren
    private let known = Mutex<[ActorID: ActorCell]>([:])

    init(cell: ActorCell, incarnation: UInt64, children: GuestChildren) {
        self.cell = cell
        self.incarnation = incarnation
        self.children = children
    }

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        interruption: Interruption
    ) async throws(MessagingError) {
        let target = try find(target)
        var wait: Wait<ActorCell>?
        defer { cell.stopWaiting(wait) }
        try await target.tell(message(payload, contentType), .guest(interruption)) { () throws(MessagingError) in
            wait = try cell.startWaiting(for: target, incarnation: incarnation)
        }
    }

    func request(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration,
        interruption: Interruption
    ) async throws(MessagingError) -> [UInt8] {
        let target = try find(target)
        let wait = try cell.startWaiting(for: target, incarnation: incarnation)
        defer { cell.stopWaiting(wait) }
        return try await target.ask(
            message(payload, contentType),
            timeout: min(timeout, cell.remainingTime),
            .guest(interruption),
            beginsHere: false
        )
    }

    func requestLater(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration
    ) throws(MessagingError) -> CorrelationID {
        let message = message(payload, contentType)
        return try cell.requestLater(message, to: find(target), timeout: timeout, incarnation: incarnation)
    }

    func cancel(_ correlationID: CorrelationID, from sender: ActorID) throws(MessagingError) {
        try cell.cancelRequest(correlationID, incarnation: incarnation)
    }

    func reply(
        to correlationID: CorrelationID,
        with response: Result<[UInt8], ActorError>,
        from sender: ActorID
    ) throws(MessagingError) {
        try cell.reply(to: correlationID, with: response, incarnation: incarnation)
    }

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        after delay: Duration,
        repeats: Bool
    ) throws(MessagingError) -> UInt64 {
        let message = message(payload, contentType)
        return try cell.send(message, to: target, after: delay, repeats: repeats, incarnation: incarnation)
    }

    func cancelTimer(_ timer: UInt64, of sender: ActorID) { cell.cancelTimer(timer, incarnation: incarnation) }

    func exit(_ sender: ActorID, reason: ExitReason) { cell.exit(reason, incarnation: incarnation) }

    func publish(
        from sender: ActorID,
        topic: String,
        payload: [UInt8],
        contentType: String?
    ) throws(MessagingError) -> Int {
        var message = message(payload, contentType)
        message.topic = topic
        return cell.environment.topics.publish(message, on: topic)
    }

    func subscribe(_ subscriber: ActorID, to pattern: Pattern) throws(MessagingError) {
        try cell.state.withLock { state throws(MessagingError) in try state.require(incarnation) }
        try cell.environment.topics.subscribe(cell, to: pattern)
    }

    func unsubscribe(_ subscriber: ActorID, from pattern: Pattern) {
        guard cell.state.withLock({ $0.runs(incarnation) }) else { return }
        cell.environment.topics.unsubscribe(cell, from: pattern)
    }

    func listActors(
        matching pattern: Pattern,
        after cursor: String?,
        limit: Int
    ) throws(MessagingError) -> ActorPage {
        var last: ActorID?
        if let cursor {
            do throws(InvalidActorID) {
                last = try ActorID(cursor)
            } catch {
                throw .invalidArgument("`\(Printable.text(cursor, limit: 256))` is not a cursor of an earlier page")
            }
        }
        // One more says whether there is another page.
        let found = cell.environment.registry.cells(matching: pattern, after: last, limit: max(limit, 0) + 1).map(\.id)
        let page = Array(found.prefix(max(limit, 0)))
        return ActorPage(ids: page, cursor: page.count < found.count ? page.last?.description : nil)
    }

    private func message(_ payload: [UInt8], _ contentType: String?) -> ComponentMessage {
        ComponentMessage(
            sender: cell.id,
            payload: payload,
            contentType: contentType,
            sentAt: cell.environment.clock.wallTime
        )
    }

    /// The cell of an actor. A remembered one that has ended is looked up again: its id may have been given out anew.
    private func find(_ id: ActorID) throws(MessagingError) -> ActorCell {
        if let cell = known.withLock({ $0[id] }), !cell.status.isEnded { return cell }
        let found = cell.environment.registry[id]
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[id] = found
        }
        guard let found else { throw .notFound(id) }
        return found
    }
}
