import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages that the host sends later.
@Suite(.timeLimit(.minutes(10))) struct HostTimerTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func aMessageComesOnceAfterItsDelay() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            let timer = try relay.tell(bytes("note tick"), after: .seconds(1))
            #expect(timer.isPending && timer.actor == relay && clock.pendingTimers == 1)
            clock.advance(by: .milliseconds(999))
            #expect(try await relay.ask("notes") == "")
            clock.advance(by: .milliseconds(1))
            #expect(try await relay.notes(1) == ["tick"])
            #expect(!timer.isPending && clock.pendingTimers == 0)
        }
    }

    @Test func aMessageComesAtEachIntervalUntilItIsCancelled() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            let timer = try relay.tell(bytes("note tick"), every: .seconds(1))
            clock.advance(by: .milliseconds(3500))
            #expect(try await relay.notes(3) == ["tick", "tick", "tick"])
            #expect(timer.isPending && clock.pendingTimers == 1)
            timer.cancel()
            timer.cancel()
            clock.advance(by: .seconds(10))
            #expect(try await relay.ask("notes") == "")
            #expect(!timer.isPending && clock.pendingTimers == 0)
        }
    }

    @Test func aRestartDoesNotEndIt() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .quick)
            let timer = try relay.tell(bytes("note tick"), after: .seconds(1))
            _ = try await relay.ask("exit failed x")
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            clock.advance(by: .seconds(1))
            #expect(try await relay.notes(1) == ["tick"])
            #expect(!timer.isPending)
        }
    }

    @Test func itEndsWithItsActor() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            let once = try relay.tell(bytes("note tick"), after: .seconds(1))
            let again = try relay.tell(bytes("note tick"), every: .seconds(1))
            await relay.stop()
            #expect(!once.isPending && !again.isPending && clock.pendingTimers == 0)
            clock.advance(by: .seconds(10))
            #expect(world.system.deadLetters.total == 0)
            #expect(throws: MessagingError.died(.shutdown)) { try relay.tell([], after: .seconds(1)) }
        }
    }

    @Test func aFullMailboxLosesTheMessageAndHoldsNothingUp() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(limits: .init(mailboxMessages: 1)))
            async let slept = relay.ask("sleep 5000")
            await clock.waitForTimers(Timers.sleepingAsk)
            let timer = try relay.tell(bytes("note tick"), every: .seconds(1))
            clock.advance(by: .milliseconds(3500))
            timer.cancel()
            let refusal = DeadLetter.Reason.refused(.mailboxFull(relay.id))
            #expect(world.system.deadLetters.map(\.reason) == [refusal, refusal])
            clock.advance(by: .seconds(2))
            #expect(try await slept == "slept")
            #expect(try await relay.notes(1) == ["tick"])
        }
    }

    @Test func whatCouldNeverComeIsRefusedAtOnce() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(limits: .init(messageBytes: 4)))
            #expect(throws: MessagingError.tooLarge(SizeLimit(size: 5, limit: 4))) {
                try relay.tell(bytes("12345"), after: .seconds(1))
            }
            #expect(throws: MessagingError.self) { try relay.tell([], every: .zero) }
            #expect(clock.pendingTimers == 0)
        }
    }
}
