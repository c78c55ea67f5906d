import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages that could not be handled, and that are sent again.
@Suite(.timeLimit(.minutes(10))) struct DeadLetterTests {
    /// A relay that sleeps until the clock is moved by 10 ms, with `a` in its mailbox of one and `b` as a dead letter.
    private func overflow(
        _ world: World,
        _ clock: ManualClock,
        _ policy: OverflowPolicy = .dropNewest
    ) async throws -> Sleeper {
        let limits = ResourceLimits(mailboxMessages: 1)
        let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: policy))
        try await sleeper.relay.tell("note a")
        try await sleeper.relay.tell("note b")
        return sleeper
    }

    @Test func aLetterIsSentAgainAndIsGone() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await overflow(world, clock)
            let relay = sleeper.relay
            try await sleeper.wake()
            await until { relay.summary.messagesHandled == 2 }
            let letter = try #require(world.system.deadLetters.kept.first)
            #expect(letter.number == 1 && letter.reason == .dropped && letter.message.attempt == 1)
            #expect(world.system.deadLetters.redeliver(letter) == Redelivery(letter: letter, outcome: .delivered))
            #expect(world.system.deadLetters.redeliver(letter).outcome == .missing)
            await until { relay.summary.messagesHandled == 3 }
            #expect(try await relay.ask("notes") == "a\nb")
            #expect(world.system.deadLetters.kept.isEmpty)
            #expect(world.system.deadLetters.total == 1)
        }
    }

    @Test func theAttemptIsOneHigherAndTheSenderIsTheSame() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(messageLifetime: .milliseconds(10)))
            let sender = try await world.spawn("relay", "sender", options: .talkative)
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            #expect(try await sender.ask("send \(relay.id) note a") == "sent")
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            await until { world.system.deadLetters.total == 1 }
            async let again = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            #expect(world.system.deadLetters.redeliver { $0.message.sender == sender.id }.count == 1)
            let sent = relay.cell.state.withLock { $0.machine.mailbox.take()?.envelope }
            #expect(sent?.message?.attempt == 2 && sent?.message?.sender == sender.id)
            #expect(sent?.message?.correlationID == nil && sent?.reply == nil)
            clock.advance(by: .milliseconds(10))
            #expect(try await again == "slept")
        }
    }

    @Test(arguments: [OverflowPolicy.dropNewest, .dropOldest])
    func whatTheTargetDoesNotTakeStays(policy: OverflowPolicy) async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await overflow(world, clock, policy)
            let relay = sleeper.relay
            let letter = try #require(world.system.deadLetters.kept.first)
            let outcome = world.system.deadLetters.redeliver(letter).outcome
            let payloads = world.system.deadLetters.map { String(decoding: $0.message.payload, as: UTF8.self) }
            if policy == .dropNewest {
                #expect(outcome == .refused(.mailboxFull(relay.id)))
                #expect(world.system.deadLetters.kept == [letter])
            } else {
                // The oldest gives way, as to any other message.
                #expect(outcome == .delivered)
                #expect(payloads == ["note b"])
            }
            await relay.kill()
            _ = await sleeper.slept.result
            let last = world.system.deadLetters.redeliver { _ in true }
            #expect(!last.isEmpty && last.allSatisfy { $0.outcome == .refused(.notFound(relay.id)) })
            #expect(last.map(\.letter) == world.system.deadLetters.kept)
        }
    }

    @Test func lettersThatFitGoInTheirOrderAndTheOthersStay() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a")
            for word in ["note 1", "stay 2", "note 3"] { try await first.tell(Array(word.utf8), timeToLive: .zero) }
            await until { world.system.deadLetters.total == 3 }
            let sent = world.system.deadLetters.redeliver { $0.message.payload.starts(with: Array("note".utf8)) }
            #expect(sent.map(\.outcome) == [.delivered, .delivered])
            #expect(try await first.notes(2) == ["1", "3"])
            #expect(world.system.deadLetters.map(\.number) == [2])
            let left = try #require(world.system.deadLetters.kept.first)
            #expect(world.system.deadLetters.remove(left))
            #expect(!world.system.deadLetters.remove(left))
            #expect(world.system.deadLetters.redeliver(left).outcome == .missing)
        }
    }

    @Test func aReplyIsNotSentAgain() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let chaos = try await world.spawn("chaos")
            async let refusal = relay.refusal("ask test/chaos/1 sleep 100")
            await clock.waitForTimers(Timers.requestingAsk + Timers.sleep)
            await relay.kill()
            #expect(await refusal == .died(.killed))
            clock.advance(by: .milliseconds(100))
            await until { world.system.deadLetters.contains { $0.reason == .lateReply } }
            let letter = try #require(world.system.deadLetters.first { $0.reason == .lateReply })
            #expect(letter.target == relay.id && letter.message.sender == chaos.id && !letter.isRedeliverable)
            guard case .refused(.invalidArgument) = world.system.deadLetters.redeliver(letter).outcome else {
                return #expect(Bool(false), "a reply is refused")
            }
            #expect(world.system.deadLetters.contains(letter))
        }
    }

    @Test func theMessageThatCrashedItsActorMayBeSentAgain() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: .quick)
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            let sent = world.system.deadLetters.redeliver { $0.target == chaos.id }
            #expect(sent.map(\.outcome) == [.delivered])
            let letter = try await world.event { event -> DeadLetter? in
                if case .deadLetter(let letter) = event, letter.message.attempt == 2 { letter } else { nil }
            }
            #expect(letter.number == 2 && letter.reason == .crashed(.trap(.unreachable)))
        }
    }
}
