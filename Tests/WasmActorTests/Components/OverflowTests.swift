import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Mailboxes that are full. The guest sleeps on a clock that stands still, so its mailbox fills.
@Suite(.timeLimit(.minutes(10))) struct OverflowTests {
    @Test func underFailTheSenderIsToldAtOnce() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let limits = ResourceLimits(mailboxMessages: 1)
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: .fail))
            let relay = sleeper.relay
            try await relay.tell("note a")
            await #expect(throws: MessagingError.mailboxFull(relay.id)) { try await relay.tell("note b") }
            #expect(await relay.refusal("notes") == .mailboxFull(relay.id))
            try await sleeper.wake()
            await until { relay.summary.messagesHandled == 2 }
            #expect(try await relay.ask("notes") == "a")
        }
    }

    @Test func underSuspendSendersWaitInTheirOrder() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: .init(mailboxMessages: 1)))
            let relay = sleeper.relay
            try await relay.tell("note a")
            let senders = await ["b", "c"].asyncMap { word in
                let sender = Task { try await relay.tell("note \(word)") }
                await until { relay.waiting(word == "b" ? 1 : 2) }
                return sender
            }
            try await sleeper.wake()
            for sender in senders { try await sender.value }
            #expect(try await relay.ask("notes") == "a\nb\nc")
        }
    }

    @Test func aSenderThatIsCancelledWhileItWaitsHasNotSent() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: .init(mailboxMessages: 1)))
            let relay = sleeper.relay
            try await relay.tell("note a")
            let sender = Task { try await relay.tell("note b") }
            await until { relay.waiting(1) }
            sender.cancel()
            await #expect(throws: MessagingError.cancelled) { try await sender.value }
            try await sleeper.wake()
            #expect(try await relay.ask("notes") == "a")
        }
    }

    @Test func underDropOldestWhatWaitedLongestIsADeadLetterAndItsAskerIsTold() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let limits = ResourceLimits(mailboxMessages: 2)
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: .dropOldest))
            let relay = sleeper.relay
            async let displaced = relay.refusal("note asked")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            for word in ["a", "b", "c"] { try await relay.tell("note \(word)") }
            #expect(await displaced == .mailboxFull(relay.id))
            try await sleeper.wake()
            // A question that came before would drop one more.
            await until { relay.summary.messagesHandled == 3 }
            #expect(try await relay.ask("notes") == "b\nc")
            let letters = world.system.deadLetters.kept
            #expect(letters.map(\.reason) == [.dropped, .dropped])
            #expect(letters.map(\.message.payload) == ["note asked", "note a"].map { Array($0.utf8) })
            #expect(relay.summary.messagesDropped == 2 && relay.summary.messagesAccepted == 6)
            #expect(relay.summary.messagesHandled == 4)
            #expect(world.system.metrics.messagesDropped == 2)
        }
    }

    @Test func underDropNewestWhatComesIsADeadLetterAndItsAskerIsTold() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let limits = ResourceLimits(mailboxMessages: 1)
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: .dropNewest))
            let relay = sleeper.relay
            try await relay.tell("note a")
            try await relay.tell("note b")
            #expect(await relay.refusal("notes") == .mailboxFull(relay.id))
            try await sleeper.wake()
            await until { relay.summary.messagesHandled == 2 }
            #expect(try await relay.ask("notes") == "a")
            let letters = world.system.deadLetters.kept
            #expect(letters.map(\.reason) == [.dropped, .dropped])
            #expect(letters.map(\.message.payload) == ["note b", "notes"].map { Array($0.utf8) })
            #expect(relay.summary.messagesDropped == 2 && relay.summary.messagesAccepted == 5)
        }
    }

    @Test func aGuestsRequestThatIsDroppedIsAnsweredAtOnce() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let limits = ResourceLimits(mailboxMessages: 1)
            let asker = try await world.spawn("relay", "asker", options: .talkative)
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: .dropOldest))
            let relay = sleeper.relay
            let later = try await asker.ask("request-later 60000 \(relay.id) note later")
            try await relay.tell("note a")
            #expect(try await asker.notes(1) == ["response \(later) mailbox-full: \(relay.id)"])
            async let answer = asker.ask("ask \(relay.id) note asked")
            await until { world.system.deadLetters.total == 2 }
            try await relay.tell("note b")
            #expect(try await answer == "mailbox-full: \(relay.id)")
            try await sleeper.wake()
            // A question that came before would drop it.
            await until { relay.summary.messagesHandled == 2 }
            #expect(try await relay.ask("notes") == "b")
        }
    }

    @Test func whoIsRefusedStillHasItsMessageAndMaySendItAgain() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let limits = ResourceLimits(mailboxMessages: 1)
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(limits: limits, overflow: .fail))
            let relay = sleeper.relay
            try await relay.tell("note a")
            let message = Array("note b".utf8)
            await #expect(throws: MessagingError.mailboxFull(relay.id)) { try await relay.tell(message) }
            #expect(world.system.deadLetters.total == 0)
            try await sleeper.wake()
            await until { relay.summary.messagesHandled == 2 }
            try await relay.tell(message)
            await until { relay.summary.messagesHandled == 3 }
            #expect(try await relay.ask("notes") == "a\nb")
        }
    }

    @Test func theBytesOfAMailboxAreBounded() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleeper = try await Sleeper(in: world, clock, ActorOptions(overflow: .fail, mailboxBytes: 20))
            let relay = sleeper.relay
            try await relay.tell("note 12345678901")
            #expect(relay.summary.mailboxBytes == 16 && world.system.metrics.mailboxBytes == 16)
            await #expect(throws: MessagingError.mailboxFull(relay.id)) { try await relay.tell("note a") }
            try await relay.tell("none")
            try await sleeper.wake()
            await until { relay.summary.mailboxBytes == 0 }
            #expect(try await relay.ask("notes") == "12345678901")
        }
    }

    @Test(arguments: [OverflowPolicy.suspend, .fail, .dropOldest, .dropNewest])
    func aMessageLargerThanTheMailboxNeverWaits(policy: OverflowPolicy) async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: ActorOptions(overflow: policy, mailboxBytes: 20))
            let refusal = MessagingError.tooLarge(SizeLimit(size: 21, limit: 20))
            let text = "note 1234567890123456"
            await #expect(throws: refusal) { try await relay.tell(text) }
            #expect(await relay.refusal(text) == refusal)
            let sender = try await world.spawn("relay", "sender", options: .talkative)
            for command in ["send", "request-later 1000"] {
                #expect(try await sender.ask("\(command) \(relay.id) \(text)").hasPrefix("too-large: "))
            }
            #expect(try await relay.ask("notes") == "")
            #expect(world.system.deadLetters.total == 0)
        }
    }

    @Test func optionsThatTakeNoMessageAreRefused() async throws {
        try await World.run { world in
            for options in [ActorOptions(mailboxBytes: 0), ActorOptions(messageLifetime: .zero)] {
                let error = await #expect(throws: ActorSystemError.self) {
                    try await world.spawn("relay", options: options)
                }
                #expect(error?.code == .invalidOptions)
            }
        }
    }

    @Test func whoWaitsForRoomIsToldOfTheEnd() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(limits: .init(mailboxMessages: 1)))
            async let slept = relay.refusal("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            try await relay.tell("note a")
            let sender = Task { try await relay.tell("note b") }
            await until { relay.waiting(1) }
            await relay.kill()
            #expect(await slept == .died(.killed))
            await #expect(throws: MessagingError.died(.killed)) { try await sender.value }
            #expect(world.system.deadLetters.map(\.reason) == [.crashed(.killed), .ended(.killed)])
        }
    }
}

extension ActorRef {
    /// Whether that many senders wait for room.
    fileprivate func waiting(_ count: Int) -> Bool {
        cell.state.withLock { $0.machine.mailbox.waiting == count }
    }
}
