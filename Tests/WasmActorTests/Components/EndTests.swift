import Foundation
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Stops, kills and the shutdown of a whole system.
@Suite(.timeLimit(.minutes(10))) struct EndTests {
    @Test func aStopCallsTheGuestAndAKillDoesNot() async throws {
        try await World.run { world in
            let (stopped, killed) = (try await world.spawn("chaos", "a"), try await world.spawn("chaos", "b"))
            _ = try await stopped.ask("shutdown log bye from a")
            _ = try await killed.ask("shutdown log bye from b")
            #expect(await killed.kill() == .killed)
            #expect(await stopped.stop() == .shutdown)
            let word = try await world.event { event -> String? in
                if case .logged(let entry) = event { entry.message } else { nil }
            }
            #expect(word == "bye from a")
        }
    }

    @Test func aStopLetsTheTurnEndAndTheRestIsDeadLetters() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos")
            async let slept = chaos.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            async let queued = chaos.refusal("count")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            async let end = chaos.stop()
            await until { chaos.status == .stopping }
            #expect(await chaos.refusal("count") == .died(.shutdown))
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(await end == .shutdown)
            #expect(await queued == .died(.shutdown))
            #expect(world.system.deadLetters.map(\.reason) == [.ended(.shutdown)])
        }
    }

    @Test func aKillEndsALoopInTheMiddle() async throws {
        try await World.run(ownEngine: true) { world in
            let chaos = try await world.spawn("chaos", options: .tireless)
            async let looped = chaos.refusal("loop")
            await until { chaos.cell.state.withLock { $0.machine.isHeld } }
            #expect(await chaos.kill() == .killed)
            #expect(await looped == .died(.killed))
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func aKillEndsAPauseBeforeARestart() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock, ownEngine: true) { world in
            let chaos = try await world.spawn("chaos")
            _ = await chaos.refusal("trap")
            #expect(chaos.status == .restarting)
            #expect(await chaos.kill() == .killed)
            #expect(clock.pendingTimers == 0)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func aGuestThatTrapsInItsShutdownIsGoneAllTheSame() async throws {
        try await World.run(ownEngine: true) { world in
            let chaos = try await world.spawn("chaos")
            _ = try await chaos.ask("shutdown trap")
            #expect(await chaos.stop() == .trap(.unreachable))
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct ShutdownTests {
    @Test func idleActorsAreStoppedAndNothingIsLeft() async throws {
        try await World.run(ownEngine: true) { world in
            let refs = try await ["a", "b", "c"].asyncMap { try await world.spawn("counter", $0) }
            let report = await world.system.shutdown()
            #expect(report.stopped == refs.map(\.id).sorted())
            #expect(report.cutOff.isEmpty)
            #expect(report.lostMessages == 0)
            #expect(world.engine.metrics.liveInstances == 0)
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func whatLiesInMailboxesIsDoneWithinTheGraceTime() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            for _ in 0..<200 { try await counter.tell("increment") }
            let report = await world.system.shutdown(grace: .seconds(30))
            #expect(report.lostMessages == 0)
            #expect(world.system.metrics.messagesHandled == 200)
        }
    }

    @Test func anEndInOrderIsNotCutOff() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: ActorOptions(grants: .all, restart: .transient))
            try await world.system.start(
                SupervisorSpec("tree", children: [.test("counter/killed", shutdown: .kill)])
            )
            async let slept = relay.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            try await relay.tell("exit normal")
            async let shutdown = world.system.shutdown(grace: .seconds(30))
            await clock.waitForTimers(Timers.sleepingAsk + Timers.grace)
            // The relay ends by itself, and only now.
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            let report = await shutdown
            #expect(report.cutOff.isEmpty)
            #expect(report.stopped == [.test("counter/killed"), relay.id])
        }
    }

    @Test func whatGuestsSendEachOtherMeanwhileIsDoneToo() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            let second = try await world.spawn("relay", "b", options: .talkative)
            let counter = try await world.spawn("counter")
            async let slept = second.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            try await second.tell("send test/relay/a send test/counter/1 increment")
            async let report = world.system.shutdown(grace: .seconds(1))
            await clock.waitForTimers(Timers.sleepingAsk + Timers.grace)
            #expect(await first.refusal("self") == .died(.shutdown))
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(await report.stopped == [counter.id, first.id, second.id].sorted())
            #expect(world.system.metrics.messagesHandled == 4)
        }
    }

    @Test func whatRunsOnIsKilledAndReported() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock, ownEngine: true) { world in
            let chaos = try await world.spawn("chaos", options: .tireless)
            let counter = try await world.spawn("counter")
            async let looped = chaos.refusal("loop")
            await clock.waitForTimers(Timers.ask)
            async let queued = chaos.refusal("count")
            await clock.waitForTimers(2 * Timers.ask)
            async let report = world.system.shutdown(grace: .seconds(1))
            await clock.waitForTimers(2 * Timers.ask + Timers.grace)
            clock.advance(by: .seconds(1))
            // The drain is over; the time for the guests' `shutdown` begins.
            await until { chaos.status == .stopping && counter.status.isEnded }
            await clock.waitForTimers(2 * Timers.ask + Timers.grace)
            clock.advance(by: .seconds(1))
            let ends = await report
            #expect(ends.cutOff == [chaos.id: .killed])
            #expect(ends.stopped == [counter.id])
            #expect(ends.lostMessages == 2)
            #expect(await looped == .died(.killed))
            #expect(await queued == .died(.killed))
            #expect(world.engine.metrics.liveInstances == 0)
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func whoComesBackIntoMemoryAndNeverEndsThatIsKilledToo() async throws {
        let clock = ManualClock()
        try await World(clock: clock, ownEngine: true, residency: Residency(idleTime: nil)).run { world in
            let tally = try await world.spawn("tally", options: .tireless)
            _ = try await tally.ask("mark loop-restore")
            await until { tally.cell.idleSince != nil }
            #expect(await tally.passivate())
            async let asked = tally.refusal("get")
            await until { world.engine.metrics.liveInstances == 1 }
            async let report = world.system.shutdown(grace: .seconds(1))
            await clock.waitForTimers(Timers.ask + Timers.grace)
            clock.advance(by: .seconds(1))
            await until { tally.status == .stopping }
            await clock.waitForTimers(Timers.ask + Timers.grace)
            clock.advance(by: .seconds(1))
            #expect(await report.cutOff == [tally.id: .killed])
            #expect(await asked == .died(.killed))
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func openRequestsAndPausesEndWithTheSystem() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock, ownEngine: true) { world in
            let (open, fallen) = (try await world.spawn("chaos", "a"), try await world.spawn("chaos", "b"))
            _ = await fallen.refusal("trap")
            async let refusal = open.refusal("none")
            await until { open.summary.messagesHandled == 1 }
            let report = await world.system.shutdown()
            #expect(await refusal == .died(.shutdown))
            #expect(Set(report.stopped) == [open.id, fallen.id])
            #expect(clock.pendingTimers == 0)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func afterwardsNothingIsSpawnedAndTheEventsEnd() async throws {
        let world = try World()
        try await world.spawn("counter")
        async let first = world.system.shutdown()
        async let second = world.system.shutdown()
        #expect(await first == second)
        var last: ActorEvent?
        for await event in world.events { last = event }
        #expect(last == .ended(try ActorID("test/counter/1"), reason: .shutdown))
        do throws(ActorSystemError) {
            try await world.system.spawn(ActorID(uncheckedNamespace: "a", name: "b", instance: "c"), bytes: [])
            #expect(Bool(false), "a system that was shut down spawns nothing")
        } catch {
            #expect(error.code == .shutDown)
        }
    }

    @Test func aSystemOfItsOwnPartsEndsThem() async throws {
        let system = try ActorSystem()
        let counter = try await system.spawn(ActorID("test/counter/1"), path: Fixture.path("counter"))
        #expect(try await counter.ask("increment") == "1")
        await system.shutdown()
        #expect(system.ownClock?.pendingTimers == 0)
        #expect(system.metrics.engine.liveInstances == 0)
        await #expect(throws: ActorSystemError.self) {
            try await system.spawn(ActorID("test/counter/1"), path: Fixture.path("counter"))
        }
    }

    @Test func anEndedActorLeavesMemory() async throws {
        let world = try World()
        weak var cell: ActorCell?
        do {
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("counter")
            #expect(try await relay.ask("ask test/counter/1 increment") == "1")
            cell = relay.cell
        }
        await world.system.shutdown()
        // The task of its last turn may be on its last steps.
        await until { cell == nil }
    }

    @Test func systemsThatCameAndWentLeaveNoThreads() async {
        await #expect(processExitsWith: .success) {
            /// One system that came, worked and went; how many threads there are then.
            func threadsAfterACycle() async throws -> Int {
                let system = try ActorSystem(.init(log: NoLog()))
                let chaos = try await system.spawn(
                    ActorID("test/chaos/1"),
                    path: Fixture.path("chaos"),
                    options: .tireless
                )
                async let loop = chaos.refusal("loop")
                await until { chaos.cell.state.withLock { $0.machine.isHeld } }
                await system.shutdown(grace: .milliseconds(1))
                _ = await loop
                return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            }
            // The first ones warm up the pools of the language's and of libwasmtime's own threads.
            _ = try await threadsAfterACycle()
            let before = try await threadsAfterACycle()
            var after = 0
            for _ in 0..<5 { after = try await threadsAfterACycle() }
            // Each system has four threads and more; a pool may have grown by one or two.
            #expect(after < before + 5)
        }
    }

    @Test func actorsThatCameAndWentLeaveNoMemory() async {
        // In a process of its own, whose memory nobody else uses.
        await #expect(processExitsWith: .success) {
            /// The bytes of this process that lie in memory.
            func residentBytes() throws -> Int {
                let figures = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
                return try #require(Int(figures[1])) * 4096
            }
            let system = try ActorSystem(.init(log: NoLog()))
            let component = try await system.compile(Fixture.bytes("chaos"))
            /// Actors that each hold 256 KiB, one after the other, ended while idle and while busy in turn.
            func cycle(_ count: Int) async throws {
                for number in 0..<count {
                    let id = try ActorID("test/chaos/\(number)")
                    let chaos = try await system.spawn(id, component: component, options: .tireless)
                    _ = try await chaos.ask("hold 262144")
                    if number % 2 == 0 {
                        await chaos.stop()
                    } else {
                        try await chaos.tell("loop")
                        await chaos.kill()
                    }
                }
            }
            try await cycle(50)
            let before = try residentBytes()
            try await cycle(200)
            let growth = try residentBytes() - before
            // What 200 actors held was 50 MiB and more.
            #expect(growth < 10 << 20, "\(growth) bytes more")
            #expect(system.metrics.engine.liveInstances == 0)
            await system.shutdown()
        }
    }
}
