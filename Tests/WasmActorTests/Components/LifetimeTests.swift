import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages whose turn may come too late. The guest sleeps on a clock that the test moves.
@Suite(.timeLimit(.minutes(10))) struct LifetimeTests {
    private func letters(_ world: World) -> [String] {
        world.system.deadLetters.map { "\(String(decoding: $0.message.payload, as: UTF8.self)): \($0.reason)" }
    }

    @Test func aMessageWhoseTurnComesTooLateIsADeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            for (word, lifetime) in [("short", 10), ("long", 11)] {
                try await relay.tell(Array("note \(word)".utf8), timeToLive: .milliseconds(lifetime))
            }
            #expect(clock.pendingTimers == Timers.sleepingAsk)
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await relay.ask("notes") == "long")
            #expect(letters(world) == ["note short: its turn came too late"])
            #expect(relay.summary.messagesExpired == 1 && relay.summary.messagesHandled == 3)
            #expect(world.system.metrics.messagesExpired == 1)
        }
    }

    @Test func theActorsOwnLifetimeHoldsForEveryMessageAndTellsTheAsker() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(messageLifetime: .milliseconds(5)))
            let sender = try await world.spawn("relay", "sender", options: .talkative)
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            #expect(try await sender.ask("send \(relay.id) note sent") == "sent")
            try await relay.tell(Array("note told".utf8), timeToLive: .seconds(60))
            async let asked = relay.refusal("note asked")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(await asked == .timeout)
            #expect(try await relay.ask("notes") == "")
            let late = ["note sent", "note told", "note asked"].map { "\($0): its turn came too late" }
            #expect(letters(world) == late)
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func theWaitForRoomCounts() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: .init(mailboxMessages: 1)))
            let relay = sleeper.relay
            try await relay.tell("note a")
            let sender = Task { try await relay.tell(Array("note b".utf8), timeToLive: .milliseconds(5)) }
            await until { relay.cell.state.withLock { $0.machine.mailbox.waiting == 1 } }
            try await sleeper.wake()
            try await sender.value
            #expect(try await relay.ask("notes") == "a")
            #expect(letters(world) == ["note b: its turn came too late"])
        }
    }

    @Test func aMessageWhoseAskerIsGoneIsHandledAllTheSame() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            async let refusal = relay.refusal("note asked", timeout: .milliseconds(5))
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            clock.advance(by: .milliseconds(5))
            #expect(await refusal == .timeout)
            clock.advance(by: .milliseconds(5))
            #expect(try await slept == "slept")
            #expect(try await relay.ask("notes") == "asked")
        }
    }
}
