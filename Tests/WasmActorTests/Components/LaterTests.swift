import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

extension ActorRef {
    /// What a relay has noted since it was last asked, when there are so many notes; runs into the test's time limit where
    /// they do not come.
    func notes(_ count: Int) async throws -> [String] {
        var notes: [String] = []
        while notes.count < count, !Task.isCancelled {
            notes += try await ask("notes").split(separator: "\n").map(String.init)
            await Task.yield()
        }
        return notes
    }
}

/// Requests whose responses come later, requests that are answered later.
@Suite(.timeLimit(.minutes(10))) struct RequestLaterTests {
    @Test func theResponseComesOnceAndIsBoundToItsRequest() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("counter")
            let first = try await relay.ask("request-later 60000 test/counter/1 increment")
            let second = try await relay.ask("request-later 60000 test/counter/1 increment")
            #expect(first != second)
            #expect(try await relay.notes(2) == ["response \(first) 1", "response \(second) 2"])
        }
    }

    @Test func aGuestMayAskItselfLater() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let id = try await relay.ask("request-later 60000 \(relay.id) sender")
            #expect(try await relay.notes(1) == ["response \(id) \(relay.id)"])
        }
    }

    @Test func theGuestsErrorAndTheEndOfTheTargetAreResponses() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("chaos", options: .quick)
            let error = try await relay.ask("request-later 60000 test/chaos/1 error no")
            #expect(try await relay.notes(1) == ["response \(error) guest-error: failed: no"])
            let trap = try await relay.ask("request-later 60000 test/chaos/1 trap")
            #expect(try await relay.notes(1) == ["response \(trap) died: trap unreachable"])
        }
    }

    @Test func aTargetThatIsNotThereIsAnErrorAtOnceAndBringsNoResponse() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("request-later 60000 test/nobody/1 x") == "not-found: test/nobody/1")
            #expect(try await relay.ask("notes") == "")
        }
    }

    @Test func aTargetWithoutRoomIsAnErrorAtOnceAndNothingPilesUp() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let slow = try await world.spawn(
                "chaos",
                options: ActorOptions(limits: ResourceLimits(mailboxMessages: 1))
            )
            async let sleeping = slow.ask("sleep 1000")
            await clock.waitForTimers(Timers.sleepingAsk)
            #expect(UInt64(try await relay.ask("request-later 60000 \(slow.id) echo in")) != nil)
            #expect(try await relay.ask("request-later 60000 \(slow.id) echo out") == "mailbox-full: \(slow.id)")
            clock.advance(by: .seconds(1))
            _ = try await sleeping
            #expect(try await relay.notes(1).count == 1)
        }
    }

    @Test func aDeadlineIsAResponseAndALateReplyADeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", "a", options: .talkative)
            let holder = try await world.spawn("relay", "b")
            let id = try await relay.ask("request-later 1000 test/relay/b hold it")
            let held = try await holder.notes(1)
            clock.advance(by: .seconds(1))
            #expect(try await relay.notes(1) == ["response \(id) timeout"])
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await holder.ask("reply \(correlation) late").hasPrefix("invalid-argument"))
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aCancelledRequestHasOneResponseThatSaysSo() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", "a", options: .talkative)
            let holder = try await world.spawn("relay", "b")
            let id = try await relay.ask("request-later 60000 test/relay/b hold it")
            let held = try await holder.notes(1)
            #expect(try await relay.ask("cancel \(id)") == "cancelled")
            #expect(try await relay.notes(1) == ["response \(id) cancelled"])
            #expect(try await relay.ask("cancel \(id)").hasPrefix("invalid-argument"))
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await holder.ask("reply \(correlation) late").hasPrefix("invalid-argument"))
            #expect(try await relay.ask("notes") == "")
        }
    }

    @Test func aFreshInstanceGetsNoResponseToWhatTheOldOneAsked() async throws {
        try await World.run { world in
            var options = ActorOptions.quick
            options.grants = .all
            options.limits.hostCallBytes = 200
            let relay = try await world.spawn("relay", "a", options: options)
            let holder = try await world.spawn("relay", "b")
            _ = try await relay.ask("request-later 60000 test/relay/b hold it")
            let held = try await holder.notes(1)
            let tooMuch = String(repeating: "x", count: 201)
            #expect(await relay.refusal("send \(relay.id) \(tooMuch)") == .died(.limit(.hostCallBytes)))
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await holder.ask("reply \(correlation) late").hasPrefix("invalid-argument"))
            #expect(try await relay.ask("notes") == "")
        }
    }

    @Test func aRequestThatWasLeftOpenIsAnsweredOnce() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay")
            async let asked = relay.ask("hold question")
            let held = try await relay.notes(1)
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await relay.ask("reply \(correlation) the answer") == "replied")
            #expect(try await asked == "the answer")
            #expect(try await relay.ask("reply \(correlation) again").hasPrefix("invalid-argument"))
        }
    }

    @Test func aRequestThatWasLeftOpenMayBeRefused() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay")
            async let asked = relay.refusal("hold question")
            let held = try await relay.notes(1)
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await relay.ask("refuse \(correlation) no") == "replied")
            #expect(await asked == .guestError(.failed("no")))
            #expect(world.system.metrics.guestErrors == 1)
            // An error is one message's, however it was told.
            #expect(await relay.refusal("unknown") != nil)
            #expect(world.system.metrics.guestErrors == 2)
        }
    }

    @Test func anothersRequestCannotBeAnswered() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let holder = try await world.spawn("relay", "a")
            let other = try await world.spawn("relay", "b")
            async let asked = holder.refusal("hold question", timeout: .seconds(1))
            let held = try await holder.notes(1)
            let correlation = try #require(held.first?.split(separator: " ").dropFirst().first)
            // Its own questions are numbered too: the one in whose turn it replies must not be of that number.
            for _ in 0..<(Int(correlation) ?? 0) { _ = try await other.ask("self") }
            #expect(try await other.ask("reply \(correlation) mine").hasPrefix("invalid-argument"))
            clock.advance(by: .seconds(1))
            #expect(await asked == .timeout)
        }
    }

    @Test func aDeadlineShrinksAlongTheChain() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", "a", options: .talkative)
            try await world.spawn("relay", "b")
            async let asked = relay.refusal("ask-within 3600000 test/relay/b hold it", timeout: .seconds(2))
            await clock.waitForTimers(Timers.requestingAsk)
            clock.advance(by: .seconds(2))
            // The guest's own request has ended with the host's: the relay serves again.
            #expect(try await relay.ask("sender") == "none")
            _ = await asked
        }
    }

    @Test func aDeadlineShrinksBehindARequestWhoseResponseComesLater() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            let second = try await world.spawn("relay", "b", options: .talkative)
            try await world.spawn("relay", "c")
            _ = try await first.ask("request-later 2000 test/relay/b ask-within 3600000 test/relay/c hold it")
            await clock.waitForTimers(Timers.requestingAsk)
            clock.advance(by: .seconds(2))
            #expect(try await second.ask("sender") == "none")
        }
    }
}

