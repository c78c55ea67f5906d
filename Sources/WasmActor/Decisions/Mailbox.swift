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
    }

    /// What was taken out, and who got in by that.
    struct Taken {
        let envelope: Envelope
        let letIn: Waiter?
    }

    private let capacity: Int
    private let policy: OverflowPolicy
    private var messages = Ring<Envelope>()
    /// Who waits for room, by ticket; `order` has the tickets, those of the withdrawn too until they come up or are most.
    private var waiters: [Ticket: Waiter] = [:]
    private var order = Ring<Ticket>()
    private var lastTicket: Ticket = 0

    /// Makes an empty one.
    init(capacity: Int, policy: OverflowPolicy) {
        self.capacity = capacity
        self.policy = policy
    }

    /// How many messages lie in it, without those that wait for room.
    var count: Int { messages.count }

    /// Whether nothing lies in it; nobody waits for room then.
    var isEmpty: Bool { messages.isEmpty }

    /// How many messages wait for room.
    var waiting: Int { waiters.count }

    /// Whether a message put now would have to wait.
    var mustWait: Bool { policy == .suspend && messages.count >= capacity }

    /// Puts a message in, or queues it for room behind all who wait already.
    mutating func put(_ envelope: Envelope, admission: Admission?) -> Put {
        if messages.count < capacity {
            messages.append(envelope)
            return .stored
        }
        guard policy == .suspend else { return .full }
        lastTicket += 1
        waiters[lastTicket] = Waiter(ticket: lastTicket, envelope: envelope, admission: admission)
        order.append(lastTicket)
        return .waits(lastTicket)
    }

    /// Takes the oldest message out and lets in who has waited longest.
    mutating func take() -> Taken? {
        guard let envelope = messages.popFirst() else { return nil }
        let waiter = popWaiter()
        if let waiter { messages.append(waiter.envelope) }
        return Taken(envelope: envelope, letIn: waiter)
    }

    /// Takes back a message that waits for room; nil where it got in already.
    mutating func withdraw(_ ticket: Ticket) -> Waiter? {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return nil }
        if order.count > 64, order.count > 4 * waiters.count {
            for ticket in order.removeAll() where waiters[ticket] != nil { order.append(ticket) }
        }
        return waiter
    }

    private mutating func popWaiter() -> Waiter? {
        while let ticket = order.popFirst() {
            if let waiter = waiters.removeValue(forKey: ticket) { return waiter }
        }
        return nil
    }

    /// Empties it.
    mutating func removeAll() -> (messages: [Envelope], waiters: [Waiter]) {
        var left: [Waiter] = []
        while let waiter = popWaiter() { left.append(waiter) }
        return (messages.removeAll(), left)
    }
}
