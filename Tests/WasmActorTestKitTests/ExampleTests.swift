import TestSupport
import Testing
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime

@Suite struct ExampleTests {
    /// Shared by all runs, so that each component is compiled once.
    private static let engine = Result { () throws(RuntimeError) in try SeededEngine() }

    @Test func aClerkAsksTheTillWhateverTheInterleaving() throws {
        try SeededScheduler.explore(seeds: 100, .init(engine: Self.engine.get())) { scheduler in
            let system = try scheduler.makeSystem()
            let events = EventProbe(system)
            let till = try await ActorProbe(ActorID("shop/till/1"), in: system)
            let clerk = try await system.spawn(
                ActorID("shop/clerk/1"),
                bytes: Fixture.bytes("relay"),
                options: ActorOptions(grants: .all)
            )

            // The till is the test itself: it sees what the clerk asks, and answers.
            async let answer = clerk.ask(Array("ask shop/till/1 apples".utf8))
            let question = try await till.expectMessage(within: .seconds(1)) { $0.text == "apples" }
            try #require(question.sender == clerk.id)
            try till.reply(to: question, Array("3".utf8))
            try #require(try await answer == Array("3".utf8))

            // An hour costs nothing.
            try await scheduler.sleep(for: .seconds(3600))
            try await till.expectNoMessage(within: .seconds(60))

            try till.watch(clerk.id)
            await clerk.kill()
            try #require(try await till.expectDown(of: clerk.id) == .killed)
            try await events.expectSequence([
                { if case .spawned(clerk.id, _) = $0 { true } else { false } },
                { if case .ended(clerk.id, reason: .killed) = $0 { true } else { false } },
            ])
            await system.shutdown()
        }
    }
}
