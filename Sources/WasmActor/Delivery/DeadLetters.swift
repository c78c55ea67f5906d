import Synchronization
public import WasmCore

/// The messages of a system that could not be handled: a view of the latest, oldest first.
///
/// They are bounded in number and in bytes (`ActorSystem.Configuration`); the oldest go, and `total` counts them all. Every
/// use of this value looks at what is kept then.
public struct DeadLetters: Sequence, Sendable {
    private let environment: ActorEnvironment

    init(_ environment: ActorEnvironment) {
        self.environment = environment
    }

    /// The kept letters, oldest first.
    public var kept: [DeadLetter] { environment.letters.withLock { $0.kept } }
    /// How many are kept.
    public var count: Int { environment.letters.withLock { $0.count } }
    /// Whether none is kept.
    public var isEmpty: Bool { count == 0 }
    /// How many there were in all, those no longer kept included.
    public var total: UInt64 { environment.letters.withLock { $0.total } }

    /// Goes through the letters that are kept now.
    ///
    /// - Returns: The letters, oldest first.
    public func makeIterator() -> IndexingIterator<[DeadLetter]> { kept.makeIterator() }

    /// Forgets a letter; one that is no longer kept is no error.
    ///
    /// - Parameter letter: The letter.
    /// - Returns: Whether it was still kept.
    @discardableResult
    public func remove(_ letter: DeadLetter) -> Bool {
        environment.letters.withLock { $0.remove(letter.number) != nil }
    }

    /// Sends a letter to its target again, and forgets it where that takes it.
    ///
    /// The message comes as a new one whose `attempt` is one higher: behind what waits already, and without anybody who
    /// waits for its answer. It does not wait for room. What the target does not take stays among the letters, under its
    /// number.
    ///
    /// - Parameter letter: The letter.
    /// - Returns: What became of it.
    @discardableResult
    public func redeliver(_ letter: DeadLetter) -> Redelivery {
        guard letter.isRedeliverable, let target = letter.target else {
            let refusal = MessagingError.invalidArgument("a reply that nobody waits for cannot be sent again")
            return Redelivery(letter: letter, outcome: .refused(refusal))
        }
        guard let claimed = environment.letters.withLock({ $0.claim(letter.number) }) else {
            return Redelivery(letter: letter, outcome: .missing)
        }
        let refusal = send(claimed.message, to: target)
        environment.letters.withLock { $0.settle(letter.number, isDelivered: refusal == nil) }
        return Redelivery(letter: letter, outcome: refusal.map { .refused($0) } ?? .delivered)
    }

    /// Sends every letter again that fits and that can be sent again, oldest first. What becomes a dead letter meanwhile is
    /// not among them.
    ///
    /// - Parameter fits: Which letters.
    /// - Returns: What became of each.
    @discardableResult
    public func redeliver(where fits: (DeadLetter) throws -> Bool) rethrows -> [Redelivery] {
        try kept.filter { try $0.isRedeliverable && fits($0) }.map(redeliver)
    }

    private func send(_ message: ComponentMessage, to target: ActorID) -> MessagingError? {
        var message = message
        message.correlationID = nil
        message.attempt += message.attempt == .max ? 0 : 1
        guard !environment.registry.isClosed else { return .died(.shutdown) }
        guard let cell = environment.registry[target] else { return .notFound(target) }
        return cell.admit(message)
    }
}

/// What became of a dead letter that was sent again.
public struct Redelivery: Hashable, Sendable {
    /// Whether the target took it.
    @nonexhaustive public enum Outcome: Hashable, Sendable {
        /// It lies in the target's mailbox, and is no dead letter any more.
        case delivered
        /// The target did not take it; it stays among the dead letters.
        case refused(MessagingError)
        /// It is not among the dead letters: it went for want of room, was taken out, or is being sent again by another
        /// task.
        case missing
    }

    /// The letter.
    public let letter: DeadLetter
    /// What became of it.
    public let outcome: Outcome
}
