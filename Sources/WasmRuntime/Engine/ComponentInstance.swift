internal import Synchronization
internal import WasmBindings
internal import WasmComponentModel
internal import WasmCore

/// One instance of a component with its store. What a `ComponentHandle` refers to.
final class ComponentInstance: Sendable {
    /// The store and what was looked up in it; they live and die together.
    final class Resident: Sendable {
        let store: Store
        let lifecycle: LifecycleExports
        /// What a durable actor exports besides; nil where it is none.
        let snapshot: SnapshotExports?
        private let instance: Instance
        private let lifetime: EngineLifetime
        private let worlds = Mutex<[ObjectIdentifier: any ComponentWorld]>([:])

        /// Takes over a store that `lifetime` has counted.
        init(
            store: consuming Store,
            instance: Instance,
            lifecycle: LifecycleExports,
            snapshot: SnapshotExports?,
            lifetime: EngineLifetime
        ) {
            self.store = store
            self.instance = instance
            self.lifecycle = lifecycle
            self.snapshot = snapshot
            self.lifetime = lifetime
        }

        /// The exports of a world, looked up once.
        func exports<World: ComponentWorld>(_ type: World.Type) throws(WasmError) -> World {
            if let known = worlds.withLock({ $0[ObjectIdentifier(type)] }) as? World { return known }
            let world = try World(store: store, instance: instance)
            worlds.withLock { $0[ObjectIdentifier(type)] = world }
            return world
        }

        deinit { lifetime.storeEnds() }
    }

    private enum State {
        case live(Resident)
        case finished(ExitReason)
        case unloaded
    }

    let id: ActorID
    let engine: ObjectIdentifier
    let host: HostState
    let counters: EngineCounters
    private let state: Mutex<State>
    private let isInTurn = Atomic<Bool>(false)

    init(id: ActorID, engine: ObjectIdentifier, host: HostState, resident: Resident, counters: EngineCounters) {
        self.id = id
        self.engine = engine
        self.host = host
        self.counters = counters
        self.state = Mutex(.live(resident))
        counters.instanceBegins()
    }

    deinit { unload() }

    /// The store for one turn. It stays until the turn ends, whatever happens to the instance meanwhile.
    func resident(for export: String?) throws(RuntimeError) -> Resident {
        let state = state.withLock { $0 }
        switch state {
        case .live(let resident):
            return resident
        case .finished(let reason):
            throw RuntimeError(
                .instanceFinished,
                "the instance ended earlier (\(reason)); load the component again",
                exitReason: reason,
                actor: id,
                export: export
            )
        case .unloaded:
            throw RuntimeError(
                .staleHandle,
                "the handle's instance was unloaded; load the component again",
                actor: id,
                export: export
            )
        }
    }

    /// Takes the instance for a turn, whose limits nobody else may set anew.
    func beginTurn(_ export: String?) throws(RuntimeError) {
        guard isInTurn.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            throw RuntimeError(
                .busy,
                "a turn runs in this instance already; wait for its end",
                actor: id,
                export: export
            )
        }
    }

    /// Gives the instance back after a turn.
    func endTurn() { isInTurn.store(false, ordering: .releasing) }

    /// Notes that no turn can run here any more.
    func finish(_ reason: ExitReason) {
        let wasLive = state.withLock { state in
            guard case .live = state else { return false }
            state = .finished(reason)
            return true
        }
        if wasLive { counters.instanceEnds() }
    }

    /// Gives the store back: at once where no turn runs, else when the turn has ended.
    func unload() {
        let old = state.withLock { state in
            defer { state = .unloaded }
            return state
        }
        if case .live = old { counters.instanceEnds() }
    }
}
