import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// What a system measures of its guests.
@Suite(.timeLimit(.minutes(10))) struct MetricsTests {
    @Test func turnsAndAnswersAreTimed() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos")
            async let answer = chaos.ask("sleep 2000")
            await clock.waitForTimers(Timers.sleepingAsk)
            clock.advance(by: .seconds(2))
            #expect(try await answer == "slept")
            #expect(try await chaos.ask("echo now") == "now")
            let metrics = world.system.metrics
            #expect((metrics.turnTimes.count, metrics.answerTimes.count) == (2, 2))
            #expect((metrics.turnTimes.sum, metrics.answerTimes.sum) == (.seconds(2), .seconds(2)))
        }
    }

    @Test func anAnswerThatComesLaterIsTimedFromItsQuestion() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            async let answer = relay.ask("hold question")
            await clock.waitForTimers(Timers.ask)
            await until { world.system.metrics.messagesHandled == 1 }
            #expect(world.system.metrics.answerTimes.count == 0)
            clock.advance(by: .seconds(3))
            let id = try await relay.notes(1)[0].split(separator: " ").first { Int($0) != nil } ?? "none"
            #expect(try await relay.ask("reply \(id) done") == "replied")
            #expect(try await answer == "done")
            #expect(world.system.metrics.answerTimes.longest == .seconds(3))
            #expect(world.system.metrics.turnTimes.longest == .zero)
        }
    }

    @Test func aQuestionThatWasGivenUpIsNoAnswer() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos")
            async let refusal = chaos.refusal("sleep 2000", timeout: .seconds(1))
            await clock.waitForTimers(Timers.sleepingAsk)
            clock.advance(by: .seconds(1))
            #expect(await refusal == .timeout)
            clock.advance(by: .seconds(1))
            await until { world.system.metrics.messagesHandled == 1 }
            #expect(world.system.metrics.turnTimes.longest == .seconds(2))
            #expect(world.system.metrics.answerTimes.count == 0)
        }
    }

    @Test func turnsThatEndTheInstanceAreTimedAndStayWhenTheActorIsGone() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: ActorOptions(restart: .temporary))
            _ = await chaos.refusal("trap")
            _ = await chaos.ended()
            #expect(world.system.metrics.turnTimes.count == 1)
            #expect(world.system.metrics.actors == 0)
            #expect(try #require(world.system.metrics.residentBytes) > 1 << 20)
        }
    }
}
