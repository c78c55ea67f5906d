import Synchronization
import WasmCore

/// Asking the guest how it feels, again and again.
extension ActorCell {
    /// The instance that runs now is asked from now on, where the policy says so.
    func pollHealth() {
        let incarnation = state.withLock { state in
            state.health.started()
            return state.incarnations.current
        }
        if let incarnation { setHealthTimer(incarnation) }
    }

    /// The instance ends: nobody asks any more.
    func stopPollingHealth() {
        if let timer = state.withLock({ $0.healthTimer.take() }) { environment.clock.cancel(timer) }
    }

    private func setHealthTimer(_ incarnation: UInt64) {
        guard let interval = state.withLock({ $0.health.interval }) else { return }
        let timer = environment.clock.upkeep(after: interval) { self.askForHealth(incarnation) }
        let isWanted = state.withLock { state in
            guard state.runs(incarnation) else { return false }
            state.healthTimer = timer
            return true
        }
        if !isWanted { environment.clock.cancel(timer) }
    }

    private func askForHealth(_ incarnation: UInt64) {
        let reply = ActorMachine.HealthReply()
        let offer = state.withLock { state in
            guard state.runs(incarnation) else { return ActorMachine.Offer.refused(.cancelled) }
            state.healthTimer = nil
            return state.machine.ask(forHealth: reply)
        }
        if case .refused = offer { return }
        reply.whenResolved { result in
            // Where there is no answer, the instance has not outlived the question.
            if case .success(let health) = result { self.answered(health, incarnation) }
        }
        if case .activate = offer { activate() }
    }

    /// Runs in the turn that has brought the answer.
    private func answered(_ health: ActorHealth, _ incarnation: UInt64) {
        let action = state.withLock { state in
            state.runs(incarnation) ? state.health.answered(health) : nil
        }
        // The answer is another instance's, which is asked in its own time.
        guard let action else { return }
        if let change = action.change { environment.hub.emit(.healthChanged(id, change)) }
        if let reason = action.fall {
            exit(reason, incarnation: incarnation)
        } else {
            setHealthTimer(incarnation)
        }
    }
}
