import Testing
import WasmActorTestKit
import WasmRuntime

/// The laws of the actor layer, under a thousand interleavings. `WASM_ACTORS_SEED` replays one.
@Suite(.timeLimit(.minutes(30))) struct ScenarioTests {
    /// Of these tests alone: a run at its end counts the instances that are left in the engine.
    private static let shared = Result {
        let engine = try SeededEngine()
        return (
            configuration: SeededScheduler.Configuration(engine: engine), components: try Scenario.Components(engine)
        )
    }

    @Test func noInterleavingLosesDoublesOrMisplacesAMessage() throws {
        let (configuration, components) = try Self.shared.get()
        let runs = try SeededScheduler.explore(configuration) { scheduler in
            try await Scenario(scheduler, components).run()
        }
        for run in runs where run.pendingTimers != 0 {
            Issue.record("\(run.pendingTimers) timers are left with seed \(run.seed)")
        }
        // One seed alone need not have all of it.
        if runs.count > 100 { #expect(Happenings.missing(in: runs.map(\.value)) == []) }
    }

    @Test func theWholeScenarioIsTheSameRunEachTime() throws {
        let (configuration, components) = try Self.shared.get()
        for seed in 0..<UInt64(3) {
            let digests = try (0..<2).map { _ in
                try SeededScheduler.run(seed: seed, configuration) { scheduler in
                    try await Scenario(scheduler, components).run()
                }.digest
            }
            #expect(digests[0] == digests[1])
        }
    }
}
