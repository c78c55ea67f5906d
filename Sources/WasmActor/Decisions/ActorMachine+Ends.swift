import WasmCore

extension ActorMachine {
    /// What an end leads to.
    enum AfterCrash: Equatable {
        /// A restart after a pause; the right to turns is given back.
        case pause(Duration, generation: UInt64)
        /// The end of the actor; the caller keeps the right to turns.
        case finish(ExitReason, exceeded: Bool)
    }

    /// The instance has ended and was dropped.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - now: The clock's time.
    ///   - random: Bits for the jitter of the pause.
    /// - Returns: What it leads to.
    mutating func crashed(_ reason: ExitReason, now: Duration, random: UInt64) -> AfterCrash {
        if reason.isAbnormal, reason != .killed { counters.crashes += 1 }
        if let request { return .finish(request == .kill ? .killed : reason, exceeded: false) }
        guard hasStarted, reason != .killed else { return .finish(reason, exceeded: false) }
        switch window.ended(reason, now: now) {
        case .end: return .finish(reason, exceeded: false)
        case .exceeded: return .finish(reason, exceeded: true)
        case .restart(let attempt):
            phase = .pausing
            generation += 1
            counters.restarts += 1
            isHeld = false
            return .pause(backOff.pause(attempt: attempt, random: random), generation: generation)
        }
    }

    /// The requests that the ended instance left unanswered.
    mutating func takeOpenRequests() -> [Envelope] {
        defer { (openRequests, openReplies) = ([:], [:]) }
        return openRequests.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The pause before a restart is over; says whether the caller holds the right to turns now.
    mutating func pauseEnded() -> Bool {
        guard phase == .pausing, !isHeld else { return false }
        phase = .starting
        isHeld = true
        return true
    }

    /// What the host's wish for an end leads to.
    enum AfterRequest: Equatable {
        /// The caller holds the right to turns now and passes it to an activation.
        case activate
        /// The caller interrupts the turn that runs.
        case interrupt
        /// Whoever holds the right to turns sees to it.
        case wait
        /// The actor is gone.
        case ended(ExitReason)
    }

    /// The host wants the actor to end; a kill overrides a stop.
    mutating func end(_ wish: Request) -> AfterRequest {
        if case .ended(let reason) = phase { return .ended(reason) }
        if request != .kill { request = wish }
        guard isHeld else {
            isHeld = true
            return .activate
        }
        return wish == .kill ? .interrupt : .wait
    }

    /// Everything that the end of an actor leaves behind.
    struct Remains {
        var messages: [Envelope] = []
        var waiters: [Mailbox.Waiter] = []
        var health: [HealthReply] = []
        var open: [Envelope] = []
        var idle: [OneShot<Void>] = []
    }

    /// The actor is gone.
    mutating func finished(_ reason: ExitReason) -> Remains {
        phase = .ended(reason)
        isHeld = false
        let (messages, waiters) = mailbox.removeAll()
        _ = downs.removeAll()
        defer { idleWaiters = [] }
        return Remains(
            messages: messages,
            waiters: waiters,
            health: healthQueue.removeAll(),
            open: takeOpenRequests(),
            idle: idleWaiters
        )
    }

    /// Nothing of the actor is left, its name included: gives those who wait for that.
    mutating func settled() -> [OneShot<ExitReason>] {
        isSettled = true
        defer { endWaiters = [] }
        return endWaiters
    }

    /// Somebody waits for the actor to have nothing to do; false where it has nothing to do now.
    mutating func waitForIdle(_ waiter: OneShot<Void>) -> Bool {
        switch phase {
        case .ended: return false
        case .pausing where mailbox.isEmpty: return false
        case .running where !isHeld: return false
        default:
            idleWaiters.append(waiter)
            return true
        }
    }

    /// Somebody waits for the actor's end; the reason where nothing is left of it.
    mutating func waitForEnd(_ waiter: OneShot<ExitReason>) -> ExitReason? {
        if isSettled, case .ended(let reason) = phase { return reason }
        endWaiters.append(waiter)
        return nil
    }
}
