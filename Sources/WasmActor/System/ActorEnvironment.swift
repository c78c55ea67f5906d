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
    let times = TimesBoard()
    private let lastOptions = Mutex<SharedOptions?>(nil)
    private let lastMetadata = Mutex<Shared<ActorMetadata>?>(nil)
    let hub: EventHub
    /// The host's own code that runs in turns.
    let bodies = LiveCount()
    let topics = TopicBoard()
    let residency: ResidencyBoard
    let snapshots: SnapshotStore
    let mailboxes: MailboxStore
    /// The messages that were accepted and will not be handled.
    let lostMessages = Atomic<UInt64>(0)
    let trees = SupervisorRegistry()
    let components: any ComponentSource
    /// How often actors whose options say nothing are asked how they feel.
    var health: HealthPolicy { sharedHealth.value }
    let sharedHealth: Shared<HealthPolicy>
    private let waits = Atomic<UInt64>(0)
    private let storage: any ComponentStorage
    private let gate: any CapabilityGate
    private let audit: any AuditLog
    private let log: any LogSink
    let letters: Mutex<DeadLetterRing>

    init(engine: WasmEngine, clock: any ActorClock, spawner: TaskSpawner, configuration: ActorSystem.Configuration) {
        self.engine = engine
        self.clock = clock
        self.spawner = spawner
        random = configuration.random
        components = configuration.components
        storage = configuration.storage
        snapshots = SnapshotStore(storage: storage)
        mailboxes = MailboxStore(storage: storage)
        residency = ResidencyBoard(residency: configuration.residency, clock: clock, memory: configuration.memory)
        gate = configuration.gate
        sharedHealth = Shared(configuration.health)
        hub = EventHub()
        audit = EventingAudit(next: configuration.audit, hub: hub)
        log = EventingLog(next: configuration.log, hub: hub)
        letters = Mutex(
            DeadLetterRing(capacity: configuration.deadLetterCapacity, bytes: configuration.deadLetterBytes)
        )
    }

    /// Options for as many actors in a row as are given the same.
    func share(_ options: ActorOptions) -> SharedOptions {
        lastOptions.withLock { last in
            if let last, last.value == options { return last }
            let shared = SharedOptions(options)
            last = shared
            return shared
        }
    }

    /// What guests say of themselves, for as many in a row as say the same.
    func share(_ metadata: ActorMetadata) -> Shared<ActorMetadata> {
        lastMetadata.withLock { last in
            if let last, last.value == metadata { return last }
            let shared = Shared(metadata)
            last = shared
            return shared
        }
    }

    /// Where guests run.
    var executor: any TaskExecutor { spawner.executor }

    /// What the instances of one actor are made with.
    func settings(for options: ActorOptions, router: any MessageRouter) -> InstanceSettings {
        InstanceSettings(
            grants: options.grants,
            limits: options.limits,
            onDenial: options.onDenial,
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

    /// Hands a message to whoever runs under an id, without a wait; it is a dead letter where nobody takes it.
    func deliver(_ message: ComponentMessage, to target: ActorID) {
        guard let cell = registry[target] else { return bury(message, for: target, .refused(.notFound(target))) }
        cell.deliverWithoutWait(message)
    }

    /// Keeps a message that could not be handled. A call leaves nothing to keep: its caller is told.
    func bury(_ envelope: Envelope, for target: ActorID, _ reason: DeadLetter.Reason) {
        guard let message = envelope.message else { return }
        lostMessages.add(1, ordering: .relaxed)
        bury(message, for: target, reason)
    }

    /// Keeps a message that could not be handled.
    func bury(_ message: ComponentMessage, for target: ActorID?, _ reason: DeadLetter.Reason) {
        let letter = letters.withLock { $0.append(message, for: target, reason) }
        hub.emit(.deadLetter(letter))
    }

    /// The number of a wait that is published now.
    func nextWait() -> UInt64 { waits.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Random bits.
    func randomBits() -> UInt64 {
        random.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
