import TestSupport
import Testing
import WasmActor
import WasmActorTestKit
import WasmCore

/// Probes: actors that a test controls, and events that it expects.
@Suite(.timeLimit(.minutes(10))) struct ProbeTests {
    private static func run(_ body: @escaping @Sendable (ActorSystem, SeededScheduler) async throws -> Void) throws {
        for seed in 0..<UInt64(5) {
            try SeededScheduler.run(seed: seed, Seeds.configuration()) { scheduler in
                let system = try scheduler.makeSystem()
                try await body(system, scheduler)
                await system.shutdown()
            }
        }
    }

    @Test func aGuestsRequestReachesAProbeAndItsAnswerTheGuest() throws {
        try Self.run { system, _ in
            let relay = try await system.spawn("relay")
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            async let answer = relay.ask("ask \(probe.id) how are you")
            let message = try await probe.expectMessage { $0.text == "how are you" }
            #expect(message.sender == relay.id)
            try probe.reply(to: message, Array("fine".utf8))
            #expect(try await answer == "fine")
            #expect(throws: MessagingError.self) { try probe.reply(to: message, []) }
        }
    }

    @Test func aProbeMayBeTheChildOfASupervisor() throws {
        try Self.run { system, _ in
            let (standIn, ids) = (ActorProbe.StandIn(), [try ActorID("test/probe/1"), try ActorID("test/chaos/1")])
            #expect(throws: ActorSystemError.self) { try ActorProbe(standIn, as: ids[0], in: system) }
            let children = [
                ChildSpec(id: ids[0], component: standIn.component),
                ChildSpec(id: ids[1], component: .bytes(try Fixture.bytes("chaos"))),
            ]
            try await system.start(
                SupervisorSpec("tree", strategy: .oneForAll, children: children.map { .actor($0) })
            )
            let probe = try ActorProbe(standIn, as: ids[0], in: system)
            try await probe.ref.tell("first")
            #expect(try await probe.expectMessage().text == "first")
            // It falls and comes back with its sibling.
            probe.react { $0.text == "crash" ? .crash(.failed("told to")) : .keep }
            await #expect(throws: MessagingError.died(.failed("told to"))) { try await probe.ref.ask("crash") }
            let chaos = try #require(system.actor(ids[1]))
            #expect(try await chaos.ask("count") == "1")
            #expect(probe.generation == 2 && chaos.summary.generation == 2)
            try await probe.ref.tell("second")
            #expect(try await probe.expectMessage { $0.text == "second" }.sender == nil)
            // What stands in for a component may be spawned alone, too.
            let other = ActorProbe.StandIn()
            other.react { .reply($0.payload) }
            let echo = try await system.spawn(ActorID("test/echo/1"), from: other.component)
            #expect(try await echo.ask("hello") == "hello")
        }
    }

    @Test func aMessageThatNobodyAskedForAnAnswerToIsKeptWithoutOne() throws {
        try Self.run { system, _ in
            let relay = try await system.spawn("relay")
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            #expect(try await relay.ask("send \(probe.id) first") == "sent")
            #expect(try await relay.ask("send \(probe.id) second") == "sent")
            let second = try await probe.expectMessage { $0.text == "second" }
            #expect(second.correlationID == nil)
            #expect(throws: MessagingError.self) { try probe.reply(to: second, []) }
            #expect(probe.messages.map(\.text) == ["first"])
        }
    }

    @Test func aMissingMessageIsAnErrorThatShowsWhatCame() throws {
        try Self.run { system, scheduler in
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            try await probe.ref.tell("other")
            let start = scheduler.now
            let error = await #expect(throws: ExpectationError.self) {
                try await probe.expectMessage(within: .seconds(3)) { $0.text == "wanted" }
            }
            #expect(error?.kind == .timeout)
            #expect(error?.seen.count == 1)
            #expect(scheduler.now - start >= .seconds(3))
            let unexpected = await #expect(throws: ExpectationError.self) {
                try await probe.expectNoMessage(within: .seconds(1))
            }
            #expect(unexpected?.kind == .unexpected)
            try await probe.expectNoMessage(within: .seconds(1)) { $0.text == "wanted" }
        }
    }

    @Test func aProbeReactsAsItIsTold() throws {
        try Self.run { system, _ in
            let probe = try await ActorProbe(
                ActorID("test/probe/1"),
                in: system,
                options: ActorOptions(restart: RestartPolicy(.permanent, backOff: .none))
            )
            probe.react { message in
                switch message.text {
                case "reply": .reply(Array("replied".utf8))
                case "fail": .fail(.failed("told to"))
                case "crash": .crash(.trap(.unreachable))
                default: .keep
                }
            }
            let relay = try await system.spawn("relay")
            #expect(try await relay.ask("ask \(probe.id) reply") == "replied")
            #expect(try await relay.ask("ask \(probe.id) fail") == "guest-error: failed: told to")
            #expect(try await relay.ask("ask \(probe.id) crash") == "died: trap unreachable")
            #expect(try await relay.ask("ask \(probe.id) reply") == "replied")
            #expect(probe.generation == 2)
            #expect(probe.messages.isEmpty)
        }
    }

    @Test func aProbeAsksSendsAndPublishes() throws {
        try Self.run { system, _ in
            let counter = try await system.spawn("counter")
            let relay = try await system.spawn("relay")
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            try await probe.send(to: counter.id, Array("increment 4".utf8))
            #expect(try await probe.request(counter.id, Array("increment".utf8)) == Array("5".utf8))
            let request = try probe.requestLater(counter.id, Array("get".utf8))
            #expect(try await probe.expectResponse(to: request) == .success(Array("5".utf8)))
            #expect(try await probe.request(relay.id, Array("sender".utf8)) == Array("test/probe/1".utf8))
            try probe.subscribe(to: Pattern("news/*"))
            #expect(try await relay.ask("publish news/today rain") == "1")
            let news = try await probe.expectMessage()
            #expect(news.topic == "news/today")
            #expect(news.text == "rain")
            try probe.unsubscribe(from: Pattern("news/*"))
            #expect(try probe.publish("news/today", []) == 0)
        }
    }

    @Test func aProbeIsToldOfTheEndOfWhomItWatches() throws {
        try Self.run { system, _ in
            let chaos = try await system.spawn("chaos", options: ActorOptions(restart: .temporary))
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            try probe.watch(chaos.id)
            try await chaos.tell("trap")
            #expect(try await probe.expectDown(of: chaos.id) == .trap(.unreachable))
            try probe.watch(chaos.id)
            #expect(try await probe.expectDown(of: chaos.id) == .trap(.unreachable))
        }
    }

    @Test func aGuestIsToldOfTheEndOfAProbe() throws {
        try Self.run { system, _ in
            let relay = try await system.spawn("relay")
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            #expect(try await relay.ask("watch \(probe.id)") == "done")
            try probe.exit(.failed("over"))
            #expect(await probe.ref.ended() == .failed("over"))
            #expect(try await relay.ask("notes") == "down test/probe/1 failed over")
            await #expect(throws: MessagingError.died(.failed("over"))) { try await probe.send(to: relay.id, []) }
        }
    }

    @Test func aProbeIsStoppedKilledAndAskedForItsHealthLikeAnyActor() throws {
        try Self.run { system, _ in
            let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
            #expect(try await probe.ref.health() == .healthy)
            probe.feel(.unhealthy("tired"))
            #expect(try await probe.ref.health() == .unhealthy("tired"))
            #expect(await probe.ref.stop() == .shutdown)
            let again = try await ActorProbe(ActorID("test/probe/1"), in: system)
            #expect(await again.ref.kill() == .killed)
            #expect(system.list().isEmpty)
        }
    }

    @Test func eventsAreExpectedInTheirOrder() throws {
        try Self.run { system, _ in
            let events = EventProbe(system)
            let chaos = try await system.spawn(
                "chaos",
                options: ActorOptions(restart: RestartPolicy(.permanent, backOff: .none))
            )
            try await chaos.tell("trap")
            try await events.expectSequence([
                { if case .spawned(chaos.id, _) = $0 { true } else { false } },
                {
                    if case .crashed(chaos.id, generation: 1, reason: .trap(.unreachable), _) = $0 {
                        true
                    } else {
                        false
                    }
                },
                { if case .restarted(chaos.id, generation: 2) = $0 { true } else { false } },
            ])
            #expect(events.pending.isEmpty)
            try await chaos.tell("error x")
            let error = try await events.expectValue { event -> ActorError? in
                if case .guestError(chaos.id, let error) = event { error } else { nil }
            }
            #expect(error == .failed("x"))
        }
    }

    @Test func anEventThatDoesNotComeIsAnErrorThatShowsWhatDid() throws {
        try Self.run { system, _ in
            let events = EventProbe(system)
            let counter = try await system.spawn("counter")
            let error = await #expect(throws: ExpectationError.self) {
                try await events.expect { if case .restarted(counter.id, generation: 2) = $0 { true } else { false } }
            }
            #expect(error?.kind == .timeout)
            #expect(error?.seen.count == 1)
            #expect(error?.description.contains("spawned") == true)
            // What was not met has skipped nothing.
            try await events.expect { if case .spawned(counter.id, _) = $0 { true } else { false } }
            try await events.expectNone(within: .seconds(1)) { _ in true }
        }
    }

    @Test func onAManualClockAnExpectationWaitsForTheTest() async throws {
        let clock = ManualClock()
        let system = try ActorSystem(.init(clock: clock, log: MemoryLog(), health: .never))
        let probe = try await ActorProbe(ActorID("test/probe/1"), in: system)
        async let waiting = probe.expectMessage(within: .seconds(10))
        await clock.waitForTimers(1)
        clock.advance(by: .seconds(9))
        try await probe.ref.tell("in time")
        #expect(try await waiting.text == "in time")
        #expect(clock.pendingTimers == 0)
        async let none: Void = probe.expectNoMessage(within: .seconds(10))
        await clock.waitForTimers(1)
        clock.advance(by: .seconds(10))
        try await none
        await probe.ref.kill()
        await system.shutdown()
    }

    @Test func logEntriesAndDecisionsAreKeptAndWaitedFor() throws {
        try SeededScheduler.run(seed: 1, Seeds.configuration()) { scheduler in
            let (log, audit) = (MemoryLog(), MemoryAudit())
            let system = try scheduler.makeSystem(.init(audit: audit, log: log))
            let relay = try await system.spawn("relay", options: ActorOptions())
            try await relay.tell("log warning low on ink")
            let entry = try await log.expect(within: .seconds(1), on: scheduler) { $0.level == .warning }
            #expect(entry.message == "low on ink")
            #expect(log.entries.map(\.message) == ["low on ink"])
            try await relay.tell("ask test/nobody/1 x")
            let record = try await audit.expect(within: .seconds(1), on: scheduler) { !$0.isAllowed }
            #expect(record.actor == relay.id)
            #expect(audit.records.count == 1)
            await system.shutdown()
        }
    }
}
