internal import WasmBindings
internal import WasmComponentModel
public import WasmCore

/// Compiles, instantiates and calls components: every execution of an actor's code goes through here.
///
/// A component is compiled once per distinct content; instances share it. Calls of one instance come one at a time: a
/// second one while a turn runs is `RuntimeError.busy`. Only `interrupt` and the limits end a turn early; the
/// cancellation of the calling task does not.
public final class WasmEngine: Sendable {
    /// How an engine works. The defaults suit an actor system.
    public struct Configuration: Sendable {
        /// Whether fuel is counted, so that `ResourceLimits.fuelPerTurn` can be set [false].
        public var countsFuel = false
        /// Compiled components that are kept for the next spawn, beside those in use [64].
        public var cachedComponents = 64
        /// The most bytes that a component may have [64 MiB].
        public var largestComponent = 64 << 20
        /// Whether guest traps use signals; false leaves SIGSEGV, SIGILL and SIGFPE to the embedder, at a price of
        /// about a third in memory-bound guest code [true]. With true, install crash handlers before the engine is
        /// made.
        public var signalsBasedTraps = true
        /// The fuel of a turn where an actor's limits say none; counts where fuel is counted [as much as there is].
        public var defaultFuelPerTurn: UInt64?

        /// Makes the default configuration.
        public init() {}
    }

    let engine: Engine
    let configuration: Configuration
    let ticker: any EpochTicker
    let counters = EngineCounters()
    let lifetime: EngineLifetime
    private let code: ComponentCache<[UInt8], Component>
    private let components: ComponentCache<CompiledComponent.Key, CompiledComponent>

    /// Makes an engine and starts its ticker.
    ///
    /// - Parameters:
    ///   - configuration: How the engine works.
    ///   - ticker: Ends slices; a thread that ticks each 5 ms unless given.
    /// - Throws: `RuntimeError.invalidConfiguration` where libwasmtime would refuse the configuration, or the library
    ///   is not the one that this package was built for; `threadsExhausted` where the ticker does not tick.
    public init(
        _ configuration: Configuration = .init(),
        ticker: any EpochTicker = ThreadTicker()
    ) throws(RuntimeError) {
        var engineConfiguration = EngineConfiguration()
        engineConfiguration.consumeFuel = configuration.countsFuel
        engineConfiguration.signalsBasedTraps = configuration.signalsBasedTraps
        do throws(WasmError) {
            engine = try Engine(engineConfiguration)
        } catch {
            throw RuntimeError(.invalidConfiguration, error.message, underlying: error.details)
        }
        self.configuration = configuration
        self.ticker = ticker
        lifetime = EngineLifetime(ticker: ticker)
        code = ComponentCache(capacity: configuration.cachedComponents)
        components = ComponentCache(capacity: configuration.cachedComponents)
        let engine = engine
        guard ticker.start({ engine.incrementEpoch() }) else {
            throw RuntimeError(
                .threadsExhausted,
                "the ticker does not tick: the system gives no thread, or it was stopped; give each engine its own"
            )
        }
    }

    deinit { lifetime.shutdown() }

    /// What the engine has done since its start.
    public var metrics: EngineMetrics { counters.metrics }

    /// Compiles a component, or finds it compiled already, and checks every import and export against the world.
    ///
    /// Blocks the calling thread while it compiles. Compiling is not bounded by any limit: load files that you would
    /// also compile.
    ///
    /// - Parameters:
    ///   - bytes: The component's binary form.
    ///   - world: What its world adds to the actor contract [nothing].
    /// - Returns: The component, for any number of instances.
    /// - Throws: `RuntimeError` with `notAComponent`, `invalidComponent`, `tooLarge`, `unsupportedType`,
    ///   `missingExport`, `wrongType`, `unknownImport`, or `shutDown`; each names the thing. Nothing is kept then.
    public func compile(_ bytes: [UInt8], world: WorldExtension? = nil) throws(RuntimeError) -> CompiledComponent {
        guard !lifetime.isShutDown else {
            throw RuntimeError(.shutDown, "the engine was shut down; make another one")
        }
        guard bytes.count <= configuration.largestComponent else {
            throw RuntimeError(
                .tooLarge,
                "the component has \(bytes.count) bytes; the engine takes \(configuration.largestComponent), see `WasmEngine.Configuration.largestComponent`"
            )
        }
        let key = CompiledComponent.Key(bytes: bytes, world: world?.key)
        let compiled = try components.value(for: key) { () throws(RuntimeError) in
            var isNew = false
            let component = try code.value(for: bytes) { () throws(RuntimeError) in
                isNew = true
                return try translate(bytes)
            }
            do throws(RuntimeError) {
                let checked = try CompiledComponent(component, byteCount: bytes.count, world: world)
                if isNew { counters.countCompilation() }
                return checked
            } catch {
                code.remove(bytes)
                throw error
            }
        }
        // The linker is shared; what makes the hosts is the caller's own.
        return world.map { CompiledComponent(compiled, world: $0) } ?? compiled
    }

