public import WasmCore
public import WasmRuntime

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension ActorSystem {
    /// What a system is made of. What is left out the system makes itself, and ends with itself.
    public struct Configuration: Sendable {
        /// Compiles and runs components; it brings the epoch ticker with it [one of its own].
        public var engine: WasmEngine?
        /// Time and timers [the machine's].
        public var clock: (any ActorClock)?
        /// Where guests run [as many threads as the machine has processors].
        public var executor: (any TaskExecutor)?
        /// Random bytes, for guests and for the jitter of pauses [the machine's].
        public var random: any RandomSource
        /// Keeps the keys and values of guests [memory].
        public var storage: any ComponentStorage
        /// Finds the components that guests and specifications ask for by name [there are none].
        public var components: any ComponentSource
        /// Decides on host calls [by the grants of each actor].
        public var gate: any CapabilityGate
        /// Takes the gate's decisions [the latest are kept in memory].
        public var audit: any AuditLog
        /// Takes the log entries of guests [standard error].
        public var log: any LogSink
        /// When durable actors leave memory [10,000 stay, and who has nothing to do goes after 10 minutes].
        public var residency: Residency
        /// How often actors are asked how they feel whose options say nothing of it [every 30 s; 3 answers `unhealthy` in a
        /// row make an actor fall].
        public var health: HealthPolicy
        /// How many dead letters are kept [1000].
        public var deadLetterCapacity: Int
        /// How many bytes the kept dead letters have together at the most [16 MiB].
        public var deadLetterBytes: Int
        /// How many events a listener may be behind [1024].
        public var eventCapacity: Int
        /// The resident memory of the process, in bytes; 0 where the system does not say.
        var memory: @Sendable () -> UInt64 = { ResidentMemory.bytes ?? 0 }

        /// Makes a configuration; everything has a default.
        ///
        /// - Parameters:
        ///   - engine: Compiles and runs components.
        ///   - clock: Time and timers.
        ///   - executor: Where guests run.
        ///   - random: Random bytes.
        ///   - storage: Keeps the keys and values of guests.
        ///   - components: Finds the components that guests and specifications ask for by name.
        ///   - gate: Decides on host calls.
        ///   - audit: Takes the gate's decisions.
        ///   - log: Takes the log entries of guests.
        ///   - residency: When durable actors leave memory.
        ///   - health: How often actors are asked how they feel.
        ///   - deadLetterCapacity: How many dead letters are kept.
        ///   - deadLetterBytes: How many bytes they have together at the most.
        ///   - eventCapacity: How many events a listener may be behind.
        public init(
            engine: WasmEngine? = nil,
            clock: (any ActorClock)? = nil,
            executor: (any TaskExecutor)? = nil,
            random: any RandomSource = SystemRandom(),
            storage: any ComponentStorage = MemoryStorage(),
            components: any ComponentSource = MemoryComponentSource(),
            gate: any CapabilityGate = GrantsGate(),
            audit: any AuditLog = BoundedAuditLog(),
            log: any LogSink = StandardErrorLog(),
            residency: Residency = Residency(),
            health: HealthPolicy = HealthPolicy(),
            deadLetterCapacity: Int = 1000,
            deadLetterBytes: Int = 16 << 20,
            eventCapacity: Int = 1024
        ) {
            self.engine = engine
            self.clock = clock
            self.executor = executor
            self.random = random
            self.storage = storage
            self.components = components
            self.gate = gate
            self.audit = audit
            self.log = log
            self.residency = residency
            self.health = health
            self.deadLetterCapacity = deadLetterCapacity
            self.deadLetterBytes = deadLetterBytes
            self.eventCapacity = eventCapacity
        }
    }

    static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
