import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Publishing and subscribing, by guests and by the host.
@Suite(.timeLimit(.minutes(10))) struct TopicTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func aGuestsMessageReachesEveryGuestThatSubscribes() async throws {
        try await World.run { world in
            let publisher = try await world.spawn("relay", "publisher", options: .talkative)
            let near = try await world.spawn("relay", "near", options: .talkative)
            let far = try await world.spawn("relay", "far", options: .talkative)
            #expect(try await near.ask("subscribe news/*") == "subscribed")
            #expect(try await near.ask("subscribe news/today") == "subscribed")
            #expect(try await far.ask("subscribe sports/**") == "subscribed")
            #expect(try await publisher.ask("publish news/today note hello") == "1")
            #expect(try await near.ask("notes") == "hello")
            #expect(try await far.ask("notes") == "")
        }
    }

    @Test func theHostPublishesAndSubscribesToo() async throws {
        try await World.run { world in
            let guest = try await world.spawn("relay", options: .talkative)
            #expect(try await guest.ask("subscribe news/*") == "subscribed")
            let heard = world.system.subscribe(to: try Pattern("news/**"))
            #expect(try world.system.publish("news/today", bytes("note from-host"), contentType: "text/plain") == 2)
            #expect(try await guest.ask("publish news/today/late from-guest") == "1")
            var iterator = heard.makeAsyncIterator()
            let first = try #require(await iterator.next())
            #expect(first.payload == bytes("note from-host"))
            #expect(first.topic == "news/today" && first.sender == nil && first.contentType == "text/plain")
            let second = try #require(await iterator.next())
            #expect(second.payload == bytes("from-guest"))
            #expect(second.topic == "news/today/late" && second.sender == guest.id)
            #expect(try await guest.ask("notes") == "from-host")
        }
    }

    @Test func anEndedSubscriptionGetsNothing() async throws {
        try await World.run { world in
            let guest = try await world.spawn("relay", options: .talkative)
            #expect(try await guest.ask("subscribe a/b") == "subscribed")
            #expect(try await guest.ask("unsubscribe a/b") == "unsubscribed")
            #expect(try await guest.ask("unsubscribe a/b") == "unsubscribed")
            #expect(try world.system.publish("a/b", bytes("note x")) == 0)
        }
    }

    @Test func subscriptionsEndWithTheirActorAndNotWithItsInstance() async throws {
        try await World.run { world in
            var options = ActorOptions.quick
            options.grants = .all
            options.limits.hostCallBytes = 100
            let guest = try await world.spawn("relay", options: options)
            #expect(try await guest.ask("subscribe a/b") == "subscribed")
            let text = String(repeating: "x", count: 101)
            #expect(await guest.refusal("send \(guest.id) \(text)") == .died(.limit(.hostCallBytes)))
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            #expect(try world.system.publish("a/b", bytes("note again")) == 1)
            #expect(try await guest.ask("notes") == "again")
            await guest.stop()
            #expect(try world.system.publish("a/b", bytes("note gone")) == 0)
        }
    }

    @Test func aFullMailboxLosesTheMessageAndNobodyElseDoes() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            var options = ActorOptions.talkative
            options.limits.mailboxMessages = 1
            let slow = try await world.spawn("relay", "slow", options: options)
            let quick = try await world.spawn("relay", "quick", options: .talkative)
            for guest in [slow, quick] { #expect(try await guest.ask("subscribe a") == "subscribed") }
            async let sleeping = slow.ask("sleep 1000")
            await clock.waitForTimers(Timers.sleepingAsk)
            for number in 1...3 { #expect(try world.system.publish("a", bytes("note \(number)")) == 2) }
            #expect(try await quick.ask("notes") == "1\n2\n3")
            #expect(
                world.system.deadLetters.map(\.reason) == Array(repeating: .refused(.mailboxFull(slow.id)), count: 2)
            )
            #expect(world.system.deadLetters.map(\.message.payload) == [bytes("note 2"), bytes("note 3")])
            clock.advance(by: .seconds(1))
            _ = try await sleeping
            #expect(try await slow.ask("notes") == "1")
        }
    }

    @Test(arguments: [OverflowPolicy.suspend, .fail, .dropOldest, .dropNewest])
    func everySubscribersOwnPolicyHoldsAndNoneHoldsUpThePublisher(policy: OverflowPolicy) async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            var options = ActorOptions.talkative
            options.limits.mailboxMessages = 2
            options.overflow = policy
            let slow = try await world.spawn("relay", "slow", options: options)
            let publisher = try await world.spawn("relay", "publisher", options: .talkative)
            #expect(try await slow.ask("subscribe a") == "subscribed")
            async let sleeping = slow.ask("sleep 1000")
            await clock.waitForTimers(Timers.sleepingAsk)
            for number in 1...4 { #expect(try await publisher.ask("publish a note \(number)") == "1") }
            let isDropped = policy == .dropOldest || policy == .dropNewest
            let reason = isDropped ? DeadLetter.Reason.dropped : .refused(.mailboxFull(slow.id))
            #expect(world.system.deadLetters.map(\.reason) == [reason, reason])
            let lost = policy == .dropOldest ? ["note 1", "note 2"] : ["note 3", "note 4"]
            #expect(world.system.deadLetters.map(\.message.payload) == lost.map(bytes))
            clock.advance(by: .seconds(1))
            _ = try await sleeping
            await until { slow.summary.mailboxDepth == 0 }
            #expect(try await slow.ask("notes") == (policy == .dropOldest ? "3\n4" : "1\n2"))
        }
    }

    @Test func whoSubscribedFirstIsServedFirst() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            var options = ActorOptions.talkative
            options.limits.mailboxMessages = 1
            let names = ["h", "b", "e", "a", "g", "c", "f", "d"]
            let guests = try await names.asyncMap { try await world.spawn("relay", $0, options: options) }
            for guest in guests { _ = try await guest.ask("subscribe a") }
            for (index, guest) in guests.enumerated() {
                try await guest.tell("sleep 1000")
                await clock.waitForTimers((index + 1) * Timers.sleep)
            }
            for _ in 0..<2 { try world.system.publish("a", bytes("note x")) }
            #expect(world.system.deadLetters.map(\.target?.instance) == names)
            clock.advance(by: .seconds(1))
        }
    }

    @Test func aSlowReaderOfTheHostLosesTheOldestAlone() async throws {
        try await World.run { world in
            let heard = world.system.subscribe(to: try Pattern("a"), capacity: 2)
            for number in 1...5 { try world.system.publish("a", bytes("\(number)")) }
            #expect(heard.dropped == 3)
            var iterator = heard.makeAsyncIterator()
            #expect(await iterator.next()?.payload == bytes("4"))
        }
    }

    @Test func aSequenceThatNobodyHoldsIsNoSubscriber() async throws {
        try await World.run { world in
            var heard: TopicMessages? = world.system.subscribe(to: try Pattern("a"))
            #expect(try world.system.publish("a", []) == 1)
            _ = consume heard
            heard = nil
            #expect(try world.system.publish("a", []) == 0)
        }
    }

    @Test(arguments: ["", "a//b", "a/*", "**", "/a", String(repeating: "a", count: 1025)])
    func whatIsNoTopicIsRefused(topic: String) async throws {
        try await World.run { world in
            #expect(throws: MessagingError.self) { try world.system.publish(topic, []) }
        }
    }

    @Test func aGuestIsToldWhatIsNoTopic() async throws {
        try await World.run { world in
            let guest = try await world.spawn("relay", options: .talkative)
            #expect(try await guest.ask("publish a/* x").hasPrefix("invalid-argument"))
        }
    }

    @Test func anActorHasABoundedNumberOfSubscriptions() async throws {
        try await World.run { world in
            let guest = try await world.spawn("relay", options: .talkative)
            for number in 0..<TopicBoard.largestCount { _ = try await guest.ask("subscribe t/\(number)") }
            #expect(try await guest.ask("subscribe one/more").hasPrefix("quota"))
            #expect(try await guest.ask("subscribe t/1") == "subscribed")
        }
    }

    @Test func aShutdownEndsTheHostsSubscriptions() async throws {
        let world = try World()
        let heard = world.system.subscribe(to: try Pattern("a"))
        try world.system.publish("a", bytes("last"))
        await world.system.shutdown()
        var payloads: [[UInt8]] = []
        for await message in heard { payloads.append(message.payload) }
        #expect(payloads == [bytes("last")])
        #expect(throws: MessagingError.died(.shutdown)) { try world.system.publish("a", []) }
    }
}
