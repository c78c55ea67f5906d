import Synchronization
import WasmCore
import WasmRuntime

/// Out of memory and back.
extension ActorCell {
    /// Has the actor leave memory where it has nothing to do; says whether an answer comes.
    func passivate(_ answer: OneShot<Bool>) -> Bool {
        let mustActivate = state.withLock { state in
            state.component.isDurable && state.mayLeave && state.machine.passivate(answer)
        }
        if mustActivate { activate() }
        return mustActivate
    }

    /// Since when the actor has nothing to do; nil where it has, or has to be there.
    var idleSince: LastUse? {
        state.withLock { state in
            guard state.machine.phase == .running, !state.machine.isHeld, state.mayLeave,
                state.machine.mayPassivate
            else { return nil }
            return state.lastUse
        }
    }

    /// Whether it is out of memory, and nothing brings it back at the moment.
    var isAtRest: Bool { state.withLock { $0.machine.isAtRest } }

    /// As `idleSince`, for one who may make room for others: whoever could not shortly before is not asked again.
    func idleSince(forRoomAt now: Duration) -> LastUse? {
        guard let stayed = state.withLock({ $0.stayed }), now - stayed < Self.pauseAfterStay else { return idleSince }
        return nil
    }

    /// How long one that could not leave memory is not asked to make room for others.
    private static let pauseAfterStay = Duration.seconds(1)

    /// A use of a durable actor is over.
    func noteUse(_ state: inout State) {
        state.wasUsed = false
        if state.component.isDurable { state.lastUse = environment.residency.use() }
    }

    /// Saves the state and drops the instance; says whether this task still holds the right to turns, which it does but
    /// where the instance fell: what comes meanwhile finds all of the old instance gone.
    func passivate(_ answer: OneShot<Bool>, mayLeave: Bool) async -> Bool {
        guard mayLeave, let instance = state.withLock({ $0.instance }) else {
            answer.resolve(false)
            return true
        }
        do throws(RuntimeError) {
            if let refusal = try await keepState(of: instance) {
                environment.hub.emit(.passivationFailed(id, reason: refusal))
                let now = environment.clock.now
                state.withLock { $0.stayed = now }
                answer.resolve(false)
                return true
            }
        } catch {
            defer { answer.resolve(false) }
            return await fall(error.reason, error)
        }
        let (left, children) = state.withLock { state -> ((any ActorInstance)?, GuestChildren?) in
            // The instance may have set a timer or spawned a child in its `save`.
            guard state.mayLeave, state.machine.passivated() else { return (nil, nil) }
            state.incarnations.end()
            return (state.instance.take(), state.children.take())
        }
        guard let left else {
            answer.resolve(false)
            return true
        }
        stopPollingHealth()
        environment.residency.leave(self)
        left.unload()
        // They have ended; what watched over them goes too.
        _ = children?.close(.stop)
        environment.hub.emit(.passivated(id))
        answer.resolve(true)
        return true
    }

    /// Saves the state and keeps it; says why it could not.
    private func keepState(of instance: any ActorInstance) async throws(RuntimeError) -> String? {
        let saved: SavedState
        do throws(RuntimeError) {
            switch try await instance.save() {
            case .success(let state): saved = state
            case .failure(let error): return "the guest's save failed (\(error))"
            }
        } catch {
            guard error.exitReason == nil, error.code == .tooLarge else { throw error }
            return error.message
        }
        do throws(StorageError) {
            try await environment.snapshots.save(saved, of: id, outlivesIt: options.persistence.keepsState)
        } catch {
            return "the storage failed (\(error))"
        }
        state.withLock { $0.hasSavedState = true }
        return nil
    }

    /// The storage does not give the state that is kept. An actor that is out of memory stays there, and tries again after
    /// a pause; a start cannot be. Says whether this task still holds the right to turns.
    func stateIsOutOfReach(_ reason: String, isReturn: Bool) async -> Bool {
        guard isReturn else { return await fall(.hostError(reason), nil) }
        environment.hub.emit(.storageFailed(id, reason: reason))
        environment.residency.leave(self)
        let random = environment.randomBits()
        guard let pause = state.withLock({ $0.machine.returnFailed(random: random) }) else { return true }
        for waiter in state.withLock({ $0.machine.takeIdleWaiters() }) { waiter.resolve(()) }
        startPause(pause)
        return false
    }

    /// Has an instance take up the state that is kept; says why it is not to be, where it cannot.
    func takeUp(_ found: SnapshotStore.Found, _ instance: any ActorInstance) async throws(RuntimeError) -> ExitReason? {
        switch found {
        case .state(let saved):
            guard case .failure(let error) = try await instance.restore(saved) else { return nil }
            return .failed("the saved state was refused: \(error.reason)")
        case .damaged(let byteCount):
            return .hostError("the saved state is damaged: it has \(byteCount) bytes")
        case .nothing:
            // A persistent actor that was never saved begins afresh.
            let isPersistent = state.withLock { $0.machine.isPersistent }
            return isPersistent ? nil : .hostError("the saved state is gone from storage")
        }
    }

    /// Keeps the state of an actor whose state outlives it.
    func saveBeforeEnd() async throws(RuntimeError) {
        let (instance, isPersistent) = state.withLock { ($0.instance, $0.machine.isPersistent) }
        guard isPersistent, let instance else { return }
        if let refusal = try await keepState(of: instance) {
            environment.hub.emit(.passivationFailed(id, reason: refusal))
        }
    }

    /// Removes the state of an actor whose state ends with it.
    func forgetSavedState() async {
        if !state.withLock({ $0.machine.isPersistent }) { await giveUpSavedState() }
    }

    /// Removes the state that is kept, where there is one.
    func giveUpSavedState() async {
        let hasSome = state.withLock { state in
            defer { state.hasSavedState = false }
            return state.hasSavedState
        }
        guard hasSome else { return }
        do throws(StorageError) {
            try await environment.snapshots.remove(id, outlivesIt: options.persistence.keepsState)
        } catch {
            environment.hub.emit(.storageFailed(id, reason: "its saved state was not removed (\(error))"))
        }
    }
}

extension ActorCell.State {
    /// Whether nothing of the instance's goes on while it does nothing: its timers and children end with it.
    fileprivate var mayLeave: Bool { guestTimers.isEmpty && childCount == 0 }
}
