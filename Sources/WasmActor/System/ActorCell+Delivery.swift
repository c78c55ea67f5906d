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
    /// Puts a message into the mailbox.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - canceller: What ends the wait for room early.
    ///   - beforeWait: Called where the mailbox is full and the sender is about to wait.
    /// - Throws: `MessagingError`; the message was not delivered then.
    func tell(
        _ message: ComponentMessage,
        _ canceller: Canceller,
        beforeWait: () throws(MessagingError) -> Void = {}
    ) async throws(MessagingError) {
        try check(message)
        let envelope = Envelope(message: message, reply: nil)
        switch state.withLock({ $0.machine.offer(envelope) }) {
        case .activate: activate()
        case .refused(let error): throw error
        case .needsAdmission:
            try beforeWait()
            try await tellWaiting(envelope, canceller)
        case .queued, .run, .waits: break
        }
    }

    private func tellWaiting(_ envelope: Envelope, _ canceller: Canceller) async throws(MessagingError) {
        let admission = Admission()
        switch state.withLock({ $0.machine.offer(envelope, admission: admission) }) {
        case .activate: activate()
        case .refused(let error): throw error
        case .waits(let ticket):
            try await canceller.wait(for: admission) {
                guard self.state.withLock({ $0.machine.withdraw(ticket) }) != nil else { return }
                admission.resolve(.failure(.cancelled))
            }.get()
        case .queued, .run, .needsAdmission: break
        }
    }

    /// Puts a message into the mailbox where there is room, and makes it a dead letter where there is none.
    func deliverWithoutWait(_ message: ComponentMessage) {
        let refusal: MessagingError
        do throws(MessagingError) {
            try check(message)
            switch state.withLock({ $0.machine.offer(Envelope(message: message, reply: nil)) }) {
            case .activate: return activate()
            case .queued, .run, .waits: return
            case .needsAdmission: refusal = .mailboxFull(id)
            case .refused(let error): refusal = error
            }
        } catch {
            refusal = error
        }
        environment.bury(message, for: id, .refused(refusal))
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
        let envelope = Envelope(message: message, reply: reply, deadline: start + timeout)
        let offer = state.withLock { $0.machine.offer(envelope, runsAtOnce: beginsHere && !component.mayBlock) }
        var ticket: Mailbox.Ticket?
        switch offer {
        case .run(let envelope): takeTurnHere(envelope)
        case .activate: activate()
        case .refused(let error): throw error
        case .waits(let place): ticket = place
        case .queued, .needsAdmission: break
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
        _ reply: Reply
    ) throws(MessagingError) -> @Sendable (MessagingError) -> Void {
        try check(message)
        let offer = state.withLock { state in
            // The sender goes on meanwhile, so nothing would hold back how many of its messages wait for room.
            state.machine.mailbox.mustWait
                ? .refused(.mailboxFull(id))
                : state.machine.offer(Envelope(message: message, reply: reply))
        }
        switch offer {
        case .activate: activate()
        case .refused(let error): throw error
        case .run, .queued, .waits, .needsAdmission: break
        }
        return { error in self.giveUp(reply, nil, error) }
    }

    private func giveUp(_ reply: Reply, _ ticket: Mailbox.Ticket?, _ error: MessagingError) {
        guard reply.resolve(.failure(error)) else { return }
        state.withLock { state in
            state.machine.forget(reply)
            if let ticket { _ = state.machine.withdraw(ticket) }
        }
    }

    private func check(_ message: ComponentMessage) throws(MessagingError) {
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
        switch state.withLock({ $0.machine.offer(Envelope(call: call)) }) {
        case .activate: activate()
        case .refused(let error): throw .messaging(error)
        case .waits(let place): ticket = place
        case .run, .queued, .needsAdmission: break
        }
        let giveUp = { @Sendable [ticket] (error: MessagingError) in
            call.fail(error)
            if let ticket { self.state.withLock { _ = $0.machine.withdraw(ticket) } }
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
