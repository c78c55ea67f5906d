import WasmCore

extension ActorMachine {
    /// What an end leads to.
    enum AfterCrash: Equatable {
        /// A restart after a pause, which `beginPause` begins; the caller keeps the right to turns until then.
        case pause(Duration, generation: UInt64)
        /// The parent decides, and is told; the right to turns is given back.
        case halt(asked: Bool)
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
        // An end of its own in the time out of memory, or that of its group, and no return that went wrong: the next
        // instance begins afresh.
        if exitReason != nil || haltRequest != nil { restores = isPersistent }
        exitReason = nil
        failedReturns = 0
        countRefusal()
        if reason.isAbnormal, reason != .killed { counters.crashes += 1 }
        if let request { return .finish(request == .kill ? .killed : reason, exceeded: false) }
        if hasParent { return halt() }
        guard hasStarted, reason != .killed else { return .finish(reason, exceeded: false) }
        guard restart.kind.directive(for: reason, rules: restart.rules) == .restart else {
            return .finish(reason, exceeded: false)
        }
        var window = window ?? RestartWindow(intensity: restart.intensity, period: restart.period)
        guard let attempt = window.restart(now: now) else { return .finish(reason, exceeded: true) }
        self.window = window
        phase = .pausing
        generation += 1
        counters.restarts += 1
        return .pause(restart.backOff.pause(attempt: attempt, random: random), generation: generation)
    }

    /// The pause before a restart begins, and the right to turns is given back; false where it is not, for an end was asked
    /// for meanwhile.
    mutating func beginPause() -> Bool {
        guard request == nil, haltRequest == nil else { return false }
        isHeld = false
        return true
    }

    /// Who waits for the actor to have nothing to do, where a fall has left it nothing.
    mutating func takeIdleWaiters() -> [OneShot<Void>] {
        guard phase == .pausing || phase == .halted, mailbox.isEmpty else { return [] }
        defer { idleWaiters = [] }
        return idleWaiters
    }

    /// Whether whoever runs a turn is to be interrupted.
    var isBeingKilled: Bool { request == .kill || request == nil && haltRequest == .kill }

    private mutating func halt() -> AfterCrash {
        phase = .halted
        isHeld = false
        defer { haltRequest = nil }
        return .halt(asked: haltRequest != nil)
    }

    /// What the parent's wish for a halt leads to.
    enum AfterHalt: Equatable {
        /// The caller holds the right to turns now and passes it to an activation.
        case activate
        /// The caller interrupts the turn that runs.
        case interrupt
        /// Whoever holds the right to turns sees to it.
        case wait
        /// There is no instance; the caller tells the parent.
        case halted
        /// The actor fell, or is gone, or is about to be: that is told instead.
        case ending
    }

    /// The parent wants the instance to end and the actor to stay; a kill overrides a stop.
    mutating func askToHalt(_ wish: Request) -> AfterHalt {
        if case .ended = phase { return .ending }
        if request != nil { return .ending }
        // Its fall was told, or is about to be: that stands for the halt.
        if phase == .halted { return .ending }
        if !isHeld, phase == .pausing {
            phase = .halted
            if isReturning {
                failedReturns = 0
                restores = isPersistent
            }
            return .halted
        }
        if haltRequest != .kill { haltRequest = wish }
        guard isHeld else {
            isHeld = true
            return .activate
        }
        return wish == .kill ? .interrupt : .wait
    }

    /// The parent has the actor go on: gives the generation of the instance that comes after the pause, or nil where the
    /// actor is not halted.
    mutating func resume() -> UInt64? {
        guard phase == .halted, !isHeld, request == nil else { return nil }
        phase = .pausing
        generation += 1
        counters.restarts += 1
        return generation
    }

    /// The parent gives the actor up; says whether the caller holds the right to turns now and passes it to an activation.
    mutating func conclude(_ reason: ExitReason) -> Bool {
        guard phase == .halted, !isHeld else { return false }
        isHeld = true
        conclusion = reason
        return true
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
        var upgrade: PendingUpgrade?
        var passivation: OneShot<Bool>?
    }

    /// The actor is gone.
    mutating func finished(_ reason: ExitReason) -> Remains {
        phase = .ended(reason)
        isHeld = false
        let (messages, waiters) = mailbox.removeAll()
        counters.kept += UInt64(messages.count { $0.kept != nil })
        _ = downs.removeAll()
        defer { idleWaiters = [] }
        return Remains(
            messages: messages,
            waiters: waiters,
            health: healthQueue.removeAll(),
            open: takeOpenRequests(),
            idle: idleWaiters,
            upgrade: takeUpgrade(),
            passivation: passivation.take()
        )
    }

    /// Nothing of the actor is left, its name included: gives those who wait for that.
    mutating func settled() -> [OneShot<ExitReason?>] {
        isSettled = true
        defer { endWaiters = [] }
        return endWaiters
    }

    /// Somebody waits for the actor to have nothing to do; false where it has nothing to do now.
    mutating func waitForIdle(_ waiter: OneShot<Void>) -> Bool {
        switch phase {
        case .ended: return false
        case .pausing where mailbox.isEmpty, .halted where mailbox.isEmpty: return false
        case .running where !isHeld, .passive where !isHeld: return false
        default:
            idleWaiters.append(waiter)
            return true
        }
    }

    /// Somebody waits for the actor's end; the reason where nothing is left of it.
    mutating func waitForEnd(_ waiter: OneShot<ExitReason?>) -> ExitReason? {
        if isSettled, case .ended(let reason) = phase { return reason }
        endWaiters.append(waiter)
        return nil
    }

    /// Somebody does not wait for the actor's end any more.
    mutating func forgetWaiter(_ waiter: OneShot<ExitReason?>) { endWaiters.removeAll { $0 === waiter } }
}
