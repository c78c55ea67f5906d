import Synchronization
import WasmCore

/// Carries the messages of one actor's guest; made for one instance, and gone with it.
///
/// It remembers the cells that it has found, so that a message to a known actor takes no lock but the target's.
final class ActorRouter: MessageRouter {
    /// How many cells it remembers.
    private static let capacity = 256

    let cell: ActorCell
    private let known = Mutex<[ActorID: ActorCell]>([:])

    init(cell: ActorCell) {
        self.cell = cell
    }

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        interruption: Interruption
    ) async throws(MessagingError) {
        let target = try find(target)
        defer { stopWaiting() }
        try await target.tell(message(payload, contentType), .guest(interruption)) { () throws(MessagingError) in
            try startWaiting(for: target)
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
        try startWaiting(for: target)
        defer { stopWaiting() }
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
        try cell.requestLater(message(payload, contentType), to: find(target), timeout: timeout)
    }

    func cancel(_ correlationID: CorrelationID, from sender: ActorID) throws(MessagingError) {
        try cell.cancelRequest(correlationID)
    }

    func reply(
        to correlationID: CorrelationID,
        with response: Result<[UInt8], ActorError>,
        from sender: ActorID
    ) throws(MessagingError) {
        try cell.reply(to: correlationID, with: response)
    }

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        after delay: Duration,
        repeats: Bool
    ) throws(MessagingError) -> UInt64 {
        try cell.send(message(payload, contentType), to: target, after: delay, repeats: repeats)
    }

    func cancelTimer(_ timer: UInt64, of sender: ActorID) { cell.cancelTimer(timer) }

    func exit(_ sender: ActorID, reason: ExitReason) { cell.exit(reason) }

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
        try cell.environment.topics.subscribe(cell, to: pattern)
    }

    func unsubscribe(_ subscriber: ActorID, from pattern: Pattern) {
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
        let all = cell.environment.registry.cells.map(\.id)
            .filter { id in pattern.matches(id.description) && (last.map { $0 < id } ?? true) }
            .sorted()
        let page = Array(all.prefix(max(limit, 0)))
        return ActorPage(ids: page, cursor: page.count < all.count ? page.last?.description : nil)
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

    /// Publishes for whom this actor waits, and takes it back where that would close a circle.
    private func startWaiting(for target: ActorCell) throws(MessagingError) {
        cell.state.withLock { $0.waitsFor = target }
        if let circle = WaitChain.circle(from: cell, to: target, next: \.waitsFor) {
            stopWaiting()
            throw .cycle(circle.map(\.id))
        }
    }

    private func stopWaiting() {
        cell.state.withLock { $0.waitsFor = nil }
    }
}
