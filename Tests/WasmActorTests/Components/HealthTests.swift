import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Actors that are asked how they feel.
@Suite(.timeLimit(.minutes(10))) struct HealthTests {
    private func options(unhealthy: Int? = 2, degraded: Int? = nil) -> ActorOptions {
        var options = ActorOptions.quick
        options.health = HealthPolicy(
            interval: .seconds(1),
            unhealthyAnswers: unhealthy,
            degradedAnswers: degraded
        )
        return options
    }

    private func change(_ world: World) async throws -> ActorHealth {
        try await world.event { if case .healthChanged(_, let health) = $0 { health } else { nil } }
    }

    private func fall(_ world: World) async throws -> ExitReason {
        try await world.event { if case .crashed(_, _, let reason, _) = $0 { reason } else { nil } }
    }

    @Test func everyChangeIsAnEventAndIsShown() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: options())
            #expect(chaos.summary.health == nil)
            for (told, health) in [("degraded tired", ActorHealth.degraded("tired")), ("healthy", .healthy)] {
                _ = try await chaos.ask("health \(told)")
                clock.advance(by: .seconds(1))
                #expect(try await change(world) == health)
                #expect(chaos.summary.health == health)
                await clock.waitForTimers(1)
            }
            #expect(chaos.summary.restarts == 0)
        }
    }

    @Test func soManyUnhealthyAnswersInARowMakeItFall() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: options())
            _ = try await chaos.ask("health unhealthy sick")
            clock.advance(by: .seconds(1))
            #expect(try await change(world) == .unhealthy("sick"))
            await clock.waitForTimers(1)
            clock.advance(by: .seconds(1))
            #expect(try await fall(world) == .failed("unhealthy: sick"))
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            // The fresh instance feels well, and begins to count anew.
            await clock.waitForTimers(1)
            clock.advance(by: .seconds(1))
            #expect(try await change(world) == .healthy)
            #expect(chaos.summary.generation == 2)
        }
    }

    @Test func aDegradedActorFallsWhereThePolicySaysSo() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: options(degraded: 1))
            _ = try await chaos.ask("health degraded slow")
            clock.advance(by: .seconds(1))
            #expect(try await fall(world) == .failed("degraded: slow"))
        }
    }

    @Test func thereIsOneTimerWhileAnInstanceRunsAndNoneOtherwise() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            var options = options()
            options.restart = RestartPolicy(
                .permanent,
                period: .seconds(60),
                backOff: BackOff(first: .seconds(5), jitter: 0)
            )
            let chaos = try await world.spawn("chaos", options: options)
            #expect(clock.pendingTimers == 1)
            _ = await chaos.refusal("trap")
            // The pause.
            #expect(clock.pendingTimers == 1)
            clock.advance(by: .seconds(5))
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            #expect(clock.pendingTimers == 1)
            await chaos.stop()
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func beingAskedKeepsNobodyInMemoryAndWhoIsNotThereIsNotAsked() async throws {
        let clock = ManualClock()
        let residency = Residency(idleTime: .seconds(3))
        try await World(clock: clock, ownEngine: true, residency: residency).run { world in
            let policy = HealthPolicy(interval: .seconds(2))
            let tally = try await world.spawn("tally", options: ActorOptions(health: policy))
            await until { tally.cell.idleSince != nil }
            clock.advance(by: .seconds(2))
            await until { tally.summary.health == .healthy && tally.cell.idleSince != nil }
            clock.advance(by: .seconds(1))
            await until { tally.status == .passive && clock.pendingTimers == 0 }
            _ = try await tally.ask("add 1")
            // The next question, and the look at who is idle.
            await clock.waitForTimers(2)
        }
    }

    @Test func aBusyActorIsAskedOnceAfterItsTurn() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock, ownEngine: true) { world in
            let chaos = try await world.spawn("chaos", options: options())
            _ = try await chaos.ask("health degraded tired")
            async let slept = chaos.ask("sleep 10000")
            await clock.waitForTimers(1 + Timers.sleepingAsk)
            let turns = world.engine.metrics.turns
            clock.advance(by: .seconds(10))
            #expect(try await slept == "slept")
            #expect(try await change(world) == .degraded("tired"))
            #expect(world.engine.metrics.turns == turns + 1)
        }
    }

    @Test func theSystemsPolicyHoldsWhereTheOptionsSayNothing() async throws {
        let clock = ManualClock()
        let system = try ActorSystem(.init(engine: try World().engine, clock: clock))
        let id = try ActorID("test/chaos/1")
        let chaos = try await system.spawn(id, bytes: Fixture.bytes("chaos"))
        #expect(clock.pendingTimers == 1)
        clock.advance(by: .milliseconds(29_999))
        #expect(chaos.summary.health == nil)
        clock.advance(by: .milliseconds(1))
        await until { chaos.summary.health == .healthy }
        await system.shutdown()
        #expect(clock.pendingTimers == 0)
    }

    @Test func aPolicyThatMakesNoSenseIsRefused() async throws {
        try await World.run { world in
            for policy in [HealthPolicy(interval: .zero), HealthPolicy(unhealthyAnswers: 0)] {
                let error = await #expect(throws: ActorSystemError.self) {
                    try await world.spawn("chaos", options: ActorOptions(health: policy))
                }
                #expect(error?.code == .invalidOptions)
                #expect(throws: ActorSystemError.self) { try ActorSystem(.init(engine: world.engine, health: policy)) }
            }
        }
    }
}
