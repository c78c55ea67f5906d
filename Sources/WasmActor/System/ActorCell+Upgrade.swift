import Synchronization
import WasmCore
import WasmRuntime

/// Another component under the same id.
extension ActorCell {
    /// Has an instance of another component take over, between two messages.
    func upgrade(to component: CompiledComponent, _ transfer: StateTransfer) -> OneShot<UpgradeReport> {
        let upgrade = PendingUpgrade(component: component, transfer: transfer)
        switch state.withLock({ $0.machine.upgrade(upgrade) }) {
        case .activate: activate()
        case .queued: break
        case .refused(let outcome):
            upgrade.report.resolve(UpgradeReport(actor: id, outcome: outcome, pause: .zero))
        }
        return upgrade.report
    }

    /// Does an upgrade; says whether this task still holds the right to turns.
    func upgrade(_ upgrade: PendingUpgrade) async -> Bool {
        let start = environment.clock.now
        let report = { (outcome: UpgradeReport.Outcome) in
            UpgradeReport(actor: self.id, outcome: outcome, pause: self.environment.clock.now - start)
        }
        let (old, component) = state.withLock { ($0.instance, $0.component) }
        guard let old else { return await fall(.hostError("no instance"), nil) }
        var saved: SavedState?
        if upgrade.transfer == .carried {
            guard component.isDurable, upgrade.component.isDurable else {
                upgrade.report.resolve(report(.notDurable))
                return true
            }
            do throws(RuntimeError) {
                switch try await old.save() {
                case .success(let state): saved = state
                case .failure(let error):
                    environment.hub.emit(.upgradeFailed(id, reason: "the state could not be saved (\(error))"))
                    upgrade.report.resolve(report(.notSaved(error)))
                    return true
                }
            } catch {
                // A state that is larger than one may be is no fault of the instance's.
                guard error.exitReason != nil || error.code != .tooLarge else {
                    environment.hub.emit(.upgradeFailed(id, reason: error.message))
                    upgrade.report.resolve(report(.notSaved(.failed(error.message))))
                    return true
                }
                // A guest that trapped in its `save` is finished, whatever comes after it.
                let reason = ExitReason.upgradeFailed("save: \(error.reason)")
                defer { upgrade.report.resolve(report(.fell(reason))) }
                return await fall(reason, error)
            }
        }
        let outcome = await replace(old, upgrade.component, saved)
        let done = report(outcome)
        switch outcome {
        case .upgraded(let generation):
            environment.hub.emit(.upgraded(id, generation: generation, pause: done.pause))
        default: environment.hub.emit(.upgradeFailed(id, reason: outcome.description))
        }
        if done.isUpgraded, upgrade.transfer == .dropped { await giveUpSavedState() }
        upgrade.report.resolve(done)
        return true
    }

    /// Makes an instance of a component, and has it take over where it can.
    private func replace(
        _ old: any ActorInstance,
        _ component: CompiledComponent,
        _ saved: SavedState?
    ) async -> UpgradeReport.Outcome {
        let (generation, plans) = state.withLock { ($0.machine.generation + 1, Plans(of: $0)) }
        let successor: any ActorInstance
        let metadata: ActorMetadata
        do throws(RuntimeError) {
            successor = try await makeInstance(of: component, generation)
            let isKilled = state.withLock { state in
                state.successor = successor
                return state.machine.isBeingKilled
            }
            if isKilled { successor.interrupt(.killed) }
            if let reason = try await prepare(successor, generation) { return rollBack(reason, to: plans) }
            if let saved, case .failure(let error) = try await successor.restore(saved) {
                return rollBack(.failed("the state was refused: \(error.reason)"), to: plans)
            }
            metadata = try await successor.metadata()
        } catch {
            return rollBack(error.reason, to: plans)
        }
        let shared = environment.share(metadata)
        let (timers, wasDurable) = state.withLock { state in
            defer {
                (state.instance, state.successor) = (successor, nil)
                (state.component, state.metadata) = (component, shared)
                state.machine.generation = generation
                state.machine.isPersistent = options.keepsState(of: component)
                state.machine.restores = state.machine.isPersistent
                state.incarnations.endFirst()
            }
            return (state.guestTimers.remove(plans.timers), state.component.isDurable)
        }
        for timer in timers { environment.clock.cancel(timer) }
        parent?.upgraded(self, to: component)
        old.unload()
        stopPollingHealth()
        pollHealth()
        if component.isDurable {
            environment.residency.enter(self)
        } else if wasDurable {
            environment.residency.leave(self)
        }
        return .upgraded(generation: generation)
    }

    /// The new instance is dropped with the timers and requests that it began; the old one goes on.
    private func rollBack(_ reason: ExitReason, to plans: Plans) -> UpgradeReport.Outcome {
        let (successor, timers, requests) = state.withLock { state in
            let timers = state.guestTimers.remove(state.guestTimers.names.subtracting(plans.timers))
            let requests = state.machine.dropRequests(after: plans.lastRequest)
            // The end of one that this actor is linked to is nothing that the successor began.
            if state.exiting == state.incarnations.latest { (state.machine.exitReason, state.exiting) = (nil, nil) }
            state.incarnations.endLast()
            return (state.successor.take(), timers, requests)
        }
        successor?.unload()
        cancel(timers, requests)
        return .rolledBack(reason)
    }
}

/// What a guest had begun when its successor came.
private struct Plans {
    let timers: Set<UInt64>
    let lastRequest: CorrelationID

    init(of state: ActorCell.State) {
        timers = state.guestTimers.names
        lastRequest = state.machine.lastRequest
    }
}
