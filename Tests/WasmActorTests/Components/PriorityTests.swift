import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// What comes first: a kill before a stop, a stop before notices, notices before messages. The guest sleeps while they come.
@Suite(.timeLimit(.minutes(10))) struct PriorityTests {
    @Test func aKillComesBeforeAStop() async throws {
        let clock = ManualClock()
        let world = try World(clock: clock)
        let chaos = try await world.spawn("chaos")
        _ = try await chaos.ask("shutdown log bye")
        async let slept = chaos.refusal("sleep 10")
        await clock.waitForTimers(Timers.sleepingAsk)
        async let stopped = chaos.stop()
        await until { chaos.status == .stopping }
        #expect(await chaos.kill() == .killed)
        #expect(await stopped == .killed)
        #expect(await slept == .died(.killed))
        await world.system.shutdown()
        for await event in world.events {
            if case .logged(let entry) = event { Issue.record("the guest was shut down: \(entry.message)") }
        }
    }

    @Test func aStopComesBeforeNotices() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock, ownEngine: true) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let target = try await world.spawn("counter")
            _ = try await relay.ask("watch \(target.id)")
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            let turns = world.engine.metrics.turns
            await target.kill()
            async let stopped = relay.stop()
            await until { relay.status == .stopping }
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(await stopped == .shutdown)
            // The guest's `shutdown`, and no `handle-down`.
            #expect(world.engine.metrics.turns == turns + 1)
        }
    }

    @Test func noticesComeBeforeMessages() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let target = try await world.spawn("counter")
            _ = try await relay.ask("watch \(target.id)")
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            async let notes = relay.ask("notes")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            await target.kill()
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await notes == "down \(target.id) killed")
        }
    }

    @Test func endsComeBeforeResponses() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let target = try await world.spawn("counter")
            _ = try await relay.ask("watch \(target.id)")
            let request = try await relay.ask("request-later 60000 \(relay.id) self")
            #expect(try await relay.notes(1) == ["response \(request) \(relay.id)"])
            let holder = try await world.spawn("relay", "holder")
            let later = try await relay.ask("request-later 60000 \(holder.id) hold x")
            _ = try await holder.notes(1)
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(1 + Timers.sleepingAsk)
            await holder.kill()
            await target.kill()
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await relay.notes(2) == ["down \(target.id) killed", "response \(later) died: killed"])
        }
    }
}
