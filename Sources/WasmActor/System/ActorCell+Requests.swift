import Synchronization
import WasmCore

/// What a guest has going on beyond its turn: requests whose responses come later, requests that it answers later.
extension ActorCell {
    /// Sends a request whose response comes as a notice.
    ///
    /// - Throws: `MessagingError`; no response comes then.
    func requestLater(
        _ message: ComponentMessage,
        to target: ActorCell,
        timeout: Duration,
        incarnation: UInt64
    ) throws(MessagingError) -> CorrelationID {
        let id = try state.withLock { state throws(MessagingError) in
            try state.require(incarnation)
            return try state.machine.nextRequest()
        }
        let reply = Reply()
        let giveUp = try target.offer(message, reply, within: timeout)
        let timer = environment.clock.schedule(after: timeout) { giveUp(.timeout) }
        let isWanted = state.withLock { state in
            guard state.runs(incarnation) else { return false }
            state.machine.pendingRequests[id] = PendingRequest(giveUp: giveUp, timer: timer)
            return true
        }
        guard isWanted else {
            environment.clock.cancel(timer)
            giveUp(.cancelled)
            throw .cancelled
        }
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
    func cancelRequest(_ id: CorrelationID, incarnation: UInt64) throws(MessagingError) {
        let request = state.withLock { $0.runs(incarnation) ? $0.machine.pendingRequests[id] : nil }
        guard let request else {
            throw .invalidArgument("no request \(id) of this actor waits for its response")
        }
        request.giveUp(.cancelled)
    }

    /// Answers a request that was left open.
    func reply(
        to id: CorrelationID,
        with response: Result<[UInt8], ActorError>,
        incarnation: UInt64
    ) throws(MessagingError) {
        let open = state.withLock { state -> Envelope? in
            guard state.runs(incarnation), let open = state.machine.takeOpenRequest(id) else { return nil }
            if case .failure = response { state.machine.refused(open) }
            return open
        }
        guard let envelope = open else {
            throw .invalidArgument("this actor has no open request \(id)")
        }
        if let wait = envelope.wait(until: environment.clock.now) {
            environment.times.note(nil, answerAfter: wait, of: self)
        }
        conclude(envelope, response.map { $0 })
    }

    /// How long the sender of the message whose turn this is still waits; what it is asked in turn must not take longer.
    var remainingTime: Duration {
        guard let deadline = state.withLock({ $0.machine.current?.deadline }) else { return .seconds(Int64.max) }
        return max(deadline - environment.clock.now, .zero)
    }

    /// Ends the actor after its current turn.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - incarnation: The instance whose guest wants it; nil where others do.
    func exit(_ reason: ExitReason, incarnation: UInt64? = nil) {
        let mustActivate = state.withLock { state in
            guard state.runs(incarnation) else { return false }
            // What the successor in an upgrade asks for goes with it, where it cannot take over; what others ask for stays.
            if state.successor != nil, state.exiting == state.incarnations.latest, incarnation != state.exiting {
                state.machine.exitReason = nil
            }
            if state.machine.exitReason == nil { state.exiting = incarnation }
            return state.machine.exit(reason)
        }
        if mustActivate { activate() }
    }

    /// Tells the guest something between its messages.
    ///
    /// - Parameters:
    ///   - notice: What it is told.
    ///   - incarnation: The instance whose guest wants to be told; nil where it is the actor's, in any instance.
    func notify(_ notice: Notice, incarnation: UInt64? = nil) {
        if state.withLock({ $0.runs(incarnation) && $0.machine.notify(notice) }) { activate() }
    }

    /// Nobody is left for whom the ended instance waited, and no timer of its runs.
    func dropPlans() {
        let (requests, timers) = state.withLock { ($0.machine.dropRequests(), $0.guestTimers.removeAll()) }
        cancel(timers, requests)
    }

    /// Cancels timers, and gives requests up.
    func cancel(_ timers: [TimerID], _ requests: [PendingRequest]) {
        for timer in timers { environment.clock.cancel(timer) }
        for request in requests {
            environment.clock.cancel(request.timer)
            request.giveUp(.cancelled)
        }
    }
}
