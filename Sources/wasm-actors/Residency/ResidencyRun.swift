import Synchronization
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime
import WasmStorage

/// Many durable actors, few of them in memory, and messages to random ones.
struct ResidencyRun {
    let actors: Int
    let resident: Int
    let messages: Int
    let memory: Int
    let seed: UInt64
    /// Where the states are saved.
    let storage: SQLiteStorage
    /// The bytes of `tally.wasm`.
    let component: [UInt8]
    let console: Console

    /// How many actors are looked after between two looks at the memory.
    private static let stride = 1000
    /// How many actors are spawned, or asked, at once.
    private static let atOnce = 64

    /// Runs all of it.
    func figures() async throws -> ResidencyFigures {
        let engine = try WasmEngine()
        defer { engine.shutdown() }
        let system = try ActorSystem(
            ActorSystem.Configuration(
                engine: engine,
                storage: storage,
                residency: Residency(largestCount: resident, idleTime: nil)
            )
        )
        do {
            let figures = try await figures(of: system, engine)
            await system.shutdown()
            await storage.close()
            return figures
        } catch {
            await system.shutdown(grace: .zero)
            await storage.close()
            throw error
        }
    }

    private func figures(of system: ActorSystem, _ engine: WasmEngine) async throws -> ResidencyFigures {
        var figures = ResidencyFigures(
            actors: actors,
            resident: resident,
            messages: messages,
            largestMemory: memory
        )
        let compiled = try await system.compile(component)
        figures.spawning = try await steps("spawned", actors, &figures, engine) { index in
            _ = try await system.spawn(self.id(index), component: compiled)
        }
        var expected = [UInt32](repeating: 0, count: actors)
        figures.sending = try await send(to: system, &expected, &figures, engine)
        let question = Array("get".utf8)
        let (counts, tally) = (expected, CountTally())
        figures.checking = try await steps("checked", actors, &figures, engine) { index in
            let answer = try await self.actor(index, of: system).ask(question, timeout: .seconds(600))
            let count = Int(String(decoding: answer, as: UTF8.self))
            tally.counted.add(count ?? 0, ordering: .relaxed)
            if count != Int(counts[index]) { tally.wrong.add(1, ordering: .relaxed) }
        }
        figures.counted = tally.counted.load(ordering: .relaxed)
        figures.wrong = tally.wrong.load(ordering: .relaxed)
        figures.deadLetters = system.metrics.deadLetters
        return figures
    }

    private func id(_ index: Int) throws -> ActorID { try ActorID("many/tally/\(index)") }

    private func actor(_ index: Int, of system: ActorSystem) throws -> ActorRef {
        let id = try id(index)
        guard let actor = system.actor(id) else { throw CommandError.failure("\(id) is gone") }
        return actor
    }

    /// Sends to random actors, one message after the other; each thousandth is asked and waited for, as whoever sends so
    /// many would see to it that they do not pile up.
    private func send(
        to system: ActorSystem,
        _ expected: inout [UInt32],
        _ figures: inout ResidencyFigures,
        _ engine: WasmEngine
    ) async throws -> Double {
        var random = SplitMix64(seed: seed)
        let increment = Array("add 1".utf8)
        let start = ContinuousClock.now
        for number in 1...max(1, messages) where number <= messages {
            let index = Int.random(in: 0..<actors, using: &random)
            expected[index] += 1
            let actor = try actor(index, of: system)
            if number.isMultiple(of: Self.stride) {
                _ = try await actor.ask(increment, timeout: .seconds(600))
            } else {
                try await actor.tell(increment)
            }
            look("sent", number, of: messages, &figures, engine)
        }
        return start.nanosecondsPerCall(1) / 1e9
    }

    /// Does something so many times, several at once, and says how many seconds it took.
    private func steps(
        _ what: String,
        _ count: Int,
        _ figures: inout ResidencyFigures,
        _ engine: WasmEngine,
        _ step: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<count {
                if index >= Self.atOnce { try await group.next() }
                group.addTask { try await step(index) }
                look(what, index + 1, of: count, &figures, engine)
            }
            try await group.waitForAll()
        }
        return start.nanosecondsPerCall(1) / 1e9
    }

    /// Looks at the memory now and then, and tells how far it is.
    private func look(
        _ what: String,
        _ number: Int,
        of count: Int,
        _ figures: inout ResidencyFigures,
        _ engine: WasmEngine
    ) {
        guard number.isMultiple(of: Self.stride) || number == count else { return }
        figures.mostInstances = max(figures.mostInstances, engine.metrics.liveInstances)
        figures.mostMemory = max(figures.mostMemory, ResidentMemory.bytes ?? 0)
        if number.isMultiple(of: 100 * Self.stride) { console.printError("\(what) \(number) of \(count)") }
    }
}

/// What the answers of all actors add up to.
private final class CountTally: Sendable {
    let counted = Atomic(0)
    let wrong = Atomic(0)
}
