import Synchronization
import WasmCore
import WasmRuntime

/// How an instance ends, and the actor. As with the turns, by the one task that holds the right to them.
extension ActorCell {
    /// The instance is finished: drops it, and restarts or ends the actor; says whether this task still holds the right to
    /// turns, which it does where an end was asked for meanwhile.
    func fall(
        _ reason: ExitReason,
        _ error: RuntimeError?,
        spoiling envelope: Envelope? = nil
    ) async -> Bool {
        await dropInstance(reason)
        dropPlans()
        state.withLock { $0.cause = error }
        let hub = environment.hub
        let (hasStarted, generation, open) = state.withLock { state in
            (state.machine.hasStarted, state.machine.generation, state.machine.takeOpenRequests())
        }
        if hasStarted, reason.isAbnormal, reason != .killed {
            hub.emit(.crashed(id, generation: generation, reason: reason, backtrace: error?.frames ?? []))
        }
        let (now, random) = (environment.clock.now, environment.randomBits())
        let (after, lost) = state.withLock { state in
            let after = state.machine.crashed(reason, now: now, random: random)
            let isRetried = envelope.map { state.machine.retries($0, after: reason) } ?? false
            let lost = isRetried ? nil : envelope
            if lost?.kept != nil { state.kept.began() }
            return (after, lost)
        }
        if let lost {
            environment.bury(lost, for: id, .crashed(reason))
            forgetLater(lost)
        }
        var isHeld = false
        switch after {
        case .pause(let pause, let generation):
            // The end that may come from now on is told later than this.
            hub.emit(.restarting(id, generation: generation, after: pause))
            isHeld = state.withLock { !$0.machine.beginPause() }
            if !isHeld { startPause(pause) }
        case .finish(let reason, let exceeded):
            if exceeded { hub.emit(.restartsExhausted(id, reason: reason)) }
            await finish(reason, error)
        case .halt: break
        }
        for waiter in state.withLock({ $0.machine.takeIdleWaiters() }) { waiter.resolve(()) }
        lost?.fail(.died(reason))
        for request in open { request.fail(.died(reason)) }
        if case .halt(let asked) = after {
            if asked { parent?.halted(self, reason) } else { parent?.fell(self, reason) }
        }
        return isHeld
    }

    func startPause(_ pause: Duration) {
        guard pause > .zero else {
            if state.withLock({ $0.machine.pauseEnded() }) { activate() }
            return
        }
        let timer = environment.clock.schedule(after: pause) {
            if self.state.withLock({ $0.machine.pauseEnded() }) { self.activate() }
        }
        let isOver = state.withLock { state in
            state.pause = timer
            return state.machine.phase != .pausing || state.machine.isHeld
        }
        if isOver { environment.clock.cancel(timer) }
    }

    /// How an instance ended, and the failure that was behind it.
    struct End {
        let reason: ExitReason
        let cause: RuntimeError?

        init(_ reason: ExitReason, _ cause: RuntimeError? = nil) {
            self.reason = reason
            self.cause = cause
        }
    }

    func shutDownGuest(_ reason: ExitReason) async -> End {
        do throws(RuntimeError) {
            try await saveBeforeEnd()
            try await state.withLock({ $0.instance })?.shutDown(reason)
            return End(reason)
        } catch {
            return End(error.reason, error)
        }
    }

    /// Drops the instance, and waits until the children that its guest has spawned are gone.
    func dropInstance(_ reason: ExitReason) async {
        stopPollingHealth()
        let (instance, isDurable) = state.withLock { state in
            state.incarnations.end()
            return (state.instance.take(), state.component.isDurable)
        }
        if isDurable { environment.residency.leave(self) }
        instance?.unload()
        await endChildren(reason)
    }

    /// The actor is gone: nothing of it is left, and everybody who waits for it is told.
    func finish(_ reason: ExitReason, _ error: RuntimeError? = nil) async {
        dropPlans()
        await forgetSavedState()
        let (remains, counters, hasStarted, timers) = state.withLock { state in
            state.pause = nil
            let remains = state.machine.finished(reason)
            return (remains, state.machine.counters, state.machine.hasStarted, state.hostTimers.removeAll())
        }
        for timer in timers { environment.clock.cancel(timer) }
        if options.persistence.keepsMessages { await settleKeeping(remains.waiters) }
        for envelope in remains.messages where envelope.kept == nil {
            environment.bury(envelope, for: id, envelope.crash.map { .crashed($0) } ?? .ended(reason))
        }
        environment.registry.remove(self, reason, counters: counters)
        environment.topics.remove(self)
        dissolveBonds(reason)
        environment.hub.emit(hasStarted ? .ended(id, reason: reason) : .startFailed(id, reason))
        for envelope in remains.messages + remains.open + remains.waiters.map(\.envelope) {
            envelope.fail(.died(reason))
        }
        for waiter in remains.waiters { waiter.admission?.resolve(.failure(.died(reason))) }
        for reply in remains.health { reply.resolve(.failure(.died(reason))) }
        started.resolve(StartOutcome(error: .startFailed(id, reason, error)))
        for waiter in remains.idle { waiter.resolve(()) }
        remains.passivation?.resolve(false)
        remains.upgrade?.report.resolve(UpgradeReport(actor: id, outcome: .ended(reason), pause: .zero))
        parent?.ended(self, reason)
        for waiter in state.withLock({ $0.machine.settled() }) { waiter.resolve(reason) }
    }
}

extension RuntimeError {
    /// Why the instance is finished; a failure of the host where the guest is not to blame.
    var reason: ExitReason { exitReason ?? .hostError(message) }
}

extension ActorError {
    /// The text alone where the case says no more than an exit reason does.
    var reason: String {
        if case .failed(let text) = self { text } else { description }
    }
}
