public import WasmCore
public import WasmRuntime

/// An actor as the host sees it.
///
/// A reference outlives its actor; it never means another one, also where the id is given out anew.
public struct ActorRef: GuestCaller, Hashable, CustomStringConvertible {
    /// The time that `ask` waits where nothing else is said: 5 s.
    public static let defaultTimeout = Duration.seconds(5)

    let cell: ActorCell

    init(_ cell: ActorCell) {
        self.cell = cell
    }

    /// Who the actor is.
    public var id: ActorID { cell.id }
    /// What it is doing.
    public var status: ActorStatus { cell.status }
    /// What it says of itself; nil where it has not been started yet.
    public var metadata: ActorMetadata? { cell.metadata }
    /// A moment of it.
    public var summary: ActorSummary { cell.summary }
    /// The id.
    public var description: String { cell.id.description }

    /// Puts a message into the actor's mailbox.
    ///
    /// Success says that the message lies there, not that it was handled. Where the mailbox is full, its policy says
    /// whether this waits. Messages of one sender come in their order.
    ///
    /// - Parameters:
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are, such as `application/json`.
    ///   - timeToLive: How long the message may wait for its turn, room in the mailbox included
    ///     [`ActorOptions.messageLifetime`, which it cannot lengthen]; after that it is a dead letter.
    /// - Throws: `MessagingError`, of the cases `tooLarge`, `mailboxFull`, `died` and `cancelled`; the message was not
    ///   delivered then.
    @concurrent
    public func tell(
        _ payload: [UInt8],
        contentType: String? = nil,
        timeToLive: Duration? = nil
    ) async throws(MessagingError) {
        guard !Task.isCancelled else { throw .cancelled }
        var stopWaiting: (@Sendable () -> Void)?
        defer { stopWaiting?() }
        let message = message(payload, contentType)
        try await cell.tell(message, timeToLive: timeToLive, .task) { () throws(MessagingError) in
            stopWaiting = try HostTurn.startWaiting(for: cell)
        }
    }

    /// Has a message come to the actor later.
    ///
    /// It is one timer of the system's clock, and no task. It comes whatever instance runs then; a mailbox that is full
    /// does not hold it up: where it has no room it is a dead letter.
    ///
    /// - Parameters:
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are, such as `application/json`.
    ///   - delay: How much later; at once where it is not above 0.
    /// - Returns: What takes it back.
    /// - Throws: `MessagingError.tooLarge`, or `died` where the actor is gone.
    @discardableResult
    public func tell(
        _ payload: [UInt8],
        contentType: String? = nil,
        after delay: Duration
    ) throws(MessagingError) -> HostTimer {
        let message = message(payload, contentType)
        return HostTimer(cell: cell, number: try cell.deliver(message, after: delay, repeats: false))
    }

    /// Has a message come to the actor again and again, the first after one interval, until it is cancelled.
    ///
    /// The intervals count from when each was due; what was missed is not made up for. Otherwise as a message that comes
    /// later once.
    ///
    /// - Parameters:
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are, such as `application/json`.
    ///   - interval: The time between two.
    /// - Returns: What takes it back.
    /// - Throws: `MessagingError.invalidArgument` where the interval is not above 0, `tooLarge`, or `died` where the actor
    ///   is gone.
    @discardableResult
    public func tell(
        _ payload: [UInt8],
        contentType: String? = nil,
        every interval: Duration
    ) throws(MessagingError) -> HostTimer {
        guard interval > .zero else { throw .invalidArgument("an interval must be above 0") }
        let message = message(payload, contentType)
        return HostTimer(cell: cell, number: try cell.deliver(message, after: interval, repeats: true))
    }

