import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages from one guest to another, through the real host functions.
@Suite(.timeLimit(.minutes(10))) struct RequestTests {
    @Test func aRequestIsHandledOnceAndItsReplyComesBack() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let counter = try await world.spawn("counter")
            #expect(try await relay.ask("ask test/counter/1 increment 5") == "5")
            #expect(try await counter.ask("get") == "5")
            #expect(counter.summary.messagesHandled == 2)
        }
    }

    @Test func theTargetSeesWhoAsksAndWhat() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", "a", options: .talkative)
            try await world.spawn("relay", "b")
            try await world.spawn("chaos")
            #expect(try await relay.ask("ask test/relay/b sender") == "test/relay/a")
            #expect(try await relay.ask("ask test/chaos/1 echo a b  c") == "a b  c")
        }
    }

    @Test func aSentMessageArrivesInOrder() async throws {
        try await World.run { world in
            let sender = try await world.spawn("relay", "a", options: .talkative)
            let target = try await world.spawn("relay", "b")
            for number in 0..<50 { #expect(try await sender.ask("send test/relay/b note \(number)") == "sent") }
            #expect(try await target.ask("notes") == (0..<50).map { "\($0)" }.joined(separator: "\n"))
        }
    }

    @Test func requestsNest() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            try await world.spawn("relay", "b", options: .talkative)
            try await world.spawn("counter", options: ActorOptions(arguments: Array("7".utf8)))
            #expect(try await first.ask("ask test/relay/b ask test/counter/1 get") == "7")
        }
    }

    @Test func answersOfSeveralTargetsAreCombined() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            for number in 1...3 {
                try await world.spawn("counter", "\(number)", options: ActorOptions(arguments: Array("\(number)".utf8)))
            }
            #expect(try await relay.ask("sum get test/counter/1 test/counter/2 test/counter/3") == "6")
        }
    }

    @Test func aSendThatWaitsForRoomEndsWithTheTurnsTime() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let target = try await world.spawn(
                "chaos",
                options: ActorOptions(limits: ResourceLimits(turnTime: 3_600_000_000_000, mailboxMessages: 1))
            )
            let limits = ResourceLimits(turnTime: 20_000_000_000)
            let sender = try await world.spawn("relay", options: ActorOptions(grants: .all, limits: limits))
            try await target.tell("sleep 3600000")
            await clock.waitForTimers(Timers.sleep)
            try await target.tell("echo fills the mailbox")
            async let refusal = sender.refusal("send test/chaos/1 echo x")
            await clock.waitForTimers(Timers.sleep + Timers.ask + 1)
            clock.advance(by: .seconds(20))
            #expect(await refusal == .died(.limit(.turnTime)))
            #expect(target.summary.mailboxDepth == 1)
        }
    }

    @Test func withoutAGrantNothingIsSent() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay")
            let counter = try await world.spawn("counter")
            #expect(try await relay.ask("ask test/counter/1 increment").hasPrefix("denied: "))
            #expect(try await relay.ask("send test/counter/1 increment").hasPrefix("denied: "))
            #expect(try await counter.ask("get") == "0")
            let denied = try await world.event { event -> AuditRecord? in
                if case .audited(let record) = event { record } else { nil }
            }
            #expect(denied.actor == relay.id && !denied.isAllowed)
        }
    }

    @Test func aMissingTargetIsNamed() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("ask test/nobody/1 x") == "not-found: test/nobody/1")
            #expect(try await relay.ask("send test/nobody/1 x") == "not-found: test/nobody/1")
        }
    }

    @Test func theTargetsGuestErrorAndTrapComeBackAsWhatTheyAre() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("chaos", options: .quick)
            #expect(try await relay.ask("ask test/chaos/1 error no") == "guest-error: failed: no")
            #expect(try await relay.ask("ask test/chaos/1 trap") == "died: trap unreachable")
            #expect(try await relay.ask("ask test/chaos/1 echo back") == "back")
        }
    }

    @Test func aMessageOverTheTargetsLimitIsRefused() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("chaos", options: ActorOptions(limits: .init(messageBytes: 8)))
            #expect(try await relay.ask("ask test/chaos/1 echo 1234") == "too-large: 9 of 8")
        }
    }

    @Test func aRequestEndsAtItsDeadline() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("chaos")
            async let answer = relay.ask("ask-within 50 test/chaos/1 none")
            await clock.waitForTimers(Timers.requestingAsk)
            clock.advance(by: .milliseconds(50))
            #expect(try await answer == "timeout")
        }
    }

    @Test func whenTheResponderIsKilledTheRequesterIsTold() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let chaos = try await world.spawn("chaos")
            async let answer = relay.ask("ask test/chaos/1 none")
            await until { chaos.summary.messagesHandled == 1 }
            await chaos.kill()
            #expect(try await answer == "died: killed")
        }
    }

    @Test func whenTheRequesterIsKilledTheReplyIsADeadLetterForIt() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let chaos = try await world.spawn("chaos")
            async let refusal = relay.refusal("ask test/chaos/1 sleep 100")
            await clock.waitForTimers(Timers.requestingAsk + Timers.sleep)
            await relay.kill()
            #expect(await refusal == .died(.killed))
            clock.advance(by: .milliseconds(100))
            let letter = try await world.event { event -> DeadLetter? in
                if case .deadLetter(let letter) = event, letter.reason == .lateReply { letter } else { nil }
            }
            #expect(letter.target == relay.id)
            #expect(letter.message.sender == chaos.id)
            #expect(letter.message.payload == Array("slept".utf8))
        }
    }

    @Test func anActorThatAsksItselfIsRefused() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("ask test/relay/1 self") == "cycle: test/relay/1")
        }
    }

    @Test func aCircleOfTwoIsRefusedByName() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            try await world.spawn("relay", "b", options: .talkative)
            let answer = try await first.ask("ask test/relay/b ask test/relay/a self")
            #expect(answer == "cycle: test/relay/b, test/relay/a")
            #expect(try await first.ask("ask test/relay/b self") == "test/relay/b")
        }
    }

    @Test func aLongerCircleIsRefusedInItsOrder() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            try await world.spawn("relay", "b", options: .talkative)
            try await world.spawn("relay", "c", options: .talkative)
            let answer = try await first.ask("ask test/relay/b ask test/relay/c ask test/relay/a self")
            #expect(answer == "cycle: test/relay/c, test/relay/a, test/relay/b")
        }
    }

    @Test func waitingForRoomAtAnActorThatWaitsForTheSenderIsACircle() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let narrow = ActorOptions(grants: .all, limits: .init(mailboxMessages: 1))
            let first = try await world.spawn("relay", "a", options: narrow)
            let second = try await world.spawn("relay", "b", options: .talkative)
            async let slept = second.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            async let sent = second.ask("send test/relay/a note x")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            async let asked = first.ask("ask test/relay/b self")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask + Timers.requestingAsk)
            try await first.tell("note y")
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await sent == "cycle: test/relay/b, test/relay/a")
            #expect(try await asked == "test/relay/b")
        }
    }

    @Test func actorsAreListedInPages() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            for number in 1...3 { try await world.spawn("counter", "\(number)") }
            #expect(
                try await relay.ask("list test/counter/* 2") == "test/counter/1\ntest/counter/2\ncursor test/counter/2"
            )
            #expect(try await relay.ask("list test/counter/* 2 test/counter/2") == "test/counter/3")
            #expect(try await relay.ask("list ** 10 nonsense").hasPrefix("invalid-argument: "))
        }
    }
}
