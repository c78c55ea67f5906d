import Synchronization
import WasmCore
import WasmRuntime

/// What every cell of a system uses.
final class ActorEnvironment: Sendable {
    let engine: WasmEngine
    let clock: any ActorClock
    let random: any RandomSource
    let spawner: TaskSpawner
    let registry = ActorRegistry()
    let hub: EventHub
    /// The host's own code that runs in turns.
    let bodies = LiveCount()
    let topics = TopicBoard()
    private let storage: any ComponentStorage
    private let gate: any CapabilityGate
    private let audit: any AuditLog
    private let log: any LogSink
    private let letters: Mutex<DeadLetterRing>

    init(engine: WasmEngine, clock: any ActorClock, spawner: TaskSpawner, configuration: ActorSystem.Configuration) {
        self.engine = engine
        self.clock = clock
        self.spawner = spawner
        random = configuration.random
        storage = configuration.storage
        gate = configuration.gate
        hub = EventHub()
        audit = EventingAudit(next: configuration.audit, hub: hub)
        log = EventingLog(next: configuration.log, hub: hub)
        letters = Mutex(DeadLetterRing(capacity: configuration.deadLetterCapacity))
    }

    /// Where guests run.
    var executor: any TaskExecutor { spawner.executor }

    /// What the instances of one actor are made with.
    func settings(for options: ActorOptions, router: any MessageRouter) -> InstanceSettings {
        InstanceSettings(
            grants: options.grants,
            limits: options.limits,
            services: HostServices(
                router: router,
                storage: storage,
                gate: gate,
                audit: audit,
                log: log,
                clock: clock,
                random: random
            )
        )
    }

    /// Keeps a message that could not be handled. A call leaves nothing to keep: its caller is told.
    func bury(_ envelope: Envelope, for target: ActorID, _ reason: DeadLetter.Reason) {
        if let message = envelope.message { bury(message, for: target, reason) }
    }

    /// Keeps a message that could not be handled.
    func bury(_ message: ComponentMessage, for target: ActorID?, _ reason: DeadLetter.Reason) {
        let letter = DeadLetter(target: target, message: message, reason: reason)
        letters.withLock { $0.append(letter) }
        hub.emit(.deadLetter(letter))
    }

    /// The latest dead letters, oldest first, and how many there were in all.
    var deadLetters: (kept: [DeadLetter], total: UInt64) { letters.withLock { ($0.kept, $0.total) } }

    /// Random bits.
    func randomBits() -> UInt64 {
        random.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
