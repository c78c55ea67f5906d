import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Trees of real guests: starts, strategies, pauses, intensity.
@Suite(.timeLimit(.minutes(10))) struct SupervisorTests {
    private static let three: [SupervisorSpec.Child] = [.test("chaos/a"), .test("chaos/b"), .test("chaos/c")]

    /// Has `b` of three children fall, and says how many messages each of their instances has had then.
    private func counts(_ strategy: Strategy) async throws -> (counts: [String], restarted: [String]) {
        var result: (counts: [String], restarted: [String]) = ([], [])
        try await World.run { world in
            try await world.system.start(
                SupervisorSpec("tree", strategy: strategy, backOff: .none, children: Self.three)
            )
            for name in ["a", "b", "c"] { #expect(try await world.actor("chaos/\(name)").ask("count") == "1") }
            let last = strategy == .oneForOne ? "chaos/b" : "chaos/c"
            #expect(await world.actor("chaos/b").refusal("trap") == .died(.trap(.unreachable)))
            result.restarted = await world.order(of: \.restartedActor) { $0.restartedActor == .test(last) }
            result.counts = try await ["a", "b", "c"].asyncMap { try await world.actor("chaos/\($0)").ask("count") }
        }
        return result
    }

    @Test func oneForOneGivesFreshMemoryToTheFallenChildAlone() async throws {
        let result = try await counts(.oneForOne)
        #expect(result.restarted == ["chaos/b"])
        #expect(result.counts == ["2", "1", "2"])
    }

    @Test func oneForAllGivesFreshMemoryToAllInOrder() async throws {
        let result = try await counts(.oneForAll)
        #expect(result.restarted == ["chaos/a", "chaos/b", "chaos/c"])
        #expect(result.counts == ["1", "1", "1"])
    }

    @Test func restForOneLeavesThoseBeforeTheirMemory() async throws {
        let result = try await counts(.restForOne)
        #expect(result.restarted == ["chaos/b", "chaos/c"])
        #expect(result.counts == ["2", "1", "1"])
    }

    @Test func dynamicChildrenComeAndGoOneByOne() async throws {
        try await World.run { world in
            let tree = try await world.system.start(SupervisorSpec("tree", strategy: .dynamic, backOff: .none))
            let a = try await tree.spawn(.test("chaos/a"))
            let b = try await tree.spawn(.test("chaos/b"))
            _ = try await [a, b].asyncMap { try await $0.ask("count") }
            try await world.crash("chaos/b")
            #expect(try await a.ask("count") == "2")
            #expect(try await b.ask("count") == "1")
            #expect(await tree.stop(a.id) == .shutdown)
            #expect(await tree.stop(a.id) == nil)
            #expect(world.system.list().map(\.id) == [b.id])
            try await tree.spawn(.test("chaos/a"))
            #expect(try await world.actor("chaos/a").ask("count") == "1")
        }
    }

    @Test func whoJoinsASupervisorThatEndsFirstIsToldSo() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let backOff = BackOff(first: .seconds(1), jitter: 0)
            let tree = try await world.system.start(
                SupervisorSpec("tree", strategy: .oneForAll, backOff: backOff, children: [.test("chaos/a")])
            )
            _ = await world.actor("chaos/a").refusal("trap")
            await clock.waitForTimers(Timers.pause)
            let joined = Task { try await tree.spawn(.test("chaos/b")) }
            await until { tree.supervisor.state.withLock { $0.machine.children.count } == 2 }
            #expect(await tree.stop() == .shutdown)
            await #expect(throws: ActorSystemError.self) { try await joined.value }
        }
    }

    @Test func aGuestErrorKillsNothing() async throws {
        try await World.run { world in
            let tree = try await world.system.start(
                SupervisorSpec("tree", strategy: .oneForAll, intensity: 0, children: Self.three)
            )
            let b = world.actor("chaos/b")
            #expect(await b.refusal("error no") == .guestError(.failed("no")))
            #expect(try await b.ask("count") == "2")
            #expect(tree.summary.restarts == 0)
        }
    }

    @Test func messagesWaitForARestartAndSiblingsGoOnMeanwhile() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let backOff = BackOff(first: .milliseconds(100), jitter: 0)
            try await world.system.start(SupervisorSpec("tree", backOff: backOff, children: Self.three))
            for (name, pause) in [("b", 100), ("a", 200)] {
                #expect(await world.actor("chaos/\(name)").refusal("trap") == .died(.trap(.unreachable)))
                let after = try await world.event { event -> Duration? in
                    if case .restarting(.test("chaos/\(name)"), generation: 2, let after) = event { after } else { nil }
                }
                #expect(after == .milliseconds(pause))
            }
            async let answer = world.actor("chaos/b").ask("echo still here")
            await clock.waitForTimers(2 * Timers.pause + Timers.ask)
            #expect(try await world.actor("chaos/c").ask("count") == "1")
            #expect(world.actor("chaos/a").status == .restarting)
            clock.advance(by: .milliseconds(100))
            #expect(try await answer == "still here")
            #expect(world.actor("chaos/a").status == .restarting)
            clock.advance(by: .milliseconds(100))
            #expect(try await world.actor("chaos/a").ask("count") == "1")
        }
    }

    @Test func oneRestartTooManyEndsTheTreeInReverseOrder() async throws {
        try await World.run { world in
            let tree = try await world.system.start(
                SupervisorSpec("tree", intensity: 1, backOff: .none, children: Self.three)
            )
            try await world.crash("chaos/b")
            #expect(await world.actor("chaos/b").refusal("trap") == .died(.trap(.unreachable)))
            #expect(await tree.ended() == .trap(.unreachable))
            let ends = await world.order(of: \.endedActor) { $0.endedSupervisor == "tree" }
            #expect(ends == ["chaos/c", "chaos/b", "chaos/a"])
            #expect(world.system.list().isEmpty)
            #expect(world.system.tree.roots.isEmpty)
            await #expect { try await tree.spawn(.test("chaos/d")) } throws: {
                ($0 as? ActorSystemError)?.code == .notRunning
            }
        }
    }

    @Test func aStartThatFailsLeavesNothingAndSaysWhy() async throws {
        try await World.run { world in
            let refusing = ActorOptions(arguments: Array("refuse not today".utf8))
            let spec = SupervisorSpec("tree", children: [.test("chaos/a"), .test("chaos/b", options: refusing)])
            let error = await #expect(throws: ActorSystemError.self) { try await world.system.start(spec) }
            #expect(error?.code == .startFailed)
            #expect(error?.actor == .test("chaos/b"))
            #expect(error?.exitReason == .failed("not today"))
            #expect(world.system.list().isEmpty)
            #expect(world.system.tree.roots.isEmpty)
            try await world.system.start(SupervisorSpec("tree", children: Self.three))
        }
    }

    @Test func anIdOrANameThatIsTakenFailsTheStart() async throws {
        try await World.run { world in
            try await world.spawn("chaos", "b")
            let taken = await #expect(throws: ActorSystemError.self) {
                try await world.system.start(SupervisorSpec("tree", children: Self.three))
            }
            #expect(taken?.code == .nameTaken)
            #expect(world.system.list().map(\.id) == [.test("chaos/b")])
            try await world.system.start(SupervisorSpec("tree", children: [.test("chaos/a")]))
            let twice = await #expect(throws: ActorSystemError.self) {
                try await world.system.start(SupervisorSpec("tree"))
            }
            #expect(twice?.code == .nameTaken)
        }
    }

    @Test func aNameThatNoSourceKnowsAndASpecThatMakesNoSenseAreToldBeforeAnythingStarts() async throws {
        try await World.run { world in
            let unknown = await #expect(throws: ActorSystemError.self) {
                try await world.system.start(SupervisorSpec("tree", children: [.test("chaos/a"), .test("nobody/a")]))
            }
            #expect(unknown?.code == .unknownComponent)
            let twice = await #expect(throws: ActorSystemError.self) {
                try await world.system.start(SupervisorSpec("tree", children: [.test("chaos/a"), .test("chaos/a")]))
            }
            #expect(twice?.code == .invalidOptions)
            #expect(twice?.message.contains("children[1].id") == true)
            #expect(world.system.metrics.messagesAccepted == 0)
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func whatTheHostKillsIsNotStartedAgain() async throws {
        try await World.run { world in
            let tree = try await world.system.start(
                SupervisorSpec("tree", strategy: .oneForAll, children: Self.three)
            )
            #expect(await world.actor("chaos/b").kill() == .killed)
            #expect(try await world.actor("chaos/a").ask("count") == "1")
            #expect(tree.tree.children.count == 2)
            #expect(tree.summary.restarts == 0)
        }
    }

    @Test(arguments: [Strategy.oneForOne, .oneForAll, .restForOne])
    func whatTheHostKillsOrStopsItMayStartAgainAtItsPlace(strategy: Strategy) async throws {
        try await World.run { world in
            let inner = SupervisorSpec("inner", strategy: strategy, backOff: .none, children: Self.three)
            let tree = try await world.system.start(SupervisorSpec("tree", children: [.supervisor(inner)]))
            let supervisor = try #require(world.system.supervisor(of: .test("chaos/b")))
            #expect(supervisor.path == "tree/inner")
            let b = world.actor("chaos/b")
            await b.kill()
            #expect(world.system.supervisor(of: b.id) == supervisor)
            let again = try await supervisor.restart(b.id)
            #expect(try await again.ask("count") == "1")
            #expect(supervisor.summary.restarts == 0)
            let ids = supervisor.tree.children.map { child -> ActorID? in
                if case .actor(let actor, _) = child { actor.id } else { nil }
            }
            #expect(ids == ["a", "b", "c"].map { .test("chaos/\($0)") })
            // It is what it was: a child that comes back when it falls.
            try await world.crash("chaos/b")
            await supervisor.stop(b.id)
            try await supervisor.restart(b.id)
            #expect(try await world.actor("chaos/b").ask("count") == "1")
            #expect(tree.summary.status == .running)
        }
    }

    @Test func whatRunsOrIsUnknownIsNotStartedAgain() async throws {
        try await World.run { world in
            let tree = try await world.system.start(SupervisorSpec("tree", children: Self.three))
            try await tree.spawn(.test("chaos/joined"))
            try await world.spawn("chaos", "free")
            for (id, code) in [("a", ActorSystemError.Code.nameTaken), ("joined", .notFound), ("free", .notFound)] {
                let error = await #expect(throws: ActorSystemError.self) {
                    try await tree.restart(.test("chaos/\(id)"))
                }
                #expect(error?.code == code)
            }
            await world.actor("chaos/a").kill()
            // Another one has its name meanwhile.
            let other = try await world.spawn("chaos", "a")
            let taken = await #expect(throws: ActorSystemError.self) { try await tree.restart(other.id) }
            #expect(taken?.code == .nameTaken)
            await other.kill()
            try await tree.restart(other.id)
            await tree.stop()
            let error = await #expect(throws: ActorSystemError.self) { try await tree.restart(other.id) }
            #expect(error?.code == .notRunning)
            #expect(world.system.supervisor(of: .test("chaos/free")) == nil)
        }
    }
}
