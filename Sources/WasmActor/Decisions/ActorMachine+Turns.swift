import WasmCore

/// What the holder of the right to turns does, one step after the other.
extension ActorMachine {
    /// What the holder of the right to turns does next.
    enum Step {
        /// Makes the instance of this generation.
        case start(UInt64)
        /// Has the guest handle a message; tells who got into the mailbox by that.
        case handle(Envelope, admitted: [Admission])
        /// Tells the guest what it waits for.
        case notice(Notice)
        /// Asks the guest for its health.
        case health(HealthReply)
        /// Saves the state and drops the instance, and says whether it did; or not, where there is work.
        case passivate(OneShot<Bool>, mayLeave: Bool)
        /// Has an instance of another component take over.
        case upgrade(PendingUpgrade)
        /// The actor ends of itself, or with one that it is linked to.
        case exit(ExitReason)
        /// Calls the guest's `shutdown`, then finishes.
        case shutDown(ExitReason)
        /// Ends the instance, after the guest's `shutdown` where it is orderly, and halts.
        case halt(orderly: Bool)
        /// Drops the instance and ends the actor.
        case finish(ExitReason)
        /// Nothing: the right is given back.
        case park(idle: [OneShot<Void>])
    }

    /// What is to be done next. To be called by the holder of the right to turns.
    mutating func next() -> Step {
        switch phase {
        case .starting, .pausing:
            if let request { return .finish(request.reason) }
            if haltRequest != nil { return .halt(orderly: false) }
            return .start(generation)
        case .passive:
            if let request { return .finish(request.reason) }
            if let haltRequest { return .halt(orderly: haltRequest == .stop) }
            if let exitReason { return .exit(exitReason) }
            return hasWork ? .start(generation) : park()
        case .halted:
            if let conclusion { return .finish(conclusion) }
            if let request { return .finish(request.reason) }
            return park()
        case .running:
            switch request {
            case .kill: return .finish(.killed)
            case .stop: return .shutDown(.shutdown)
            case nil: break
            }
            if let answer = passivation {
                passivation = nil
                return .passivate(answer, mayLeave: mayPassivate)
            }
            if let haltRequest { return .halt(orderly: haltRequest == .stop) }
            if let exitReason { return .exit(exitReason) }
            if let notice = nextNotice() { return .notice(notice) }
            while let reply = healthQueue.popFirst() {
                // Who gave up needs no answer.
                if !reply.isResolved { return .health(reply) }
            }
            if let upgrade = takeUpgrade() { return .upgrade(upgrade) }
            if let taken = mailbox.take() {
                counters.accepted += UInt64(taken.letIn.count)
                var envelope = taken.envelope
                if envelope.crash != nil { envelope.countAttempt() }
                current = envelope
                return .handle(envelope, admitted: taken.letIn.compactMap(\.admission))
            }
            return park()
        case .ended:
            return park()
        }
    }

    /// Gives the right to turns back where nothing is left to do; says whether something is. Nobody waits for the
    /// actor to fall idle then: `next` tells those.
    mutating func isDone() -> Bool {
        guard phase == .running, request == nil, haltRequest == nil, exitReason == nil, passivation == nil, !hasWork,
            idleWaiters.isEmpty
        else { return false }
        isHeld = false
        return true
    }

    private mutating func park() -> Step {
        isHeld = false
        defer { idleWaiters = [] }
        return .park(idle: idleWaiters)
    }

    /// The instance runs.
    mutating func started() {
        phase = .running
        hasStarted = true
        failedReturns = 0
        restores = isPersistent
    }

    /// A turn ended well.
    mutating func handled(_ envelope: Envelope, _ result: Result<[UInt8]?, ActorError>) {
        counters.handled += 1
        current = nil
        switch result {
        case .success(nil):
            // Who gave up before the turn was over has been forgotten already.
            guard let id = envelope.message?.correlationID, let reply = envelope.reply, !reply.isResolved else { break }
            openRequests[id] = envelope.withoutPayload
            openReplies[ObjectIdentifier(reply)] = id
        case .success: break
        case .failure: hasRefusedCurrent = true
        }
        countRefusal()
    }

    /// A guest answered a request with an error: one that was left open, or the one whose turn this is, which counts once
    /// whatever its turn ends with.
    mutating func refused(_ envelope: Envelope) {
        guard let current, current.message?.correlationID == envelope.message?.correlationID else {
            counters.guestErrors += 1
            return
        }
        hasRefusedCurrent = true
    }

    /// The turn of a message is over.
    mutating func countRefusal() {
        if hasRefusedCurrent { counters.guestErrors += 1 }
        hasRefusedCurrent = false
    }

    /// The message's turn came too late.
    mutating func expired() {
        counters.expired += 1
        current = nil
    }

    /// A message's turn ended with the instance; says whether it waits for the next one now, and is lost otherwise. A call
    /// is not tried again: its code is the host's.
    mutating func retries(_ envelope: Envelope, after reason: ExitReason) -> Bool {
        guard retry == .once, envelope.message != nil, envelope.crash == nil, phase == .pausing || phase == .halted
        else { return false }
        var envelope = envelope
        envelope.failed(with: reason)
        mailbox.putBack(envelope)
        return true
    }

    /// A message of an earlier process comes before all others, whether there is room or not: it was taken already.
    mutating func takeUp(_ envelope: Envelope) {
        mailbox.putBack(envelope)
        counters.accepted += 1
    }

    /// The turn of a call ended well.
    mutating func handledCall() {
        counters.handled += 1
        current = nil
    }

    /// Nobody waits for this answer any more.
    mutating func forget(_ reply: Reply) {
        guard let id = openReplies.removeValue(forKey: ObjectIdentifier(reply)) else { return }
        openRequests[id] = nil
    }

    /// Somebody asks for the actor's health; says what the caller does.
    mutating func ask(forHealth reply: HealthReply) -> Offer {
        if case .ended(let reason) = phase { return .refused(.died(reason)) }
        if let request { return .refused(.died(request.reason)) }
        healthQueue.append(reply)
        return takeRight() ? .activate : .queued
    }
}
