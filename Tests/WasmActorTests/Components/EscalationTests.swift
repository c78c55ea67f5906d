import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Supervisors within supervisors, rules, and significant children.
@Suite(.timeLimit(.minutes(10))) struct EscalationTests {
    @Test func aSupervisorThatFallsBeginsAnewWithItsMailboxes() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let inner = SupervisorSpec("inner", intensity: 0, children: [.test("chaos/b"), .test("chaos/c")])
            let backOff = BackOff(first: .milliseconds(100), jitter: 0)
            let tree = try await world.system.start(
                SupervisorSpec("tree", backOff: backOff, children: [.test("chaos/a"), .supervisor(inner)])
            )
            for name in ["a", "b", "c"] { _ = try await world.actor("chaos/\(name)").ask("count") }
            #expect(await world.actor("chaos/b").refusal("trap") == .died(.trap(.unreachable)))
            let escalated = try await world.event { event -> ActorEvent? in
                if case .escalated = event { event } else { nil }
            }
            #expect(
                escalated
                    == .escalated("tree/inner", child: "test/chaos/b", reason: .trap(.unreachable), isExceeded: true)
            )
            let fallen = try #require(tree.supervisor("inner"))
            // Once it pauses, the times for the ends of its children are over.
            await until { fallen.supervisor.state.withLock { $0.pause != nil } }
            async let answer = world.actor("chaos/c").ask("count")
            await clock.waitForTimers(Timers.pause + Timers.ask)
            #expect(fallen.summary.status == .restarting)
            clock.advance(by: .milliseconds(100))
            #expect(try await answer == "1")
            let path = try await world.event(\.restartedSupervisor)
            #expect(path == "tree/inner")
            #expect(try await world.actor("chaos/a").ask("count") == "2")
            #expect(tree.supervisor("inner")?.summary.generation == 2)
            #expect(tree.summary.restarts == 1)
        }
    }

    @Test func escalationGoesUpToTheRoot() async throws {
        try await World.run { world in
            let inner = SupervisorSpec("inner", intensity: 0, children: [.test("chaos/b")])
            let middle = SupervisorSpec("middle", intensity: 0, children: [.supervisor(inner)])
            let tree = try await world.system.start(
                SupervisorSpec("tree", intensity: 0, children: [.test("chaos/a"), .supervisor(middle)])
            )
            #expect(await world.actor("chaos/b").refusal("trap") == .died(.trap(.unreachable)))
            #expect(await tree.ended() == .trap(.unreachable))
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func theChildrenOfADynamicSupervisorEndWithItsFall() async throws {
        try await World.run { world in
            let pool = SupervisorSpec("pool", strategy: .dynamic, intensity: 0)
            let tree = try await world.system.start(
                SupervisorSpec("tree", backOff: .none, children: [.supervisor(pool)])
            )
            let ref = try #require(tree.supervisor("pool"))
            try await ref.spawn(.test("chaos/a"))
            try await ref.spawn(.test("chaos/b"))
            _ = await world.actor("chaos/a").refusal("trap")
            let path = try await world.event(\.restartedSupervisor)
            #expect(path == "tree/pool")
            #expect(world.system.list().isEmpty)
            try await ref.spawn(.test("chaos/a"))
        }
    }

    @Test func aRuleStopsForOneReasonAndRestartsForAnother() async throws {
        try await World.run { world in
            let rules = [RestartRule(.trap(.stackOverflow), .stop)]
            try await world.system.start(
                SupervisorSpec("tree", backOff: .none, children: [.test("chaos/a", rules: rules), .test("chaos/b")])
            )
            let a = world.actor("chaos/a")
            try await world.crash("chaos/a")
            #expect(await a.refusal("recurse") == .died(.trap(.stackOverflow)))
            #expect(await a.ended() == .trap(.stackOverflow))
            #expect(try await world.actor("chaos/b").ask("count") == "1")
        }
    }

    @Test func aRuleEscalatesALimit() async throws {
        try await World.run { world in
            var options = ActorOptions.talkative
            options.limits.memoryBytes = 4 << 20
            let rules = [RestartRule(.limit(.memory), .escalate)]
            let tree = try await world.system.start(
                SupervisorSpec("tree", children: [.test("chaos/a"), .test("chaos/b", rules: rules, options: options)])
            )
            #expect(await world.actor("chaos/b").refusal("allocate") == .died(.limit(.memory)))
            #expect(await tree.ended() == .limit(.memory))
        }
    }

    @Test func aDenialStopsWhereThePolicyAndARuleSaySo() async throws {
        try await World.run { world in
            let strict = ActorOptions(onDenial: .stop)
            let rules = [RestartRule(.denied(.send), .stop)]
            try await world.system.start(
                SupervisorSpec("tree", children: [.test("relay/a", rules: rules, options: strict), .test("relay/b")])
            )
            let a = world.actor("relay/a")
            let denied = ExitReason.denied("messaging.send(test/relay/b)")
            #expect(await a.refusal("send test/relay/b hello") == .died(denied))
            #expect(await a.ended() == denied)
            #expect(try await world.actor("relay/b").ask("self") == "test/relay/b")
        }
    }

    @Test func withoutThePolicyADenialIsAnAnswer() async throws {
        try await World.run { world in
            try await world.system.start(SupervisorSpec("tree", children: [.test("relay/a", options: ActorOptions())]))
            let answer = try await world.actor("relay/a").ask("send test/relay/b hello")
            #expect(answer == "denied: messaging.send(test/relay/b)")
        }
    }

    @Test func aSignificantChildThatEndsWellEndsItsSupervisorAndATransientOneStaysEnded() async throws {
        try await World.run { world in
            let job = SupervisorSpec(
                "job",
                autoShutdown: .anySignificant,
                restart: .transient,
                children: [.test("chaos/a"), .test("relay/a", restart: .transient, isSignificant: true)]
            )
            let tree = try await world.system.start(
                SupervisorSpec("tree", children: [.test("chaos/b"), .supervisor(job)])
            )
            #expect(try await world.actor("relay/a").ask("exit normal") == "exiting")
            let path = try await world.event(\.endedSupervisor)
            #expect(path == "tree/job")
            await until { tree.supervisor("job") == nil }
            #expect(world.system.list().map(\.id) == [.test("chaos/b")])
            #expect(tree.summary.status == .running)
        }
    }

    @Test func aSupervisorOfSeveralSignificantChildrenEndsWithTheLastOfThem() async throws {
        try await World.run { world in
            let significant = ["a", "b"].map {
                SupervisorSpec.Child.test("relay/\($0)", restart: .transient, isSignificant: true)
            }
            let tree = try await world.system.start(
                SupervisorSpec("tree", autoShutdown: .allSignificant, children: significant + [.test("chaos/c")])
            )
            _ = try await world.actor("relay/a").ask("exit normal")
            await until { world.system.actor(.test("relay/a")) == nil }
            #expect(try await world.actor("chaos/c").ask("count") == "1")
            _ = try await world.actor("relay/b").ask("exit normal")
            #expect(await tree.ended() == .shutdown)
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func anUnhealthyChildIsAFallToItsSupervisor() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            var options = ActorOptions.talkative
            options.health = HealthPolicy(interval: .seconds(1), unhealthyAnswers: 1)
            try await world.system.start(
                SupervisorSpec(
                    "tree",
                    strategy: .oneForAll,
                    backOff: .none,
                    children: [.test("chaos/a"), .test("chaos/b", options: options)]
                )
            )
            #expect(try await world.actor("chaos/a").ask("count") == "1")
            _ = try await world.actor("chaos/b").ask("health unhealthy sick")
            await clock.waitForTimers(1)
            clock.advance(by: .seconds(1))
            try await world.restarted("chaos/b")
            // Its sibling began afresh with it.
            #expect(try await world.actor("chaos/a").ask("count") == "1")
        }
    }

    @Test func theTreePrintsWhoIsWhoseChild() async throws {
        try await World.run { world in
            let pool = SupervisorSpec("pool", strategy: .dynamic)
            let tree = try await world.system.start(
                SupervisorSpec(
                    "shop",
                    backOff: .none,
                    children: [.test("chaos/a"), .supervisor(pool), .test("relay/a")]
                )
            )
            try await tree.supervisor("pool")?.spawn(.test("counter/a"))
            try await world.spawn("counter", "free")
            _ = try await world.actor("relay/a").ask("spawn test/counter/kid counter")
            try await world.crash("chaos/a")
            let expected = """
                shop [oneForOne] running, generation 1, restarts 1
                ├─ test/chaos/a running, generation 2, restarts 1, mailbox 0
                ├─ pool [dynamic] running, generation 1, restarts 0
                │  └─ test/counter/a running, generation 1, restarts 0, mailbox 0
                └─ test/relay/a running, generation 1, restarts 0, mailbox 0
                   └─ test/counter/kid running, generation 1, restarts 0, mailbox 0
                test/counter/free running, generation 1, restarts 0, mailbox 0
                """
            #expect(world.system.tree.description == expected)
        }
    }
}
