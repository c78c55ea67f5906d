import WasmCore

/// The bounded queue of one actor: what lies in it, and who waits for room.
struct Mailbox {
    /// Names a place among those who wait for room.
    typealias Ticket = UInt64

    /// Somebody who waits for room.
    struct Waiter {
        let ticket: Ticket
        let envelope: Envelope
        /// What tells the sender that the message lies in the mailbox; nil where the sender waits for the reply anyway.
        let admission: Admission?
    }

    /// What became of a message.
    enum Put: Equatable {
        /// It lies in the mailbox.
        case stored
        /// It waits for room.
        case waits(Ticket)
        /// There is no room and the policy is to fail.
        case full
        /// There is no room and the policy is to drop it.
        case dropped
    }

    /// What was taken out, and who got in by that.
    struct Taken {
        let envelope: Envelope
        let letIn: [Waiter]
    }

    private let capacity: Int
    /// The most bytes of all messages that lie in it.
    let byteCapacity: Int
    private let policy: OverflowPolicy
    private var messages = Ring<Envelope>()
    /// The bytes of the messages that lie in it.
    private(set) var byteCount = 0
    /// Who waits for room, by ticket; `order` has the tickets, those of the withdrawn too until they come up or are most.
    private var waiters: [Ticket: Waiter] = [:]
    private var order = Ring<Ticket>()
    private var lastTicket: Ticket = 0

    /// Makes an empty one.
    init(capacity: Int, bytes: Int = .max, policy: OverflowPolicy) {
        self.capacity = capacity
        byteCapacity = bytes
        self.policy = policy
    }

    /// How many messages lie in it, without those that wait for room.
    var count: Int { messages.count }

    /// How many messages lie in it, and their bytes.
    var load: (count: Int, byteCount: Int) { (messages.count, byteCount) }

    /// Whether nothing lies in it; nobody waits for room then.
    var isEmpty: Bool { messages.isEmpty }

    /// How many messages wait for room.
    var waiting: Int { waiters.count }

    /// Whether a message put now would have to wait.
    func mustWait(for envelope: Envelope) -> Bool { policy == .suspend && !hasRoom(for: envelope) }

    /// Whether a message put now would not get in: it would wait, or be refused, or be dropped.
    func isClosed(to envelope: Envelope) -> Bool { policy != .dropOldest && !hasRoom(for: envelope) }

    /// Who comes now is behind who waits, also where it would fit.
    private func hasRoom(for envelope: Envelope) -> Bool { waiters.isEmpty && fits(envelope) }

    private func fits(_ envelope: Envelope) -> Bool {
        messages.count < capacity && envelope.byteCount <= byteCapacity - byteCount
    }

    /// Takes out what has to give way to a message, which is nothing but where the policy is to drop the oldest. The
    /// message itself must not be larger than the mailbox.
    mutating func makeRoom(for envelope: Envelope) -> [Envelope] {
        guard policy == .dropOldest else { return [] }
        var displaced: [Envelope] = []
        while !fits(envelope), let oldest = popMessage() { displaced.append(oldest) }
        return displaced
    }

    /// Puts a message in, or queues it for room behind all who wait already.
    mutating func put(_ envelope: Envelope, admission: Admission?) -> Put {
        if hasRoom(for: envelope) {
            append(envelope)
            return .stored
        }
        switch policy {
        case .suspend: break
        case .dropNewest: return .dropped
        default: return .full
        }
        lastTicket += 1
        waiters[lastTicket] = Waiter(ticket: lastTicket, envelope: envelope, admission: admission)
        order.append(lastTicket)
        return .waits(lastTicket)
    }

    /// Puts a message that was taken out back to the front. It had its place, so it has one now, however full it is.
    mutating func putBack(_ envelope: Envelope) {
        messages.prepend(envelope)
        byteCount += envelope.byteCount
    }

    /// Takes the oldest message out and lets in those who have waited longest.
    mutating func take() -> Taken? {
        guard let envelope = popMessage() else { return nil }
        return Taken(envelope: envelope, letIn: letIn())
    }

    /// Takes back a message that waits for room; nil where it got in already.
    ///
    /// - Returns: The message, and who got in because it no longer stands before them.
    mutating func withdraw(_ ticket: Ticket) -> (waiter: Waiter, letIn: [Waiter])? {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return nil }
        if order.count > 64, order.count > 4 * waiters.count {
            for ticket in order.removeAll() where waiters[ticket] != nil { order.append(ticket) }
        }
        return (waiter, letIn())
    }

    /// Gives back the room that is not used; to be called where it is empty.
    mutating func shrink() {
        guard isEmpty else { return }
        (messages, order) = (Ring(), Ring())
    }

    /// Empties it.
    mutating func removeAll() -> (messages: [Envelope], waiters: [Waiter]) {
        var left: [Waiter] = []
        while let waiter = firstWaiter { left.append(pop(waiter)) }
        byteCount = 0
        return (messages.removeAll(), left)
    }

    private mutating func letIn() -> [Waiter] {
        var letIn: [Waiter] = []
        while let waiter = firstWaiter, fits(waiter.envelope) {
            append(waiter.envelope)
            letIn.append(pop(waiter))
        }
        return letIn
    }

    private mutating func append(_ envelope: Envelope) {
        messages.append(envelope)
        byteCount += envelope.byteCount
    }

    private mutating func popMessage() -> Envelope? {
        guard let envelope = messages.popFirst() else { return nil }
        byteCount -= envelope.byteCount
        return envelope
    }

    /// Who has waited longest.
    private var firstWaiter: Waiter? {
        mutating get {
            while let ticket = order.first {
                if let waiter = waiters[ticket] { return waiter }
                _ = order.popFirst()
            }
            return nil
        }
    }

    private mutating func pop(_ waiter: Waiter) -> Waiter {
        _ = order.popFirst()
        waiters[waiter.ticket] = nil
        return waiter
    }
}
