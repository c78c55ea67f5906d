import Synchronization
import WasmCore
import WasmRuntime

/// What ends a wait early.
enum Canceller {
    /// The cancellation of the waiting task: the host waits.
    case task
    /// The end of the waiting guest's turn.
    case guest(Interruption)

    /// Waits for a result; runs `cancel`, which has to bring one, where the wait is to end early.
    func wait<Value>(
        for result: OneShot<Value>,
        cancel: @escaping @Sendable () -> Void
    ) async -> Value {
        switch self {
        case .task:
            return await withTaskCancellationHandler {
                await result.value()
            } onCancel: {
                cancel()
            }
        case .guest(let interruption):
            let wait = interruption.beginWait(cancel)
            defer { interruption.endWait(wait) }
            return await result.value()
        }
    }
}

/// How messages come in.
extension ActorCell {
    /// Offers a message, and does what the outcome needs besides the sender's part: dropped messages become dead letters,
    /// and an idle actor is activated.
    private func put(_ envelope: Envelope, runsAtOnce: Bool = false, admission: Admission? = nil) -> ActorMachine.Offer
    {
        let (offer, displaced) = state.withLock { state in
            // A turn that may hold its thread does not hold its sender's.
            let runsAtOnce = runsAtOnce && !state.component.mayBlock
            let offer = state.machine.offer(envelope, runsAtOnce: runsAtOnce, admission: admission)
            return (offer, state.takeDisplaced(by: offer))
        }
        follow(offer, displaced)
        return offer
    }

    private func follow(_ offer: ActorMachine.Offer, _ displaced: [Envelope]) {
        for envelope in displaced { drop(envelope) }
        switch offer {
        case .activate: activate()
        case .dropped(let envelope): drop(envelope)
        default: break
        }
    }

    private func drop(_ envelope: Envelope) {
        environment.bury(envelope, for: id, .dropped)
        forgetLater(envelope)
        envelope.fail(.mailboxFull(id))
    }

    /// When a message that is sent now is too late for its turn. The clock is read for those alone that have a lifetime.
    private func expiry(_ timeToLive: Duration?) -> Duration? {
        guard let lifetime = timeToLive ?? options.messageLifetime else { return nil }
        return environment.clock.now + min(lifetime, options.messageLifetime ?? lifetime)
    }

    /// Puts a message into the mailbox.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - timeToLive: How long it may wait for its turn, where the actor's options say no less.
    ///   - canceller: What ends the wait for room early.
    ///   - beforeWait: Called where the mailbox is full and the sender is about to wait.
    /// - Throws: `MessagingError`; the message was not delivered then.
    func tell(
        _ message: ComponentMessage,
        timeToLive: Duration? = nil,
        _ canceller: Canceller,
        beforeWait: () throws(MessagingError) -> Void = {}
    ) async throws(MessagingError) {
        try check(message)
        let expiry = expiry(timeToLive)
        guard options.persistence.keepsMessages else {
            let envelope = Envelope(message: message, reply: nil, expiry: expiry)
            return try await take(envelope, canceller, beforeWait)
        }
        let kept = try await keep(message, expiry)
        defer { endKeeping() }
        let envelope = Envelope(message: message, reply: nil, expiry: expiry, kept: kept)
        do throws(MessagingError) {
            try await take(envelope, canceller, beforeWait)
        } catch {
            await forget(envelope)
            throw error
        }
    }

    private func take(
        _ envelope: Envelope,
        _ canceller: Canceller,
        _ beforeWait: () throws(MessagingError) -> Void
    ) async throws(MessagingError) {
        switch put(envelope) {
        case .refused(let error): throw error
        case .needsAdmission:
            try beforeWait()
            try await tellWaiting(envelope, canceller)
        case .activate, .queued, .run, .waits, .dropped: break
        }
    }

    private func tellWaiting(_ envelope: Envelope, _ canceller: Canceller) async throws(MessagingError) {
        let admission = Admission()
        switch put(envelope, admission: admission) {
        case .refused(let error): throw error
        case .waits(let ticket):
            try await canceller.wait(for: admission) {
                if self.withdraw(ticket) { admission.resolve(.failure(.cancelled)) }
            }.get()
        case .activate, .queued, .run, .needsAdmission, .dropped: break
        }
    }

    /// A sender no longer waits for room; false where its message got in already.
    private func withdraw(_ ticket: Mailbox.Ticket) -> Bool {
        guard let letIn = state.withLock({ $0.machine.withdraw(ticket) }) else { return false }
        for admission in letIn { admission.resolve(.success(())) }
        return true
    }

    /// Puts a message into the mailbox where there is room, and makes it a dead letter where there is none.
    func deliverWithoutWait(_ message: ComponentMessage) {
        do throws(MessagingError) {
            try check(message)
            switch put(Envelope(message: message, reply: nil, expiry: expiry(nil))) {
            case .activate, .queued, .run, .waits, .dropped: break
            case .needsAdmission: throw .mailboxFull(id)
            case .refused(let error): throw error
            }
        } catch {
            environment.bury(message, for: id, .refused(error))
        }
    }

    /// Puts a message into the mailbox where it has a place there; gives what speaks against it otherwise.
    func admit(_ message: ComponentMessage) -> MessagingError? {
        do throws(MessagingError) {
            try check(message)
            try putInside(Envelope(message: message, reply: nil, expiry: expiry(nil)))
            return nil
        } catch {
            return error
        }
    }

