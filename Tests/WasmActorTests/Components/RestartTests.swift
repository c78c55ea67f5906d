import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// What happens when an instance ends: restarts, pauses, intensity, limits.
@Suite(.timeLimit(.minutes(10))) struct RestartTests {
    /// Begins again after 50 ms, without jitter.
    private static let paused = ActorOptions(
        grants: .all,
        restart: RestartPolicy(.permanent, intensity: 2, backOff: BackOff(first: .milliseconds(50), jitter: 0))
    )

    @Test func aRestartHasFreshMemoryAndTheSameIdentity() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: .quick)
            for count in 1...3 { #expect(try await chaos.ask("count") == "\(count)") }
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            #expect(try await chaos.ask("count") == "1")
            #expect(chaos.summary.generation == 2)
            #expect(world.system.actor(chaos.id) == chaos)
        }
    }

    @Test func aRuleEndsAnActorThatItsKindWouldStartAgain() async throws {
        try await World.run { world in
            let rules = [RestartRule(.trap(.stackOverflow), .stop), RestartRule(.failed, .escalate)]
            var options = ActorOptions(grants: .all)
            options.restart = RestartPolicy(.permanent, rules: rules, intensity: 100, backOff: .none)
            let chaos = try await world.spawn("chaos", options: options)
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            #expect(try await chaos.ask("count") == "1")
            #expect(await chaos.refusal("recurse") == .died(.trap(.stackOverflow)))
            #expect(await chaos.ended() == .trap(.stackOverflow))
            let relay = try await world.spawn("relay", options: options)
            _ = try await relay.ask("exit failed told to")
            #expect(await relay.ended() == .failed("told to"))
        }
    }

    @Test func theGuestIsToldItsGenerationAndItsArgumentsAgain() async throws {
        try await World.run { world in
            var options = ActorOptions.quick
            options.arguments = Array("40".utf8)
            options.limits.cpuTime = 20_000_000
            let counter = try await world.spawn("counter", options: options)
            #expect(try await counter.ask("increment") == "41")
            counter.cell.state.withLock { $0.instance }?.interrupt(.hostError("test"))
            #expect(await counter.refusal("get") == .died(.hostError("test")))
            #expect(try await counter.ask("get") == "40")
            #expect(try await counter.ask("generation") == "2")
        }
    }

    @Test func queuedMessagesSurviveAndTheFatalOneIsADeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: Self.paused)
            async let slept = chaos.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            try await chaos.tell("trap")
            async let echo = chaos.ask("echo still here")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            let pause = try await world.event { event -> Duration? in
                if case .restarting(chaos.id, generation: 2, after: let pause) = event { pause } else { nil }
            }
            #expect(pause == .milliseconds(50))
            #expect(chaos.status == .restarting)
            await clock.waitForTimers(Timers.ask + Timers.pause)
            clock.advance(by: .milliseconds(50))
            #expect(try await echo == "still here")
            let letters = world.system.deadLetters.kept
            #expect(letters.map(\.reason) == [.crashed(.trap(.unreachable))])
            #expect(letters.map(\.message.payload) == [Array("trap".utf8)])
            #expect(letters.map(\.target) == [chaos.id])
        }
    }

    @Test func aThousandSpawnsAndAHundredRestartsCompileOnce() async throws {
        try await World.run(ownEngine: true) { world in
            for number in 0..<1000 { try await world.spawn("chaos", String(number), options: .quick) }
            for number in 0..<100 {
                let chaos = try #require(world.system.actor(ActorID("test/chaos/\(number)")))
                #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
                #expect(try await chaos.ask("count") == "1")
            }
            #expect(world.engine.metrics.compilations == 1)
            #expect(world.engine.metrics.instantiations == 1100)
            #expect(world.engine.metrics.liveInstances == 1000)
            #expect(world.system.metrics.restarts == 100)
        }
    }

    @Test func aPauseHoldsUpNobodyElse() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: Self.paused)
            let counter = try await world.spawn("counter")
            _ = await chaos.refusal("trap")
            #expect(chaos.status == .restarting)
            #expect(try await counter.ask("increment") == "1")
            #expect(chaos.status == .restarting)
        }
    }

    @Test func tooManyRestartsEndTheActorWithItsReason() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: Self.paused)
            for pause in [50, 100] {
                #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
                await clock.waitForTimers(Timers.pause)
                clock.advance(by: .milliseconds(pause))
                #expect(try await chaos.ask("count") == "1")
            }
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            #expect(await chaos.ended() == .trap(.unreachable))
            let exhausted = try await world.event { event -> ExitReason? in
                if case .restartsExhausted(chaos.id, let reason) = event { reason } else { nil }
            }
            #expect(exhausted == .trap(.unreachable))
            #expect(await chaos.refusal("count") == .died(.trap(.unreachable)))
            #expect(world.system.metrics.restarts == 2)
            #expect(world.system.metrics.crashes == 3)
        }
    }

    @Test func aTemporaryActorIsNotRestarted() async throws {
        try await World.run(ownEngine: true) { world in
            let chaos = try await world.spawn("chaos", options: ActorOptions(restart: .temporary))
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            #expect(await chaos.ended() == .trap(.unreachable))
            #expect(world.system.list().isEmpty)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test(arguments: [
        ("trap", ExitReason.trap(.unreachable)), ("oob", .trap(.memoryOutOfBounds)),
        ("null", .trap(.indirectCallToNull)), ("recurse", .trap(.stackOverflow)), ("allocate", .limit(.memory)),
        ("loop", .limit(.cpuTime)),
    ])
    func everyAbnormalEndIsNamedAndFollowedByAFreshInstance(_ message: String, _ reason: ExitReason) async throws {
        try await World.run { world in
            var options = ActorOptions.quick
            // A busy machine takes its time for the others.
            if reason == .limit(.cpuTime) { options.limits.cpuTime = 50_000_000 }
            options.limits.memoryBytes = 4 << 20
            let chaos = try await world.spawn("chaos", options: options)
            #expect(await chaos.refusal(message) == .died(reason))
            let crash = try await world.event { event -> ExitReason? in
                if case .crashed(chaos.id, generation: 1, reason: let reason, _) = event { reason } else { nil }
            }
            #expect(crash == reason)
            #expect(try await chaos.ask("count") == "1")
        }
    }

    @Test func spentFuelIsFollowedByAFreshInstanceWithNewFuel() async throws {
        try await World.run(ownEngine: true) { world in
            var options = ActorOptions.quick
            options.limits.fuelPerTurn = 3_000_000
            let chaos = try await world.spawn("chaos", options: options)
            #expect(try await chaos.ask("count") == "1")
            #expect(await chaos.refusal("loop") == .died(.limit(.fuel)))
            #expect(try await chaos.ask("count") == "1")
            #expect(chaos.summary.restarts == 1)
            #expect(world.system.deadLetters.map(\.reason) == [.crashed(.limit(.fuel))])
            #expect(world.system.deadLetters.map(\.message.payload) == [Array("loop".utf8)])
        }
    }

    @Test func anEndlessLoopHoldsUpNobodyElse() async throws {
        // All of them share one thread, so that only the end of the loop's slices lets the others in.
        let executor = try GuestExecutor(threads: 1)
        try await World(executor: executor).run { world in
            let chaos = try await world.spawn("chaos", options: .tireless)
            try await chaos.tell("loop")
            await until { chaos.cell.state.withLock { $0.machine.isHeld } }
            let counters = try await (1...100).asyncMap { try await world.spawn("counter", "\($0)") }
            for counter in counters { try await counter.tell("increment") }
            for counter in counters { #expect(try await counter.ask("get") == "1") }
            // It has looped all the while.
            #expect(await chaos.kill() == .killed)
            #expect(chaos.summary.generation == 1)
            #expect(world.system.metrics.crashes == 0)
        }
        executor.shutdown()
    }

    @Test func anEndlessLoopEndsAtItsLimitWhileAHundredOthersServe() async throws {
        let executor = try GuestExecutor(threads: 1)
        try await World(executor: executor).run { world in
            let counters = try await (1...100).asyncMap { try await world.spawn("counter", "\($0)") }
            let chaos = try await world.system.spawn(
                .test("chaos/1"),
                bytes: Fixture.bytes("chaos"),
                options: ActorOptions(limits: ResourceLimits(cpuTime: 200_000_000), restart: .temporary)
            )
            async let looped = chaos.refusal("loop")
            await until { chaos.cell.state.withLock { $0.machine.isHeld } }
            var rounds = 0
            repeat {
                for counter in counters { try await counter.tell("increment") }
                for counter in counters { _ = try await counter.ask("get") }
                rounds += 1
            } while !chaos.status.isEnded
            #expect(await looped == .died(.limit(.cpuTime)))
            for counter in counters { #expect(try await counter.ask("get") == "\(rounds)") }
        }
        executor.shutdown()
    }

    @Test func aGuestErrorEndsNothing() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            for _ in 0..<10 { #expect(await chaos.refusal("error x") == .guestError(.failed("x"))) }
            #expect(chaos.summary.generation == 1)
            #expect(world.system.metrics.crashes == 0)
            #expect(world.system.deadLetters.isEmpty)
        }
    }

    @Test func restartsNeverCompile() async throws {
        try await World.run(ownEngine: true) { world in
            let chaos = try await world.spawn("chaos", options: .quick)
            for _ in 0..<20 { _ = await chaos.refusal("trap") }
            #expect(try await chaos.ask("count") == "1")
            #expect(world.system.metrics.engine.compilations == 1)
            #expect(world.system.metrics.restarts == 20)
            #expect(world.engine.metrics.liveInstances == 1)
        }
    }
}
