import Synchronization
import WasmCore

/// What a guest has going on beyond its turn: requests whose responses come later, requests that it answers later, timers.
extension ActorCell {
    /// Sends a request whose response comes as a notice.
    ///
    /// - Throws: `MessagingError`; no response comes then.
    func requestLater(
        _ message: ComponentMessage,
        to target: ActorCell,
        timeout: Duration
    ) throws(MessagingError) -> CorrelationID {
        let id = try state.withLock { state throws(MessagingError) in try state.machine.nextRequest() }
        let reply = Reply()
        let giveUp = try target.offer(message, reply)
        let timer = environment.clock.schedule(after: timeout) { giveUp(.timeout) }
        state.withLock { $0.machine.pendingRequests[id] = PendingRequest(giveUp: giveUp, timer: timer) }
        // Last, for the outcome may be there already.
        reply.whenResolved { self.respond(to: id, $0) }
        return id
    }

    private func respond(to id: CorrelationID, _ result: Result<[UInt8], MessagingError>) {
        guard let (timer, mustActivate) = state.withLock({ $0.machine.responded(id, result) }) else { return }
        environment.clock.cancel(timer)
        if mustActivate { activate() }
    }

    /// Gives a request up; its response comes with `cancelled`.
    func cancelRequest(_ id: CorrelationID) throws(MessagingError) {
        guard let request = state.withLock({ $0.machine.pendingRequests[id] }) else {
            throw .invalidArgument("no request \(id) of this actor waits for its response")
        }
        request.giveUp(.cancelled)
    }

    /// Answers a request that was left open.
    func reply(to id: CorrelationID, with response: Result<[UInt8], ActorError>) throws(MessagingError) {
        guard let envelope = state.withLock({ $0.machine.takeOpenRequest(id) }) else {
            throw .invalidArgument("this actor has no open request \(id)")
        }
        conclude(envelope, response.map { $0 })
    }

    /// How long the sender of the message whose turn this is still waits; what it is asked in turn must not take longer.
    var remainingTime: Duration {
        guard let deadline = state.withLock({ $0.machine.current?.deadline }) else { return .seconds(Int64.max) }
        return max(deadline - environment.clock.now, .zero)
    }

    /// Ends the actor after its current turn.
    func exit(_ reason: ExitReason) {
        if state.withLock({ $0.machine.exit(reason) }) { activate() }
    }

    /// Tells the guest something between its messages.
    func notify(_ notice: Notice) {
        if state.withLock({ $0.machine.notify(notice) }) { activate() }
    }

    /// Nobody is left for whom the ended instance waited, and no timer of its runs.
    func dropPlans() {
        let (requests, timers) = state.withLock { ($0.machine.dropRequests(), $0.timers.removeAll()) }
        for timer in timers { environment.clock.cancel(timer) }
        for request in requests {
            environment.clock.cancel(request.timer)
            request.giveUp(.cancelled)
        }
    }
}

// MARK: - Timers

extension ActorCell {
    /// Sends later, once or again and again.
    func send(
        _ message: ComponentMessage,
        to target: ActorID,
        after delay: Duration,
        repeats: Bool
    ) throws(MessagingError) -> UInt64 {
        let timer = try state.withLock { state throws(MessagingError) in
            // A call that was given up at the actor's end may run on for a moment.
            if case .ended(let reason) = state.machine.phase { throw .died(reason) }
            return try state.timers.add(byteCount: message.payload.count, repeats: repeats)
        }
        let start = environment.clock.now
        setTimer(timer, message, to: target, due: start + delay, every: repeats ? delay : nil)
        return timer
    }

    private func setTimer(
        _ timer: UInt64,
        _ message: ComponentMessage,
        to target: ActorID,
        due: Duration,
        every interval: Duration?
    ) {
        let id = environment.clock.schedule(after: due - environment.clock.now) {
            guard self.state.withLock({ $0.timers.fired(timer) }) else { return }
            var sent = message
            sent.sentAt = self.environment.clock.wallTime
            self.deliver(sent, to: target)
            // From when it was due: delays do not add up. What was missed is not made up for.
            if let interval {
                let next = max(due + interval, self.environment.clock.now)
                self.setTimer(timer, message, to: target, due: next, every: interval)
            }
        }
        if !state.withLock({ $0.timers.set(timer, to: id) }) { environment.clock.cancel(id) }
    }

    private func deliver(_ message: ComponentMessage, to target: ActorID) {
        guard let cell = environment.registry[target] else {
            return environment.bury(message, for: target, .refused(.notFound(target)))
        }
        cell.deliverWithoutWait(message)
    }

    func cancelTimer(_ timer: UInt64) {
        if let id = state.withLock({ $0.timers.remove(timer) }) { environment.clock.cancel(id) }
    }
}