    private func translate(_ bytes: [UInt8]) throws(RuntimeError) -> Component {
        do throws(WasmError) {
            return try Component(engine: engine, bytes: bytes, maximumSize: .max)
        } catch {
            throw RuntimeError(loading: error)
        }
    }

    /// Makes an instance of a component, compiling it where that has not been done yet.
    ///
    /// - Parameters:
    ///   - id: The actor that the instance is for.
    ///   - bytes: The component's binary form.
    ///   - settings: What the instance may do, may use up and can reach.
    ///   - generation: 1 for the first instance under the id, one more after each restart.
    /// - Returns: A handle for the calls.
    /// - Throws: What `compile` throws, and what the other `loadComponent` throws. Nothing is left behind then.
    public func loadComponent(
        id: ActorID,
        bytes: [UInt8],
        settings: InstanceSettings,
        generation: UInt64 = 1
    ) async throws(RuntimeError) -> ComponentHandle {
        try await loadComponent(id: id, component: compile(bytes), settings: settings, generation: generation)
    }

    /// Makes an instance of a compiled component. Never compiles.
    ///
    /// - Parameters:
    ///   - id: The actor that the instance is for.
    ///   - component: The component.
    ///   - settings: What the instance may do, may use up and can reach.
    ///   - generation: 1 for the first instance under the id, one more after each restart.
    /// - Returns: A handle for the calls.
    /// - Throws: `RuntimeError` with `invalidLimits`, `tooManyInstances`, `limit`, `trap` (in a start function),
    ///   `hostError` where the world's host cannot be made, or `shutDown`. Nothing is left behind then.
    public func loadComponent(
        id: ActorID,
        component: CompiledComponent,
        settings: InstanceSettings,
        generation: UInt64 = 1
    ) async throws(RuntimeError) -> ComponentHandle {
        guard !lifetime.isShutDown else {
            throw RuntimeError(.shutDown, "the engine was shut down; make another one")
        }
        do {
            try settings.limits.validate()
        } catch {
            throw RuntimeError(.invalidLimits, error.description, actor: id)
        }
        guard settings.limits.fuelPerTurn == nil || configuration.countsFuel else {
            throw RuntimeError(
                .invalidLimits,
                "fuelPerTurn is set, but the engine counts no fuel; set `Configuration.countsFuel`",
                actor: id
            )
        }
        var settings = settings
        if configuration.countsFuel, settings.limits.fuelPerTurn == nil {
            settings.limits.fuelPerTurn = configuration.defaultFuelPerTurn
        }
        let host: HostState
        do {
            host = try HostState(
                id: id,
                generation: generation,
                settings: settings,
                world: component.world,
                sliceTime: ticker.interval
            )
        } catch {
            let message = "the host of the component's world was not made: \(error)"
            throw RuntimeError(.hostError, message, exitReason: .hostError(message), actor: id)
        }
        let resident = try await instantiate(component, host: host)
        counters.countInstantiation()
        let instance = ComponentInstance(
            id: id,
            engine: ObjectIdentifier(self),
            host: host,
            resident: resident,
            counters: counters
        )
        return ComponentHandle(id: id, generation: generation, instance: instance)
    }

    /// Ends the running turn of an instance from outside, at its next slice or host call, and finishes the instance.
    ///
    /// Returns at once. The turn's call throws `RuntimeError` with this reason; an instance in which no turn runs
    /// throws it at its next call.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - reason: Why.
    public func interrupt(_ handle: ComponentHandle, reason: ExitReason) {
        (handle.instance as? ComponentInstance)?.host.interruption.interrupt(reason)
    }

    /// Ends an instance and gives its memory back: at once where no turn runs, else as soon as the turn has ended,
    /// which it does at its next slice or host call. A second call does nothing.
    ///
    /// - Parameter handle: The instance; stale from now on.
    public func unload(_ handle: ComponentHandle) {
        guard let instance = handle.instance as? ComponentInstance else { return }
        instance.host.interruption.interrupt(.killed)
        instance.unload()
    }

    /// Refuses later loads and forgets every compiled component. Live instances keep working; the ticker stops with
    /// the last of them.
    public func shutdown() {
        lifetime.shutdown()
        code.removeAll()
        components.removeAll()
    }
}
