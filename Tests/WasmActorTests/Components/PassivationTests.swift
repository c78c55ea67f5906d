import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Durable actors that leave memory and come back.
@Suite(.timeLimit(.minutes(10))) struct PassivationTests {
    private func run(
        _ residency: Residency = Residency(idleTime: nil),
        clock: ManualClock? = nil,
        storage: any ComponentStorage = MemoryStorage(),
        _ body: (World) async throws -> Void
    ) async throws {
        try await World(clock: clock, ownEngine: true, storage: storage, residency: residency).run(body)
    }

    /// The answer of an actor that has nothing to do any more: a turn is over, and counts as a use, after its answer.
    @discardableResult
    private func askUntilIdle(_ actor: ActorRef, _ question: String) async throws -> String {
        let answer = try await actor.ask(question)
        await until { actor.cell.idleSince != nil }
        return answer
    }

    /// Has an actor leave memory now.
    private func passivate(_ actor: ActorRef) async -> Bool {
        await until { actor.cell.idleSince != nil }
        return await actor.passivate()
    }

    @Test func theStateComesBackWithTheNextMessage() async throws {
        try await run { world in
            let tally = try await world.spawn("tally")
            #expect(try await tally.ask("add 41") == "41")
            #expect(await passivate(tally))
            #expect(tally.status == .passive)
            // It is out already.
            #expect(await tally.passivate())
            #expect(world.engine.metrics.liveInstances == 0)
            #expect(try await tally.ask("add 1") == "42")
            #expect(tally.status == .running)
            // A return is no restart.
            #expect(try await tally.ask("generation") == "1")
            #expect(tally.summary.restarts == 0)
        }
    }

    @Test func whoHasWorkStays() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .talkative)
            _ = try await tally.ask("after 1000000 note late")
            #expect(tally.cell.idleSince == nil)
            #expect(await !tally.passivate())
            let counter = try await world.spawn("counter")
            await until { counter.status == .running }
            #expect(await !counter.passivate())
            // One that waits for a response, until it has it.
            let (waits, relay) = (
                try await world.spawn("tally", "waits", options: .talkative), try await world.spawn("relay")
            )
            #expect(try await waits.ask("later \(relay.id) hold x") == "asked")
            let held = try await relay.notes(1)
            #expect(waits.cell.idleSince == nil)
            #expect(await !waits.passivate())
            let id = try #require(held.first?.split(separator: " ").dropFirst().first)
            _ = try await relay.ask("reply \(id) yes")
            #expect(await passivate(waits))
        }
    }

    @Test func openRequestsAreAnsweredByTheInstanceThatComesBack() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .talkative)
            async let held = tally.ask("hold")
            await until { tally.cell.state.withLock { !$0.machine.openRequests.isEmpty } }
            #expect(await passivate(tally))
            #expect(try await tally.ask("release done") == "1")
            #expect(try await held == "done")
        }
    }

    @Test func theEndOfAWatchedActorBringsItsWatcherBack() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .talkative)
            let counter = try await world.spawn("counter")
            _ = try await tally.ask("watch test/counter/1")
            #expect(await passivate(tally))
            await counter.kill()
            await until { tally.status == .running }
            #expect(try await tally.ask("notes") == "down test/counter/1")
        }
    }

    @Test func whatIsPublishedBringsASubscriberBack() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .talkative)
            _ = try await tally.ask("subscribe news")
            #expect(await passivate(tally))
            try world.system.publish("news", Array("note heard".utf8))
            #expect(try await tally.ask("notes") == "heard")
        }
    }

    @Test func whoWasUsedLeastRecentlyLeavesForWhoComes() async throws {
        try await run(Residency(largestCount: 3, idleTime: nil)) { world in
            let tallies = try await ["a", "b", "c"].asyncMap { try await world.spawn("tally", $0) }
            for index in [1, 0, 2, 1] { try await askUntilIdle(tallies[index], "add 1") }
            try await world.spawn("tally", "d")
            #expect(tallies.map(\.status) == [.passive, .running, .running])
            #expect(try await askUntilIdle(tallies[0], "get") == "1")
            #expect(tallies.map(\.status) == [.running, .running, .passive])
            #expect(world.engine.metrics.liveInstances == 3)
        }
    }

    @Test func oneLeavesForEachThatComesWhereMemoryIsScarce() async throws {
        let memory = Mutex<UInt64>(50)
        let residency = Residency(largestMemory: 100, idleTime: nil)
        try await World(ownEngine: true, residency: residency, memory: { memory.withLock { $0 } }).run { world in
            let tallies = try await ["a", "b", "c"].asyncMap { try await world.spawn("tally", $0) }
            for tally in tallies { try await askUntilIdle(tally, "add 1") }
            #expect(tallies.map(\.status) == [.running, .running, .running])
            memory.withLock { $0 = 200 }
            try await world.spawn("tally", "d")
            #expect(tallies.map(\.status) == [.passive, .running, .running])
            #expect(try await askUntilIdle(tallies[0], "get") == "1")
            #expect(tallies.map(\.status) == [.running, .passive, .running])
            #expect(world.engine.metrics.liveInstances == 3)
        }
    }

    @Test func whoIsOutOfMemoryBeginsAfreshWithItsGroupToo() async throws {
        try await run { world in
            try await world.system.start(
                SupervisorSpec(
                    "tree",
                    strategy: .oneForAll,
                    backOff: .none,
                    children: [.test("tally/a"), .test("chaos/b")]
                )
            )
            let tally = world.actor("tally/a")
            #expect(try await tally.ask("add 5") == "5")
            #expect(await passivate(tally))
            try await world.crash("chaos/b")
            #expect(try await tally.ask("get") == "0")
            #expect(try await tally.ask("generation") == "2")
        }
    }

    @Test func whoWaitsForRoomMayBeKilled() async throws {
        try await run(Residency(largestCount: 1, idleTime: nil), clock: ManualClock()) { world in
            let stays = try await world.spawn("tally", "a", options: .talkative)
            // One that waits for its timer does not leave.
            _ = try await stays.ask("after 1000000 note late")
            let comes = Task { try await world.spawn("tally", "b") }
            await until { world.system.actor(.test("tally/b")) != nil }
            #expect(await world.actor("tally/b").kill() == .killed)
            await #expect(throws: ActorSystemError.self) { try await comes.value }
            #expect(world.engine.metrics.liveInstances == 1)
        }
    }

    @Test func whereNobodyCanLeaveForSoLongWhoWaitsComesInAllTheSame() async throws {
        let clock = ManualClock()
        try await run(Residency(largestCount: 1, idleTime: nil), clock: clock) { world in
            let stays = try await world.spawn("tally", "a", options: .talkative)
            _ = try await stays.ask("after 1000000 note late")
            async let comes = world.spawn("tally", "b")
            // The guest's timer, and the patience of those who wait.
            await clock.waitForTimers(2)
            // What the one in memory is at makes no difference.
            #expect(try await stays.ask("add 1") == "1")
            clock.advance(by: .milliseconds(100))
            #expect(try await comes.ask("add 2") == "2")
            #expect(world.engine.metrics.liveInstances == 2)
        }
    }

    @Test func whoCannotLeaveIsAskedOnceByThoseWhoWait() async throws {
        let (storage, clock) = (UnreliableStorage(), ManualClock())
        try await run(Residency(largestCount: 3, idleTime: nil), clock: clock, storage: storage) { world in
            let tallies = try await ["a", "b", "c"].asyncMap { try await world.spawn("tally", $0) }
            for tally in tallies { try await askUntilIdle(tally, "add 1") }
            storage.failures.store(.max, ordering: .relaxed)
            async let comes = world.spawn("tally", "d")
            await until { storage.failures.load(ordering: .relaxed) <= .max - 3 }
            for tally in tallies { await until { tally.cell.idleSince != nil } }
            // The patience of those who wait.
            await clock.waitForTimers(1)
            clock.advance(by: .milliseconds(100))
            #expect(try await comes.ask("get") == "0")
            #expect(storage.failures.load(ordering: .relaxed) == .max - 3)
            #expect(world.engine.metrics.liveInstances == 4)
            // Some time later each may be asked again.
            storage.failures.store(0, ordering: .relaxed)
            clock.advance(by: .seconds(1))
            try await world.spawn("tally", "e")
            #expect(tallies.map(\.status).contains(.passive))
        }
    }

    @Test func aBoundOnMemoryAloneIsEnough() async throws {
        let clock = ManualClock()
        let residency = Residency(largestCount: .max, largestMemory: 100, idleTime: nil)
        try await World(clock: clock, ownEngine: true, residency: residency, memory: { 200 }).run { world in
            let stays = try await world.spawn("tally", "a", options: .talkative)
            _ = try await stays.ask("after 1000000 note late")
            async let comes = world.spawn("tally", "b")
            // The guest's timer, and the patience of those who wait.
            await clock.waitForTimers(2)
            clock.advance(by: .milliseconds(100))
            #expect(try await comes.ask("get") == "0")
        }
    }

    @Test func idleActorsLeaveAfterTheirTime() async throws {
        let clock = ManualClock()
        try await run(Residency(idleTime: .seconds(60)), clock: clock) { world in
            let (early, late) = (try await world.spawn("tally", "a"), try await world.spawn("tally", "b"))
            await until { early.cell.idleSince != nil && late.cell.idleSince != nil }
            clock.advance(by: .seconds(30))
            try await askUntilIdle(late, "add 1")
            clock.advance(by: .seconds(30))
            await until { early.status == .passive }
            #expect(late.status == .running)
            clock.advance(by: .seconds(30))
            await until { late.status == .passive }
            // Nobody is left to be looked after.
            await until { clock.pendingTimers == 0 }
        }
    }

    @Test func manyActorsKeepTheirStatesWithFewInMemory() async throws {
        try await run(Residency(largestCount: 5, idleTime: nil)) { world in
            let tallies = try await (0..<40).asyncMap { try await world.spawn("tally", "\($0)") }
            for round in 1...3 {
                for tally in tallies { try await tally.tell("add 1") }
                for tally in tallies { #expect(try await tally.ask("get") == "\(round)") }
            }
            #expect(world.system.environment.residency.count <= 6)
            #expect(world.system.metrics.messagesHandled == 240)
        }
    }

    @Test func orderIsKeptAcrossReturns() async throws {
        try await run(Residency(largestCount: 1, idleTime: nil)) { world in
            let tallies = try await ["a", "b", "c"].asyncMap { try await world.spawn("tally", $0) }
            for number in 1...50 {
                for tally in tallies { try await tally.tell("in-order host \(number)") }
            }
            for tally in tallies { #expect(try await tally.ask("in-order host 51") == "51") }
            #expect(world.system.metrics.guestErrors == 0)
        }
    }

    // MARK: What goes wrong

    @Test func aStateThatCannotBeSavedStaysInMemory() async throws {
        try await run { world in
            let tally = try await world.spawn("tally")
            _ = try await tally.ask("add 7")
            _ = try await tally.ask("mark no-save")
            #expect(await passivate(tally) == false)
            #expect(try await tally.ask("get") == "7")
            let reason = try await world.event { event -> String? in
                if case .passivationFailed(_, let reason) = event { reason } else { nil }
            }
            #expect(reason.contains("told not to be saved"))
        }
    }

    @Test func aGuestThatTrapsInItsSaveIsRestarted() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .quick)
            _ = try await tally.ask("mark trap-save")
            #expect(await passivate(tally) == false)
            #expect(try await tally.ask("generation") == "2")
        }
    }

    @Test func aStateThatIsRefusedIsTriedAgainAndTheActorEndsAsItsPolicySays() async throws {
        let storage = MemoryStorage()
        try await run(storage: storage) { world in
            let restart = RestartPolicy(.permanent, intensity: 2, backOff: .none)
            let tally = try await world.spawn("tally", options: ActorOptions(restart: restart))
            _ = try await tally.ask("mark no-restore")
            #expect(await passivate(tally))
            #expect(try await storage.usage(of: .snapshots, quota: 0).keys == 1)
            guard case .died(.failed(let text)) = await tally.refusal("get") else {
                return #expect(Bool(false), "the message is answered with the end of the actor")
            }
            #expect(text == "the saved state was refused: told not to come back")
            #expect(world.system.deadLetters.count == 1)
            #expect(await tally.ended() == .failed(text))
            #expect(world.system.metrics.restarts == 2)
            #expect(try await storage.usage(of: .snapshots, quota: 0).keys == 0)
        }
    }

    @Test func aDamagedStateIsNamed() async throws {
        let storage = MemoryStorage()
        try await run(storage: storage) { world in
            let tally = try await world.spawn("tally", options: ActorOptions(restart: .temporary))
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            try await storage.set("\(tally.id)#", to: [1, 2, 3], in: .snapshots, quota: 100)
            #expect(await tally.refusal("get") == .died(.hostError("the saved state is damaged: it has 3 bytes")))
        }
    }

    @Test func aReturnThatNeverEndsIsStoppedByItsLimit() async throws {
        try await run { world in
            var options = ActorOptions(restart: .temporary)
            options.limits.cpuTime = 50_000_000
            let tally = try await world.system.spawn(
                ActorID("test/tally/1"),
                bytes: Fixture.bytes("tally"),
                options: options
            )
            _ = try await tally.ask("mark loop-restore")
            #expect(await passivate(tally))
            #expect(await tally.refusal("get") == .died(.limit(.cpuTime)))
        }
    }

    @Test func aStorageThatFailsLosesNothing() async throws {
        let storage = UnreliableStorage()
        try await run(storage: storage) { world in
            let tally = try await world.spawn("tally", options: .quick)
            _ = try await tally.ask("add 5")
            storage.failures.store(1, ordering: .relaxed)
            #expect(await passivate(tally) == false)
            #expect(try await tally.ask("add 1") == "6")
        }
    }

    @Test func aStorageThatFailsForLongHoldsTheReturnUpAndIsNoFall() async throws {
        let (storage, clock) = (UnreliableStorage(), ManualClock())
        try await run(clock: clock, storage: storage) { world in
            // It may not be restarted even once.
            let tally = try await world.spawn("tally", options: ActorOptions(restart: .temporary))
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            storage.failures.store(9, ordering: .relaxed)
            async let sum = tally.ask("add 1", timeout: .seconds(3600))
            for failed in 1...9 {
                // The question's deadline, and the pause.
                await clock.waitForTimers(2)
                #expect(tally.status == .passive)
                #expect(storage.failures.load(ordering: .relaxed) == 9 - failed)
                // What comes meanwhile waits, and hurries nothing.
                try await tally.tell("add 1")
                clock.advance(by: min(.milliseconds(50 << (failed - 1)), .seconds(10)))
            }
            #expect(try await sum == "6")
            #expect(try await tally.ask("get") == "15")
            #expect(tally.summary.restarts == 0)
            #expect(world.system.metrics.crashes == 0)
        }
    }

    @Test func whoCannotReturnMayBeEnded() async throws {
        let (storage, clock) = (UnreliableStorage(), ManualClock())
        try await run(clock: clock, storage: storage) { world in
            let tally = try await world.spawn("tally")
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            storage.failures.store(1, ordering: .relaxed)
            async let refusal = tally.refusal("get", timeout: .seconds(3600))
            await clock.waitForTimers(2)
            #expect(await tally.stop() == .shutdown)
            #expect(await refusal == .died(.shutdown))
            #expect(clock.pendingTimers == 0)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func whoCannotReturnBeginsAfreshWithItsGroup() async throws {
        let (storage, clock) = (UnreliableStorage(), ManualClock())
        try await run(clock: clock, storage: storage) { world in
            try await world.system.start(
                SupervisorSpec(
                    "tree",
                    strategy: .oneForAll,
                    backOff: .none,
                    children: [.test("tally/a"), .test("chaos/b")]
                )
            )
            let tally = world.actor("tally/a")
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            storage.failures.store(1, ordering: .relaxed)
            async let sum = tally.ask("get", timeout: .seconds(3600))
            await clock.waitForTimers(2)
            try await world.crash("chaos/b")
            #expect(try await sum == "0")
            #expect(try await tally.ask("generation") == "2")
        }
    }

    // MARK: Ends

    @Test func aCrashBeginsAfresh() async throws {
        try await run { world in
            let tally = try await world.spawn("tally", options: .quick)
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            #expect(await tally.refusal("trap") == .died(.trap(.unreachable)))
            #expect(try await tally.ask("get") == "0")
        }
    }

    @Test func anEndLeavesNoStateBehind() async throws {
        let storage = MemoryStorage()
        try await run(storage: storage) { world in
            for ends in [0, 1, 2] {
                let tally = try await world.spawn("tally", options: ActorOptions(restart: .temporary))
                _ = try await tally.ask("add 5")
                #expect(await passivate(tally))
                switch ends {
                case 0: #expect(await tally.stop() == .shutdown)
                case 1: #expect(await tally.kill() == .killed)
                default: _ = await tally.refusal("trap")
                }
                _ = await tally.ended()
                #expect(try await storage.usage(of: .snapshots, quota: 0).keys == 0)
            }
        }
    }

    @Test func whatOutlivesAnActorIsNoneOfThoseWhoseStateEndsWithThem() async throws {
        let persistent = ActorOptions(persistence: .state)
        try await run { world in
            let first = try await world.spawn("tally", options: persistent)
            _ = try await first.ask("add 5")
            #expect(await first.stop() == .shutdown)
            // One under the same id, as a guest's child is, begins afresh, is saved and ends.
            let other = try await world.spawn("tally")
            #expect(try await other.ask("add 1") == "1")
            #expect(await passivate(other))
            #expect(try await other.ask("get") == "1")
            #expect(await other.stop() == .shutdown)
            let last = try await world.spawn("tally", options: persistent)
            #expect(try await last.ask("get") == "5")
        }
    }

    @Test func passiveActorsEndWithTheSystem() async throws {
        try await run { world in
            let tally = try await world.spawn("tally")
            #expect(await passivate(tally))
            let report = await world.system.shutdown()
            #expect(report.stopped == [tally.id])
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    // MARK: Persistent actors

    @Test func aPersistentStateOutlivesTheSystem() async throws {
        let storage = MemoryStorage()
        let options = ActorOptions(persistence: .state)
        try await run(storage: storage) { world in
            let tally = try await world.spawn("tally", options: options)
            #expect(try await tally.ask("add 41") == "41")
            await world.system.shutdown()
        }
        try await run(storage: storage) { world in
            let tally = try await world.spawn("tally", options: options)
            #expect(try await tally.ask("add 1") == "42")
            #expect(await tally.stop() == .shutdown)
            try await world.system.forgetState(of: tally.id)
            let fresh = try await world.spawn("tally", options: options)
            #expect(try await fresh.ask("get") == "0")
        }
    }

    @Test func aRestartOfAPersistentActorTakesUpWhatWasSavedLast() async throws {
        try await run { world in
            var options = ActorOptions.quick
            options.persistence = .state
            let tally = try await world.spawn("tally", options: options)
            _ = try await tally.ask("add 5")
            #expect(await passivate(tally))
            _ = try await tally.ask("add 2")
            #expect(await tally.refusal("trap") == .died(.trap(.unreachable)))
            #expect(try await tally.ask("get") == "5")
        }
    }
}