    /// Puts a message into the mailbox, and refuses it where it would have to wait or be dropped.
    private func putInside(_ envelope: Envelope) throws(MessagingError) {
        let (offer, displaced) = state.withLock { state -> (ActorMachine.Offer, [Envelope]) in
            if let refusal = state.machine.refusal(of: envelope) { return (.refused(refusal), []) }
            let isClosed = state.machine.mailbox.isClosed(to: envelope)
            let offer = isClosed ? .refused(.mailboxFull(id)) : state.machine.offer(envelope)
            return (offer, state.takeDisplaced(by: offer))
        }
        follow(offer, displaced)
        if case .refused(let error) = offer { throw error }
    }

    /// Puts a message into the mailbox and waits for the answer.
    ///
    /// Where the actor is idle and its component never blocks, the turn begins on the calling thread: no other thread
    /// is woken. Its deadline is armed where the turn is not over at its first wait.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - timeout: How long to wait.
    ///   - canceller: What ends the wait early.
    ///   - beginsHere: Whether the turn may begin on the calling thread.
    /// - Returns: The answer.
    /// - Throws: `MessagingError`.
    func ask(
        _ message: ComponentMessage,
        timeout: Duration,
        _ canceller: Canceller,
        beginsHere: Bool
    ) async throws(MessagingError) -> [UInt8] {
        try check(message)
        let clock = environment.clock
        let start = clock.now
        let reply = Reply()
        let envelope = Envelope(
            message: message,
            reply: reply,
            deadline: start + timeout,
            askedAt: start,
            expiry: expiry(nil)
        )
        var ticket: Mailbox.Ticket?
        switch put(envelope, runsAtOnce: beginsHere) {
        case .run(let envelope): takeTurnHere(envelope)
        case .refused(let error): throw error
        case .waits(let place): ticket = place
        case .activate, .queued, .needsAdmission, .dropped: break
        }
        if let result = reply.takeIfResolved() { return try result.get() }
        let giveUp = { @Sendable [ticket] (error: MessagingError) in self.giveUp(reply, ticket, error) }
        let timer = clock.schedule(after: timeout - (clock.now - start)) { giveUp(.timeout) }
        defer { clock.cancel(timer) }
        return try await canceller.wait(for: reply) { giveUp(.cancelled) }.get()
    }

    /// Puts a message into the mailbox, where there is room, whose answer is waited for elsewhere.
    ///
    /// - Returns: What ends that wait early.
    /// - Throws: `MessagingError`; no answer comes then.
    func offer(
        _ message: ComponentMessage,
        _ reply: Reply,
        within timeout: Duration
    ) throws(MessagingError) -> @Sendable (MessagingError) -> Void {
        try check(message)
        // The sender goes on meanwhile, so nothing would hold back how many of its messages wait for room.
        let now = environment.clock.now
        try putInside(
            Envelope(message: message, reply: reply, deadline: now + timeout, askedAt: now, expiry: expiry(nil))
        )
        return { error in self.giveUp(reply, nil, error) }
    }

    private func giveUp(_ reply: Reply, _ ticket: Mailbox.Ticket?, _ error: MessagingError) {
        guard reply.resolve(.failure(error)) else { return }
        state.withLock { $0.machine.forget(reply) }
        if let ticket { _ = withdraw(ticket) }
    }

    /// Refuses a message that is larger than a message may be.
    func check(_ message: ComponentMessage) throws(MessagingError) {
        let limit = UInt64(options.limits.messageBytes)
        guard message.payload.count <= limit else {
            throw .tooLarge(SizeLimit(size: UInt64(message.payload.count), limit: limit))
        }
    }

    /// Puts a call of the actor's own exports into the mailbox and waits for the answer.
    ///
    /// - Parameters:
    ///   - turn: What is done in the turn.
    ///   - timeout: How long to wait.
    /// - Returns: The answer.
    /// - Throws: `ActorCallError`.
    func call<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        timeout: Duration
    ) async throws(ActorCallError) -> Answer {
        let call = PendingCall(turn)
        var ticket: Mailbox.Ticket?
        switch put(Envelope(call: call, deadline: environment.clock.now + timeout)) {
        case .refused(let error): throw .messaging(error)
        case .waits(let place): ticket = place
        case .activate, .run, .queued, .needsAdmission, .dropped: break
        }
        let giveUp = { @Sendable [ticket] (error: MessagingError) in
            call.fail(error)
            if let ticket { _ = self.withdraw(ticket) }
        }
        let timer = environment.clock.schedule(after: timeout) { giveUp(.timeout) }
        defer { environment.clock.cancel(timer) }
        return try await Canceller.task.wait(for: call.answer) { giveUp(.cancelled) }.get()
    }

    /// Asks the guest how it feels, between two messages.
    func health() async throws(MessagingError) -> ActorHealth {
        let reply = ActorMachine.HealthReply()
        switch state.withLock({ $0.machine.ask(forHealth: reply) }) {
        case .activate: activate()
        case .refused(let error): throw error
        default: break
        }
        return try await Canceller.task.wait(for: reply) { reply.resolve(.failure(.cancelled)) }.get()
    }
}

extension ActorCell.State {
    /// What gave way to a message. Where storage has to forget some of it, the changes begin.
    fileprivate mutating func takeDisplaced(by offer: ActorMachine.Offer) -> [Envelope] {
        let displaced = machine.takeDisplaced()
        if !displaced.isEmpty { kept.began(displaced.count { $0.kept != nil }) }
        if case .dropped(let envelope) = offer, envelope.kept != nil { kept.began() }
        return displaced
    }
}
