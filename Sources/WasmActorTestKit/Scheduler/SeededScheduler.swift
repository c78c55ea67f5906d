internal import Synchronization
public import WasmActor
public import WasmCore
internal import WasmRuntime

/// Runs actors from a seed: one thread, on which the seed says which job is next, when a guest's slice ends and how much
/// time passes. The same seed is the same run, in every process.
///
/// It is the executor, the clock and the randomness of the systems that it makes. Where no job is ready, time moves on to
/// the next timer.
///
/// ```swift
/// try SeededScheduler.run(seed: 42, configuration) { scheduler in
///     let system = try scheduler.makeSystem()
///     let counter = try await system.spawn(ActorID("demo/counter/1"), bytes: counterBytes)
///     _ = try await counter.ask(Array("increment".utf8))
///     await system.shutdown()
/// }
/// ```
///
/// Everything of a run has to stay on it: child tasks do, and so do `async` functions and actors; a `Task { }` needs it as
/// its `executorPreference`, and `Task.sleep` is `sleep(for:)` of the scheduler. A run of which something goes elsewhere
/// fails with `SeededSchedulerError.Kind.leftTheScheduler`; so do the asynchronous functions of a world of one's own, for
/// those run wherever tasks run.
///
/// A guest's slice ends between two jobs and where it calls the host. A guest that does neither is ended by its fuel:
/// `SeededEngine` has a default for it.
public final class SeededScheduler: TaskExecutor, ActorClock, RandomSource {
    /// How a run works.
    public struct Configuration: Sendable {
        /// The engine; share one among runs [one of its own, which compiles everything anew].
        public var engine: SeededEngine?
        /// The most jobs and timers of a run [200,000].
        public var steps = 200_000
        /// The most time that passes while one job runs: the seed says how much does [20 us].
        public var longestJob = Duration.microseconds(20)
        /// After one of how many jobs, and at one of how many looks at the clock, every guest's slice ends [4]; 0: never.
        public var jobsPerTick = 4

        /// Makes the default configuration.
        ///
        /// - Parameter engine: The engine; share one among runs.
        public init(engine: SeededEngine? = nil) {
            self.engine = engine
        }
    }

    struct State {
        var ready: [UnownedJob] = []
        var timers = DeadlineHeap()
        var lastTimer: UInt64 = 0
        /// The timers of which nobody waits for any: looks at health, and at who may leave memory.
        var upkeep: Set<UInt64> = []
        /// Since when nothing but upkeep goes on; nil where something else does.
        var idleSince: Duration?
        var now: Duration = .seconds(1000)
        var choices: SplitMix64
        var digest = TraceDigest()
        var steps = 0
        var settling: [OneShot<Void>] = []
        var systems: [ActorSystem] = []
        var lastEvents: [String] = []
        /// The thread that drives the run; nil before and after.
        var driver: ThreadMark?
        var hasEnded = false
        var hasStrayed = false
    }

    /// The seed of this run.
    public let seed: UInt64
    let configuration: Configuration
    let engine: SeededEngine
    let state: Mutex<State>
    private let random: SeededRandom
    private let scenario: Mutex<SplitMix64>

    init(seed: UInt64, _ configuration: Configuration) throws(RuntimeError) {
        self.seed = seed
        self.configuration = configuration
        if let engine = configuration.engine {
            self.engine = engine
        } else {
            engine = try SeededEngine()
        }
        var generator = SplitMix64(seed: seed)
        random = SeededRandom(generator.split())
        scenario = Mutex(generator.split())
        state = Mutex(State(choices: generator.split()))
    }

    // MARK: - For the body of a run

    /// Makes a system that runs here.
    ///
    /// - Parameter configuration: What else it is made of; its engine, clock, executor and randomness are replaced [a log
    ///   in memory, and nobody is asked for its health: such questions never end, so that a wait without end would not be
    ///   seen to be one].
    /// - Returns: The system. Shut it down before the body ends.
    /// - Throws: `ActorSystemError`, as `ActorSystem`.
    public func makeSystem(
        _ configuration: ActorSystem.Configuration = .init(log: MemoryLog(), health: .never)
    ) throws(ActorSystemError) -> ActorSystem {
        var configuration = configuration
        configuration.engine = engine.engine
        configuration.clock = self
        configuration.executor = self
        configuration.random = self
        let system = try ActorSystem(configuration)
        _ = system.observe { [weak self] event in self?.note(event) }
        state.withLock { $0.systems.append(system) }
        return system
    }

    /// A generator for the body's own choices, such as whom to ask next; each call gives one of other numbers.
    public func makeGenerator() -> SplitMix64 { scenario.withLock { $0.split() } }

    /// Waits until no other job is ready; no timer fires meanwhile but those that jobs outlast.
    public func settled() async {
        let end = OneShot<Void>()
        state.withLock { $0.settling.append(end) }
        await end.value()
    }

    /// How many timers wait.
    public var pendingTimers: Int { state.withLock { $0.timers.count } }

    private func note(_ event: ActorEvent) {
        let text = "\(event)"
        state.withLock { state in
            state.digest.add(text)
            if state.lastEvents.count == 40 { state.lastEvents.removeFirst(20) }
            state.lastEvents.append(String(text.prefix(400)))
        }
    }

    // MARK: - Executor, clock, randomness

    /// Takes a job.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isLate = state.withLock { state in
            if state.hasEnded { return true }
            if let driver = state.driver, driver != .current { state.hasStrayed = true }
            state.ready.append(job)
            return false
        }
        // Nobody would run it: what is left of a run ends where it is woken.
        if isLate { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    /// The run's time; begins at 1,000 s.
    public var now: Duration {
        tickAtChance()
        return state.withLock { $0.now }
    }

    /// The run's time, from a fixed moment on: nanoseconds since 1970-01-01T00:00:00Z.
    public var wallTime: UInt64 { ManualClock.wallTime(at: now) }

    /// Runs an action once, when the run's time has come so far.
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        state.withLock { state in
            state.lastTimer += 1
            state.timers.insert(number: state.lastTimer, deadline: state.now + max(delay, .zero), action: action)
            return TimerID(number: state.lastTimer)
        }
    }

    /// Takes a timer back. One that has fired already, or was never there, is no error.
    public func cancel(_ timer: TimerID) {
        state.withLock { state in
            state.timers.remove(timer.number)
            state.upkeep.remove(timer.number)
        }
    }

    /// Bytes for guests and for jitter, as the seed says.
    public func bytes(_ count: Int) -> [UInt8] { random.bytes(count) }

    /// Ends the guests' slices where the seed says so.
    func tickAtChance() {
        guard configuration.jobsPerTick > 0 else { return }
        let ticks = state.withLock { state in
            state.driver == .current && state.choices.next(below: configuration.jobsPerTick) == 0
        }
        if ticks { engine.ticker.tick() }
    }
}

extension SeededScheduler: UpkeepClock {
    /// Runs an action of upkeep once, when the run's time has come so far.
    package func scheduleUpkeep(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        let timer = schedule(after: delay, action)
        state.withLock { _ = $0.upkeep.insert(timer.number) }
        return timer
    }
}
