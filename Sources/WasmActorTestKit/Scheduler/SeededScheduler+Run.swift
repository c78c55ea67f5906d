internal import Synchronization
internal import WasmActor
internal import WasmCore
internal import WasmRuntime

/// What a seeded run came to.
public struct SeededRun<Value: Sendable>: Sendable {
    /// What the body returned.
    public let value: Value
    /// The seed.
    public let seed: UInt64
    /// Stands for all that happened, in its order: equal for equal runs, also of another process.
    public let digest: UInt64
    /// How many jobs and timers ran.
    public let steps: Int
    /// How much time passed, by the run's clock.
    public let time: Duration
    /// How many timers waited when nothing was left to run.
    public let pendingTimers: Int
}

extension SeededScheduler {
    /// The environment variable that names the one seed to run: `WASM_ACTORS_SEED`.
    public static let seedVariable = "WASM_ACTORS_SEED"
    /// The environment variable that says how many seeds to run: `WASM_ACTORS_SEEDS`.
    public static let countVariable = "WASM_ACTORS_SEEDS"

    /// Runs a body to its end, on the calling thread, which is blocked meanwhile.
    ///
    /// - Parameters:
    ///   - seed: What says all that is left to chance.
    ///   - configuration: How the run works.
    ///   - body: What is done; it gets the scheduler, and makes its systems with it.
    /// - Returns: What the run came to.
    /// - Throws: What the body throws; `SeededSchedulerError` where the run comes to no end; `RuntimeError` where the
    ///   engine cannot be made.
    @discardableResult
    public static func run<Value: Sendable>(
        seed: UInt64,
        _ configuration: Configuration = Configuration(),
        _ body: @escaping @Sendable (SeededScheduler) async throws -> Value
    ) throws -> SeededRun<Value> {
        try SeededScheduler(seed: seed, configuration).run(body)
    }

    /// Runs a body once for each of many seeds, and ends with the first that fails.
    ///
    /// The environment may choose: `WASM_ACTORS_SEED=17` runs the seed 17 alone, `WASM_ACTORS_SEEDS=50` the first 50.
    ///
    /// - Parameters:
    ///   - seeds: The seeds, from 0 on: how many [1,000].
    ///   - configuration: How the runs work; without an engine they share one that is made for them.
    ///   - body: What is done with each.
    /// - Returns: What the runs came to.
    /// - Throws: `SeededFailure`, which names the seed.
    @discardableResult
    public static func explore<Value: Sendable>(
        seeds: UInt64 = 1000,
        _ configuration: Configuration = Configuration(),
        _ body: @escaping @Sendable (SeededScheduler) async throws -> Value
    ) throws(SeededFailure) -> [SeededRun<Value>] {
        let count = environmentVariable(countVariable).flatMap { UInt64($0) } ?? seeds
        let chosen = environmentVariable(seedVariable).flatMap { UInt64($0) }.map { $0...$0 }
        var configuration = configuration
        var runs: [SeededRun<Value>] = []
        for seed in chosen.map(Array.init) ?? Array(0..<count) {
            var scheduler: SeededScheduler?
            do {
                if configuration.engine == nil { configuration.engine = try SeededEngine() }
                let made = try SeededScheduler(seed: seed, configuration)
                scheduler = made
                runs.append(try made.run(body))
            } catch {
                let events = scheduler?.state.withLock { $0.lastEvents } ?? []
                throw SeededFailure(seed: seed, error: error, lastEvents: events)
            }
        }
        return runs
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (SeededScheduler) async throws -> Value
    ) throws -> SeededRun<Value> {
        let outcome = engine.exclusively { drive(body) }
        let value = try outcome.get()
        return state.withLock { state in
            SeededRun(
                value: value,
                seed: seed,
                digest: state.digest.value,
                steps: state.steps,
                time: state.now - .seconds(1000),
                pendingTimers: state.timers.count
            )
        }
    }

    private func drive<Value: Sendable>(
        _ body: @escaping @Sendable (SeededScheduler) async throws -> Value
    ) -> Result<Value, any Error> {
        state.withLock { $0.driver = .current }
        defer { end() }
        let outcome = Outcome<Value>()
        let task = Task(executorPreference: self) {
            do {
                outcome.set(.success(try await body(self)))
            } catch {
                outcome.set(.failure(error))
            }
        }
        do throws(SeededSchedulerError) {
            try step { outcome.value != nil }
        } catch {
            // What can still end does, so that as little as possible is left of the run.
            task.cancel()
            for _ in 0..<10_000 where !runReady() { break }
            return .failure(error)
        }
        return outcome.value ?? .failure(failure(.deadlock))
    }

