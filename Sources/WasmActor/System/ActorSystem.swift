public import WasmCore
import WasmRuntime

/// Actors made of WebAssembly components: their mailboxes, their supervision, and the way messages take.
///
/// ```swift
/// let system = try ActorSystem()
/// let counter = try await system.spawn(ActorID("demo/counter/1"), path: "counter.wasm")
/// let answer = try await counter.ask(Array("increment".utf8))
/// await system.shutdown()
/// ```
///
/// A system owns threads: end it with `shutdown(grace:)`.
public final class ActorSystem: Sendable {
    let environment: ActorEnvironment
    private let eventCapacity: Int
    /// What this system made itself, and ends with itself.
    let ownEngine: WasmEngine?
    let ownExecutor: GuestExecutor?
    let ownClock: SystemClock?
    let shutdownState = ShutdownState()

    /// Starts a system.
    ///
    /// - Parameter configuration: What it is made of; everything has a default.
    /// - Throws: `ActorSystemError` of the code `runtime` where the engine or its threads cannot be started.
    public init(_ configuration: Configuration = Configuration()) throws(ActorSystemError) {
        do throws(RuntimeError) {
            let ownExecutor = configuration.executor == nil ? try GuestExecutor(threads: Self.processorCount) : nil
            let ownEngine: WasmEngine?
            do throws(RuntimeError) {
                ownEngine = configuration.engine == nil ? try WasmEngine() : nil
            } catch {
                ownExecutor?.shutdown()
                throw error
            }
            self.ownExecutor = ownExecutor
            self.ownEngine = ownEngine
        } catch {
            throw ActorSystemError(.runtime, "the runtime could not be started", runtimeError: error)
        }
        ownClock = configuration.clock == nil ? SystemClock() : nil
        eventCapacity = configuration.eventCapacity
        // Each is either given or was made above.
        environment = ActorEnvironment(
            engine: (configuration.engine ?? ownEngine)!,
            clock: (configuration.clock ?? ownClock)!,
            spawner: TaskSpawner(executor: (configuration.executor ?? ownExecutor)!),
            configuration: configuration
        )
    }

    /// The actor that runs under an id.
    ///
    /// - Parameter id: The id.
    /// - Returns: The actor; nil where there is none.
    public func actor(_ id: ActorID) -> ActorRef? {
        environment.registry[id].map(ActorRef.init)
    }

    /// The actors that run, in the order of their ids.
    ///
    /// - Parameter pattern: Which ids [all].
    /// - Returns: A moment of each.
    public func list(matching pattern: Pattern? = nil) -> [ActorSummary] {
        environment.registry.cells
            .filter { cell in pattern.map { $0.matches(cell.id.description) } ?? true }
            .sorted { $0.id < $1.id }
            .map(\.summary)
    }

    /// What happens from now on. Each call makes a sequence with a buffer of its own.
    public var events: ActorEvents { environment.hub.listen(capacity: eventCapacity) }

    /// The latest messages that could not be handled, oldest first; `metrics` counts them all.
    public var deadLetters: [DeadLetter] { environment.deadLetters.kept }

    /// What the system has done so far.
    public var metrics: SystemMetrics {
        var sums = environment.registry.past
        var depth = 0
        let cells = environment.registry.cells
        for cell in cells {
            sums.add(cell.counters)
            depth += cell.summary.mailboxDepth
        }
        return SystemMetrics(
            actors: cells.count,
            mailboxDepth: depth,
            messagesAccepted: sums.accepted,
            messagesHandled: sums.handled,
            guestErrors: sums.guestErrors,
            crashes: sums.crashes,
            restarts: sums.restarts,
            deadLetters: environment.deadLetters.total,
            engine: environment.engine.metrics
        )
    }
}
