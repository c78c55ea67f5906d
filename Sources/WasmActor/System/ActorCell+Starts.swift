import Synchronization
import WasmCore
import WasmRuntime

/// How an instance comes. As with the turns, by the one task that holds the right to them.
extension ActorCell {
    func start(_ generation: UInt64) async -> Bool {
        let (component, restores, isReturn) = state.withLock { state in
            (state.component, state.machine.restores, state.machine.isReturning)
        }
        if component.isDurable {
            guard environment.residency.takePlace(self) else { return false }
            // An end that came meanwhile needs no instance.
            guard !isAskedToEnd else { return true }
        }
        state.withLock { state in
            state.cause = nil
            state.children = GuestChildren()
        }
        var saved = SnapshotStore.Found.nothing
        if restores {
            do throws(StorageError) {
                saved = try await environment.snapshots.load(id, outlivesIt: options.persistence.keepsState)
            } catch {
                return await stateIsOutOfReach("its saved state could not be read (\(error))", isReturn: isReturn)
            }
        }
        do throws(RuntimeError) {
            let instance = try await makeInstance(of: component, generation)
            // A kill that came before the instance was there had nothing to interrupt.
            let isKilled = state.withLock { state in
                state.instance = instance
                return state.machine.isBeingKilled
            }
            if isKilled { return await fall(.killed, nil) }
            if let reason = try await prepare(instance, generation) { return await fall(reason, nil) }
            if let reason = await takeUpKeptMessages() { return await fall(reason, nil) }
            if restores, let reason = try await takeUp(saved, instance) { return await fall(reason, nil) }
            let metadata = try await instance.metadata()
            let shared = environment.share(metadata)
            state.withLock { state in
                state.metadata = shared
                state.machine.started()
            }
            if component.isDurable { environment.residency.enter(self) }
            pollHealth()
            announceStart(generation, metadata, isReturn: isReturn)
            return true
        } catch {
            return await fall(error.reason, error)
        }
    }

    /// Makes an instance; it is not initialised yet.
    func makeInstance(
        of component: any InstanceSource,
        _ generation: UInt64
    ) async throws(RuntimeError) -> any ActorInstance {
        let (incarnation, children) = state.withLock { ($0.incarnations.begin(), $0.children) }
        // An instance that takes over takes the children over.
        let router = ActorRouter(cell: self, incarnation: incarnation, children: children ?? GuestChildren())
        return try await component.makeInstance(
            engine: environment.engine,
            id: id,
            settings: environment.settings(for: options, router: router),
            generation: generation
        )
    }

    /// Initialises an instance; says why it is not to be, where it refuses.
    func prepare(_ instance: any ActorInstance, _ generation: UInt64) async throws(RuntimeError) -> ExitReason? {
        let configuration = ActorConfiguration(
            id: id,
            environment: options.environment,
            arguments: options.arguments,
            limits: options.limits,
            generation: generation
        )
        guard case .failure(let error) = try await instance.initialize(configuration) else { return nil }
        return .failed(error.reason)
    }

    /// Events come before answers: who is told finds them there.
    private func announceStart(_ generation: UInt64, _ metadata: ActorMetadata, isReturn: Bool) {
        guard !isReturn else { return environment.hub.emit(.activated(id)) }
        environment.hub.emit(generation == 1 ? .spawned(id, metadata) : .restarted(id, generation: generation))
        started.resolve(StartOutcome())
        parent?.started(self, generation: generation)
    }
}
