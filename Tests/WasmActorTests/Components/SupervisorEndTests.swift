import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// How trees end.
@Suite(.timeLimit(.minutes(10))) struct SupervisorEndTests {
    private static let three: [SupervisorSpec.Child] = [.test("chaos/a"), .test("chaos/b"), .test("chaos/c")]

    @Test func aTreeStopsInReverseOrder() async throws {
        try await World.run { world in
            let inner = SupervisorSpec("inner", children: [.test("counter/a"), .test("counter/b")])
            let tree = try await world.system.start(
                SupervisorSpec("tree", children: [.test("chaos/a"), .supervisor(inner), .test("chaos/b")])
            )
            #expect(await tree.stop() == .shutdown)
            let ends = await world.order(of: \.endedActor) { $0.endedSupervisor == "tree" }
            #expect(ends == ["chaos/b", "counter/b", "counter/a", "chaos/a"])
            #expect(world.system.tree.roots.isEmpty)
        }
    }

    @Test func aChildThatTakesTooLongIsKilled() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let slow = SupervisorSpec.Child.test("chaos/b", shutdown: .within(.seconds(1)))
            let tree = try await world.system.start(
                SupervisorSpec("tree", children: [.test("chaos/a"), slow])
            )
            _ = try await world.actor("chaos/b").ask("shutdown sleep 3600000")
            async let end = tree.stop()
            await clock.waitForTimers(Timers.sleep + 1)
            clock.advance(by: .seconds(1))
            #expect(await end == .shutdown)
            var reasons: [ExitReason] = []
            for await event in world.events {
                if case .ended(_, let reason) = event { reasons.append(reason) }
                if event.endedSupervisor != nil { break }
            }
            #expect(reasons == [.killed, .shutdown])
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aStopDuringAPauseWaitsForNothing() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let inner = SupervisorSpec("inner", intensity: 0, children: [.test("chaos/a")])
            let tree = try await world.system.start(SupervisorSpec("tree", children: [.supervisor(inner)]))
            _ = await world.actor("chaos/a").refusal("trap")
            let fallen = try #require(tree.supervisor("inner"))
            await until { fallen.supervisor.state.withLock { $0.pause != nil } }
            #expect(await tree.stop() == .shutdown)
            #expect(clock.pendingTimers == 0)
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func aShutdownStopsTheTreesInTheReverseOrderOfTheirStart() async throws {
        let world = try World()
        for name in ["a", "b"] {
            let children: [SupervisorSpec.Child] = [.test("chaos/\(name)1"), .test("chaos/\(name)2")]
            try await world.system.start(SupervisorSpec("tree-\(name)", children: children))
        }
        let report = await world.system.shutdown()
        #expect(report.stopped.count == 4)
        let ends = await world.order(of: \.endedActor) { _ in false }
        #expect(ends == ["chaos/b2", "chaos/b1", "chaos/a2", "chaos/a1"])
    }

    @Test func aShutdownKillsATreeThatTakesTooLong() async throws {
        let clock = ManualClock()
        let world = try World(clock: clock)
        try await world.system.start(SupervisorSpec("tree", children: Self.three))
        _ = try await world.actor("chaos/c").ask("shutdown sleep 3600000")
        async let report = world.system.shutdown(grace: .seconds(5))
        await clock.waitForTimers(Timers.grace + Timers.sleep + 1)
        clock.advance(by: .seconds(5))
        #expect(await report.cutOff[.test("chaos/c")] == .killed)
        #expect(clock.pendingTimers == 0)
    }

    @Test func aCancelledStartLeavesNothing() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let sleepy = ActorOptions(arguments: Array("sleep 3600000".utf8))
            let spec = SupervisorSpec("tree", children: [.test("chaos/a"), .test("chaos/b", options: sleepy)])
            let start = Task { try await world.system.start(spec) }
            await clock.waitForTimers(Timers.sleep)
            start.cancel()
            let error = await #expect(throws: ActorSystemError.self) { try await start.value }
            #expect(error?.code == .cancelled)
            #expect(world.system.list().isEmpty)
            #expect(world.system.tree.roots.isEmpty)
        }
    }
}