    /// Puts a message into the actor's mailbox and waits for the answer.
    ///
    /// The wait ends with the deadline, with the calling task's cancellation, and with the actor's end; the message may
    /// still be handled after the first two. An answer that comes later is a dead letter.
    ///
    /// - Parameters:
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are, such as `application/json`.
    ///   - timeout: How long to wait.
    /// - Returns: The answer.
    /// - Throws: `MessagingError`: `guestError` where the guest answered with an error, `timeout`, `cancelled`, `died`
    ///   with the reason where the actor is gone or fell over this message, `tooLarge`, `mailboxFull`, `cycle` where the
    ///   calling code is a part of a `call` whose actor would have to answer first.
    @concurrent
    public func ask(
        _ payload: [UInt8],
        contentType: String? = nil,
        timeout: Duration = defaultTimeout
    ) async throws(MessagingError) -> [UInt8] {
        guard !Task.isCancelled else { throw .cancelled }
        let stopWaiting = try HostTurn.startWaiting(for: cell)
        defer { stopWaiting?() }
        return try await cell.ask(message(payload, contentType), timeout: timeout, .task, beginsHere: true)
    }

    private func message(_ payload: [UInt8], _ contentType: String?) -> ComponentMessage {
        ComponentMessage(payload: payload, contentType: contentType, sentAt: cell.environment.clock.wallTime)
    }

    /// Waits for a turn of the actor as a message does, and has it run; what `call` of `GuestCaller` uses.
    ///
    /// A call that is given up before its turn is not run. What the turn's code asks of the actor whose turn it holds, of
    /// whoever waits for that actor, or in a task that it starts, is refused at once with `MessagingError.cycle`, for no
    /// answer could come; a detached task is no part of the turn.
    ///
    /// - Parameters:
    ///   - turn: What is done in the turn.
    ///   - timeout: How long to wait for the answer.
    /// - Returns: What the turn's code returns.
    /// - Throws: `ActorCallError`, as `call` says.
    @concurrent
    public func perform<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        timeout: Duration = defaultTimeout
    ) async throws(ActorCallError) -> Answer {
        guard !Task.isCancelled else { throw .messaging(.cancelled) }
        let stopWaiting: (@Sendable () -> Void)?
        do throws(MessagingError) {
            stopWaiting = try HostTurn.startWaiting(for: cell)
        } catch {
            throw .messaging(error)
        }
        defer { stopWaiting?() }
        return try await cell.call(turn, timeout: timeout)
    }

    /// Asks the guest how it feels, between two messages.
    ///
    /// - Returns: Its answer.
    /// - Throws: `MessagingError.died` where the actor is gone or fell over the question, `.cancelled` where the
    ///   calling task was, `.cycle` as `ask`.
    @concurrent
    public func health() async throws(MessagingError) -> ActorHealth {
        let stopWaiting = try HostTurn.startWaiting(for: cell)
        defer { stopWaiting?() }
        return try await cell.health()
    }

    /// Has the actor leave memory now, where it is durable and has nothing to do; its next message brings it back.
    ///
    /// `Residency` does so by itself, for actors that have been idle for long or make room for others. Nothing is lost where
    /// it cannot leave: it stays as it is, and a state that cannot be saved is a `passivationFailed` event.
    ///
    /// - Returns: Whether it is out of memory.
    @concurrent
    @discardableResult
    public func passivate() async -> Bool {
        let answer = OneShot<Bool>()
        guard cell.passivate(answer) else { return cell.status == .passive }
        return await answer.value()
    }

    /// Ends the actor after its current turn and its guest's `shutdown`; what waits in its mailbox becomes dead letters.
    ///
    /// - Returns: How it ended, when it has: `shutdown`, or another reason that came first.
    @concurrent
    @discardableResult
    public func stop() async -> ExitReason {
        cell.end(.stop)
        return await cell.ended()
    }

    /// Ends the actor now, in the middle of a turn if need be, without its guest's `shutdown`.
    ///
    /// A turn ends at its next slice or where it waits in the contract's host functions, but not in the middle of a
    /// sleep in WASI or of a call of the storage backend.
    ///
    /// - Returns: How it ended, when it has: `killed`, or another reason that came first.
    @concurrent
    @discardableResult
    public func kill() async -> ExitReason {
        cell.end(.kill)
        return await cell.ended()
    }

    /// Waits until the actor is gone, however long that takes: the cancellation of the calling task does not end this wait
    /// (that of `watch()` it does).
    ///
    /// - Returns: How it ended.
    @concurrent
    public func ended() async -> ExitReason {
        await cell.ended()
    }

    /// Whether both mean the same actor.
    public static func == (left: ActorRef, right: ActorRef) -> Bool { left.cell === right.cell }

    /// Hashes the actor's identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(cell)) }
}
