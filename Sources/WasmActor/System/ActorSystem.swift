import Synchronization
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
    /// - Throws: `ActorSystemError` of the code `runtime` where the engine or its threads cannot be started,
    ///   `invalidOptions` where the health policy makes no sense.
    public init(_ configuration: Configuration = Configuration()) throws(ActorSystemError) {
        if let fault = configuration.health.fault { throw ActorSystemError(.invalidOptions, fault) }
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
    /// - Returns: The actors.
    public func actors(matching pattern: Pattern? = nil) -> [ActorRef] {
        environment.registry.cells(matching: pattern).map(ActorRef.init)
    }

    /// What the actors that run are doing, in the order of their ids; a page at a time where there are many.
    ///
    /// The next page comes after the last id of the one before. An actor that comes or goes meanwhile is on a page or not,
    /// but no actor is on two.
    ///
    /// - Parameters:
    ///   - pattern: Which ids [all].
    ///   - last: The id after which the page begins; it need not be an actor's any more [the first page].
    ///   - limit: The most actors of the page [all].
    /// - Returns: A moment of each.
    public func list(matching pattern: Pattern? = nil, after last: ActorID? = nil, limit: Int = .max) -> [ActorSummary]
    {
        environment.registry.cells(matching: pattern, after: last, limit: limit).map(\.summary)
    }

    /// What happens from now on. Each call makes a sequence with a buffer of its own.
    public var events: ActorEvents { environment.hub.listen(capacity: eventCapacity) }

    /// The messages that could not be handled: the latest of them are kept, and can be sent again.
    public var deadLetters: DeadLetters { DeadLetters(environment) }

    /// What the system has done so far.
    public var metrics: SystemMetrics {
        let times = environment.times.sums
        var (sums, cells) = environment.registry.pastAndPresent
        var (depth, bytes) = (0, 0)
        for cell in cells {
            let (counters, mailbox) = cell.state.withLock { ($0.machine.counters, $0.machine.mailbox.load) }
            sums.add(counters)
            depth += mailbox.count
            bytes += mailbox.byteCount
        }
        return SystemMetrics(
            actors: cells.count,
            mailboxDepth: depth,
            mailboxBytes: bytes,
            messagesAccepted: sums.accepted,
            messagesHandled: sums.handled,
            messagesDropped: sums.dropped,
            messagesExpired: sums.expired,
            messagesKept: sums.kept,
            guestErrors: sums.guestErrors,
            crashes: sums.crashes,
            restarts: sums.restarts,
            deadLetters: deadLetters.total,
            turnTimes: times.turns,
            answerTimes: times.answers,
            residentBytes: ResidentMemory.bytes,
            engine: environment.engine.metrics
        )
    }
}
