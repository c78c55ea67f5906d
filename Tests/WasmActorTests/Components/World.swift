import Synchronization
import TestSupport
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// An actor system for one test: the fixtures, a clock that the test may move, and everything that happened.
struct World {
    /// Shared by the tests that count no instances, so that each fixture is compiled once.
    private static let sharedEngine = Result { () throws(RuntimeError) in
        try makeEngine(countsFuel: false)
    }

    let system: ActorSystem
    let engine: WasmEngine
    /// The clock; nil where the machine's own time counts.
    let clock: ManualClock?
    let events: ActorEvents

    /// Makes a system. With `ownEngine` its counters begin at 0.
    init(
        clock: ManualClock? = nil,
        ownEngine: Bool = false,
        log: any LogSink = NoLog(),
        executor: (any TaskExecutor)? = nil,
        storage: any ComponentStorage = MemoryStorage(),
        residency: Residency = Residency(),
        memory: (@Sendable () -> UInt64)? = nil,
        components: any ComponentSource = FixtureSource(),
        eventCapacity: Int = 10_000
    ) throws {
        engine = try ownEngine ? Self.makeEngine(countsFuel: true) : Self.sharedEngine.get()
        self.clock = clock
        var configuration = ActorSystem.Configuration(
            engine: engine,
            clock: clock,
            executor: executor,
            random: NoChance(),
            storage: storage,
            components: components,
            log: log,
            residency: residency,
            health: .never,
            eventCapacity: eventCapacity
        )
        if let memory { configuration.memory = memory }
        system = try ActorSystem(configuration)
        events = system.events
    }

    private static func makeEngine(countsFuel: Bool) throws(RuntimeError) -> WasmEngine {
        var configuration = WasmEngine.Configuration()
        configuration.countsFuel = countsFuel
        return try WasmEngine(configuration, ticker: ThreadTicker(interval: .milliseconds(1)))
    }

    /// Runs a test in a system of its own and ends that.
    static func run(
        clock: ManualClock? = nil,
        ownEngine: Bool = false,
        _ body: (World) async throws -> Void
    ) async throws {
        try await World(clock: clock, ownEngine: ownEngine).run(body)
    }

    /// Runs a test in this system and ends the system.
    func run(_ body: (World) async throws -> Void) async throws {
        do {
            try await body(self)
        } catch {
            await end()
            throw error
        }
        await end()
    }

    private func end() async {
        for summary in system.list() { await system.actor(summary.id)?.kill() }
        await system.shutdown(grace: .zero)
    }

    /// Spawns a fixture as `test/FIXTURE/INSTANCE`.
    @discardableResult
    func spawn(
        _ fixture: String,
        _ instance: String = "1",
        options: ActorOptions = ActorOptions()
    ) async throws -> ActorRef {
        var options = options
        options.limits = options.limits.patient
        return try await system.spawn(
            ActorID(namespace: "test", name: fixture, instance: instance),
            bytes: Fixture.bytes(fixture),
            options: options
        )
    }

    /// Waits for the first event that fits.
    func event<Value>(_ pick: (ActorEvent) -> Value?) async throws -> Value {
        for await event in events {
            if let value = pick(event) { return value }
        }
        throw MissingEvent()
    }

    struct MissingEvent: Error {}
}

extension ActorRef {
    /// Asks with a text and reads the answer as one.
    func ask(_ text: String, timeout: Duration = .seconds(60)) async throws(MessagingError) -> String {
        String(decoding: try await ask(Array(text.utf8), timeout: timeout), as: UTF8.self)
    }

    /// What an ask fails with; nil where it does not.
    func refusal(_ text: String, timeout: Duration = .seconds(60)) async -> MessagingError? {
        do throws(MessagingError) {
            _ = try await ask(text, timeout: timeout)
            return nil
        } catch {
            return error
        }
    }

    func tell(_ text: String) async throws(MessagingError) {
        try await tell(Array(text.utf8))
    }
}

extension ActorOptions {
    /// May talk to everybody.
    static let talkative = ActorOptions(grants: .all)

    /// May loop for an hour: only the test ends its turns, however busy the machine is.
    static let tireless = ActorOptions(
        limits: ResourceLimits(turnTime: 3_600_000_000_000, cpuTime: 3_600_000_000_000)
    )

    /// Is restarted at once.
    static let quick = ActorOptions(restart: RestartPolicy(.permanent, intensity: 100, backOff: .none))
}

/// How many timers what a test waits for has set.
enum Timers {
    /// The deadline of an ask.
    static let ask = 1
    /// A call: its deadline, and the limit of its turn.
    static let call = 2
    /// A guest's sleep: its end, and the limit of its turn.
    static let sleep = 2
    static let sleepingAsk = ask + sleep
    /// An ask whose guest waits for a request: the deadline of the request, and the limit of the guest's turn.
    static let requestingAsk = ask + 2
    /// The pause before a restart.
    static let pause = 1
    /// One step of a shutdown.
    static let grace = 1
}

extension Sequence {
    /// The elements transformed, one after the other.
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}

/// Waits until something is so that no event tells of; others run meanwhile. Ends with the test's time limit.
func until(_ condition: () -> Bool) async {
    while !condition() && !Task.isCancelled { await Task.yield() }
}

/// Leaves nothing to chance: every pause has its full length.
private struct NoChance: RandomSource {
    func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
}

/// Keeps the log out of the tests' output.
struct NoLog: LogSink {
    func log(_ entry: LogEntry) {}
}

/// The fixtures by their names.
struct FixtureSource: ComponentSource {
    func component(named name: String) async throws(ComponentSourceError) -> [UInt8] {
        guard let bytes = try? Fixture.bytes(name) else { throw .notFound(name) }
        return bytes
    }
}