    /// Runs jobs and timers until the body is at its end and no job is ready.
    private func step(_ isDone: () -> Bool) throws(SeededSchedulerError) {
        while true {
            if state.withLock({ $0.hasStrayed }) { throw failure(.leftTheScheduler) }
            guard state.withLock({ $0.steps }) < configuration.steps else { throw failure(.tooManySteps) }
            if runReady() || settle() { continue }
            if isDone() { return }
            if mayGoOn(), fireNext(by: nil) { continue }
            guard hasStrayed() else { throw failure(.deadlock) }
        }
    }

    /// Runs the job that the seed chooses; says whether there was one.
    private func runReady() -> Bool {
        let job = state.withLock { state -> UnownedJob? in
            guard !state.ready.isEmpty else { return nil }
            let count = state.ready.count
            let index = state.choices.next(below: count)
            state.steps += 1
            state.digest.add(UInt64(index) << 32 | UInt64(count))
            state.ready.swapAt(index, count - 1)
            return state.ready.removeLast()
        }
        guard let job else { return false }
        job.runSynchronously(on: asUnownedTaskExecutor())
        let end = state.withLock { state in
            let longest = Int(configuration.longestJob / .nanoseconds(1))
            return state.now + .nanoseconds(state.choices.next(below: longest + 1))
        }
        while fireNext(by: end) {}
        state.withLock { $0.now = max($0.now, end) }
        tickAtChance()
        return true
    }

    /// Tells those who wait for it that no job is ready; says whether there were any.
    private func settle() -> Bool {
        let settling = state.withLock { state in
            defer { state.settling = [] }
            return state.settling
        }
        for waiter in settling { waiter.resolve(()) }
        return !settling.isEmpty
    }

    /// Runs the next timer, and moves time on to it; says whether there was one.
    private func fireNext(by end: Duration?) -> Bool {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard let next = state.timers.firstDeadline, end.map({ next <= $0 }) ?? true else { return nil }
            state.now = max(state.now, next)
            state.steps += 1
            state.digest.add(UInt64(bitPattern: Int64(state.now / .nanoseconds(1))))
            if let number = state.timers.firstNumber { state.upkeep.remove(number) }
            return state.timers.popDue(state.now)
        }
        action?()
        return action != nil
    }

    /// Whether a timer may still wake the body: one that is no upkeep, or one that is within the time in which upkeep has
    /// effects, such as an actor that leaves memory or is ended for its health.
    private func mayGoOn() -> Bool {
        state.withLock { state in
            if state.timers.count > state.upkeep.count {
                state.idleSince = nil
            } else {
                state.idleSince = state.idleSince ?? state.now
            }
            return state.idleSince.map { state.now - $0 < Self.longestUpkeep } ?? true
        }
    }

    private static let longestUpkeep = Duration.seconds(3600)

    /// Whether something of the run comes back from another thread, which may take a moment.
    private func hasStrayed() -> Bool {
        for _ in 0..<500 {
            if state.withLock({ $0.hasStrayed }) { return true }
            pauseThread()
        }
        return false
    }

    private func end() {
        state.withLock { state in
            state.hasEnded = true
            state.driver = nil
            // They hold this scheduler in their turn.
            state.systems = []
        }
    }

    private func failure(_ kind: SeededSchedulerError.Kind) -> SeededSchedulerError {
        let (systems, steps) = state.withLock { ($0.systems, $0.steps) }
        let actors = systems.flatMap { system in
            system.list().map { summary in
                SeededSchedulerError.Actor(
                    id: summary.id,
                    status: "\(summary.status)",
                    mailboxDepth: summary.mailboxDepth,
                    waitsFor: system.waitedFor(by: summary.id)
                )
            }
        }
        return SeededSchedulerError(kind: kind, seed: seed, steps: steps, actors: actors)
    }
}

/// What a body came to.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { result.withLock { $0 } }

    func set(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }
}