/// Messages that a guest sends later.
@Suite(.timeLimit(.minutes(10))) struct GuestTimerTests {
    @Test func aMessageComesOnceAfterItsDelay() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("send-after 1000 \(relay.id) note tick")
            clock.advance(by: .milliseconds(999))
            #expect(try await relay.ask("notes") == "")
            clock.advance(by: .milliseconds(1))
            #expect(try await relay.notes(1) == ["tick"])
            clock.advance(by: .seconds(10))
            #expect(try await relay.ask("notes") == "")
        }
    }

    @Test func aPeriodicMessageComesAtEachIntervalUntilItIsCancelled() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let timer = try await relay.ask("send-every 1000 \(relay.id) note tick")
            clock.advance(by: .milliseconds(3500))
            #expect(try await relay.notes(3) == ["tick", "tick", "tick"])
            #expect(try await relay.ask("cancel-timer \(timer)") == "cancelled")
            #expect(try await relay.ask("cancel-timer \(timer)") == "cancelled")
            clock.advance(by: .seconds(10))
            #expect(try await relay.ask("notes") == "")
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func timersEndWithTheInstance() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(grants: .all, restart: .quick))
            _ = try await relay.ask("send-after 1000 \(relay.id) note tick")
            _ = try await relay.ask("send-every 1000 \(relay.id) note tick")
            // The next instance has none of them.
            _ = try await relay.ask("exit failed told to")
            try await world.restarted("relay/1")
            #expect(clock.pendingTimers == 0)
            _ = try await relay.ask("send-after 1000 \(relay.id) note tick")
            await relay.stop()
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aTargetThatIsGoneMakesADeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("send-after 1000 test/nobody/1 x")
            clock.advance(by: .seconds(1))
            let nobody = try ActorID("test/nobody/1")
            #expect(world.system.deadLetters.map(\.reason) == [.refused(.notFound(nobody))])
        }
    }

    @Test func anActorHasABoundedNumberOfTimers() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            for _ in 0..<TimerTable.Quota.guest.value.count {
                _ = try await relay.ask("send-after 1000 \(relay.id) note x")
            }
            #expect(try await relay.ask("send-after 1000 \(relay.id) note x").hasPrefix("quota"))
        }
    }

    @Test func fewOfTheTimersMayRepeatAndAllTogetherHoldSoManyBytes() throws {
        let quota = TimerTable.Quota.guest.value
        var timers = TimerTable(quota: Shared(quota))
        for _ in 0..<quota.repeatingCount { _ = try timers.add(byteCount: 0, repeats: true) }
        #expect(throws: MessagingError.self) { try timers.add(byteCount: 0, repeats: true) }
        let large = try timers.add(byteCount: quota.byteCount, repeats: false)
        #expect(throws: MessagingError.self) { try timers.add(byteCount: 1, repeats: false) }
        let wasWanted = timers.fired(large)
        #expect(wasWanted)
        _ = try timers.add(byteCount: 1, repeats: false)
    }

    @Test func anIntervalOfNothingIsRefused() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("send-every 0 \(relay.id) x").hasPrefix("invalid-argument"))
        }
    }
}
