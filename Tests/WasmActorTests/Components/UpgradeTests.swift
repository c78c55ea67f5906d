import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Other components under the same ids.
@Suite(.timeLimit(.minutes(10))) struct UpgradeTests {
    private func newVersion(_ world: World) async throws -> CompiledComponent {
        try await world.system.compile(Fixture.bytes("tally2"))
    }

    @Test func theNewComponentTakesUpTheState() async throws {
        try await World.run(ownEngine: true) { world in
            let tally = try await world.spawn("tally")
            _ = try await tally.ask("add 41")
            let report = try await world.system.upgrade(tally.id, to: newVersion(world))
            #expect(report.outcome == .upgraded(generation: 2))
            #expect(try await tally.ask("version") == "2")
            #expect(try await tally.ask("add 1") == "42")
            #expect(tally.metadata?.version == "2.0.0")
            #expect(world.engine.metrics.liveInstances == 1)
        }
    }

    @Test func laterRestartsAreOfTheNewComponent() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally", options: .quick)
            try await world.system.upgrade(tally.id, to: newVersion(world))
            _ = await tally.refusal("trap")
            #expect(try await tally.ask("version") == "2")
            #expect(try await tally.ask("generation") == "3")
        }
    }

    @Test(arguments: ["a", "b"])
    func aSupervisorThatBeginsAnewStartsTheNewComponent(instance: String) async throws {
        try await World.run { world in
            let (own, nested) = (
                SupervisorSpec.Child.test("tally/a", restart: .temporary),
                SupervisorSpec.Child.test("tally/b", restart: .temporary, isSignificant: true)
            )
            let inner = SupervisorSpec("inner", autoShutdown: .anySignificant, restart: .temporary, children: [nested])
            let middle = SupervisorSpec(
                "middle",
                intensity: 0,
                backOff: .none,
                children: [own, .supervisor(inner), .test("chaos/c")]
            )
            try await world.system.start(SupervisorSpec("tree", backOff: .none, children: [.supervisor(middle)]))
            let tally = world.actor("tally/\(instance)")
            #expect(try await world.system.upgrade(tally.id, to: newVersion(world)).isUpgraded)
            try await tally.tell("exit done")
            _ = await tally.ended()
            if instance == "b" { await until { world.system.supervisor("tree/middle/inner") == nil } }
            _ = await world.actor("chaos/c").refusal("trap")
            let path = try await world.event(\.restartedSupervisor)
            #expect(path == "tree/middle")
            #expect(try await world.actor("tally/\(instance)").ask("version") == "2")
        }
    }

    @Test func messagesWaitAndAreHandledOnceInOrder() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally")
            let (old, new) = (try await world.system.compile(Fixture.bytes("tally")), try await newVersion(world))
            async let upgrades = (0..<20).asyncMap { number in
                try await world.system.upgrade(tally.id, to: number.isMultiple(of: 2) ? new : old)
            }
            for number in 1...300 { try await tally.tell("in-order host \(number)") }
            let reports = try await upgrades
            // Back to version 1 is refused, for it does not read the states of version 2.
            let upgraded = reports.filter(\.isUpgraded).count
            #expect(upgraded > 0 && upgraded == 20 - reports.filter { $0.outcome.isRollBack }.count)
            #expect(try await tally.ask("in-order host 301") == "301")
            #expect(world.system.metrics.guestErrors == 0)
            #expect(world.system.deadLetters.isEmpty)
        }
    }

    @Test(arguments: [
        ("no-restore-2", "told not to come back"), ("trap-restore-2", "unreachable"), ("loop-restore", "cpuTime"),
        ("no-start-2", "told not to start"),
    ])
    func whatGoesWrongIsRolledBack(mark: String, reason: String) async throws {
        try await World.run(ownEngine: true) { world in
            var options = ActorOptions(arguments: Array(mark.utf8))
            options.limits.cpuTime = 200_000_000
            let tally = try await world.system.spawn(
                ActorID("test/tally/1"),
                bytes: Fixture.bytes("tally"),
                options: options
            )
            _ = try await tally.ask("add 3")
            _ = try await tally.ask("mark \(mark)")
            let report = try await world.system.upgrade(tally.id, to: newVersion(world))
            #expect(report.outcome.isRollBack)
            #expect(report.outcome.description.contains(reason))
            #expect(try await tally.ask("version") == "1")
            #expect(try await tally.ask("get") == "3")
            #expect(try await tally.ask("generation") == "1")
            #expect(world.engine.metrics.liveInstances == 1)
        }
    }

    @Test func whatTheNewInstanceBeganGoesWithItAndWhatTheOldOneBeganGoesOn() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            let tally = try await world.spawn("tally", options: .talkative)
            _ = try await tally.ask("after 1000 note old")
            _ = try await tally.ask("later \(relay.id) hold old")
            _ = try await tally.ask("mark busy-restore-2")
            let held = try await relay.notes(1)
            let timers = clock.pendingTimers
            #expect(try await world.system.upgrade(tally.id, to: newVersion(world)).outcome.isRollBack)
            #expect(clock.pendingTimers == timers)
            let answered = try #require(held.first?.split(separator: " ").dropFirst().first)
            #expect(try await relay.ask("reply \(answered) yes") == "replied")
            clock.advance(by: .seconds(1))
            await until { tally.summary.messagesHandled == 4 }
            #expect(try await tally.ask("notes") == "response yes\nold")
        }
    }

    @Test func timersEndWithTheOldInstance() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let tally = try await world.spawn("tally", options: .talkative)
            let timers = clock.pendingTimers
            _ = try await tally.ask("after 1000 note old")
            #expect(clock.pendingTimers == timers + 1)
            #expect(try await world.system.upgrade(tally.id, to: newVersion(world)).isUpgraded)
            #expect(clock.pendingTimers == timers)
        }
    }

    @Test func thePauseIsTheTimeInWhichMessagesWaited() async throws {
        let clock = ManualClock()
        try await World(clock: clock, residency: Residency(idleTime: nil)).run { world in
            let tally = try await world.spawn("tally", options: .talkative)
            _ = try await tally.ask("mark slow-restore-2")
            async let report = world.system.upgrade(tally.id, to: newVersion(world))
            await clock.waitForTimers(Timers.sleep)
            async let sum = tally.ask("add 1")
            await clock.waitForTimers(Timers.sleep + Timers.ask)
            clock.advance(by: .seconds(1))
            #expect(try await report.pause == .seconds(1))
            let told = try await world.event { event -> Duration? in
                if case .upgraded(_, generation: _, let pause) = event { pause } else { nil }
            }
            #expect(told == .seconds(1))
            #expect(try await sum == "1")
        }
    }

    @Test func aGuestThatCannotSaveGoesOn() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally")
            _ = try await tally.ask("mark no-save")
            let report = try await world.system.upgrade(tally.id, to: newVersion(world))
            #expect(report.outcome == .notSaved(.failed("told not to be saved")))
            #expect(try await tally.ask("version") == "1")
        }
    }

    @Test func aStateThatIsTooLargeIsNotCarriedAndTheGuestGoesOn() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally")
            let note = String(repeating: "x", count: 900_000)
            for _ in 0..<3 { _ = try await tally.ask("note \(note)") }
            let report = try await world.system.upgrade(tally.id, to: newVersion(world))
            guard case .notSaved(let error) = report.outcome else {
                Issue.record("\(report.outcome)")
                return
            }
            #expect(error.description.contains("2097152"))
            #expect(try await tally.ask("version") == "1")
            #expect(tally.summary.restarts == 0)
        }
    }

    @Test func aGuestThatTrapsInItsSaveFalls() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally", options: ActorOptions(restart: .temporary))
            _ = try await tally.ask("mark trap-save")
            let report = try await world.system.upgrade(tally.id, to: newVersion(world))
            #expect(report.outcome == .fell(.upgradeFailed("save: trap: unreachable")))
            #expect(await tally.ended() == .upgradeFailed("save: trap: unreachable"))
        }
    }

    @Test func componentsWithoutASnapshotNeedTheStateToBeDropped() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            _ = try await counter.ask("increment 5")
            let component = try await newVersion(world)
            #expect(try await world.system.upgrade(counter.id, to: component).outcome == .notDurable)
            #expect(try await counter.ask("get") == "5")
            let report = try await world.system.upgrade(counter.id, to: component, transfer: .dropped)
            #expect(report.isUpgraded)
            #expect(try await counter.ask("version") == "2")
        }
    }

    @Test func passiveActorsAreUpgradedToo() async throws {
        try await World.run { world in
            let tally = try await world.spawn("tally")
            _ = try await tally.ask("add 9")
            await until { tally.cell.idleSince != nil }
            #expect(await tally.passivate())
            #expect(try await world.system.upgrade(tally.id, to: newVersion(world)).isUpgraded)
            #expect(try await tally.ask("get") == "9")
            #expect(try await tally.ask("version") == "2")
        }
    }

    @Test func everyActorOfAPatternIsUpgraded() async throws {
        try await World.run { world in
            for instance in 0..<100 { try await world.spawn("tally", "\(instance)") }
            let other = try await world.spawn("counter")
            let reports = await world.system.upgrade(matching: try Pattern("test/tally/*"), to: try newVersion(world))
            #expect(reports.count == 100)
            #expect(reports.allSatisfy { $0.isUpgraded })
            #expect(reports.map(\.actor) == reports.map(\.actor).sorted())
            #expect(try await other.ask("get") == "0")
        }
    }

    @Test func theResponsesThatAnActorWaitsForReachTheNewInstance() async throws {
        try await World.run { world in
            let first = try await world.spawn("tally", "a", options: .talkative)
            let second = try await world.spawn("tally", "b", options: .talkative)
            _ = try await first.ask("later test/tally/b hold")
            await until { second.cell.state.withLock { !$0.machine.openRequests.isEmpty } }
            try await world.system.upgrade(first.id, to: newVersion(world))
            #expect(try await second.ask("release hello") == "1")
            await until { first.summary.messagesHandled > 0 }
            #expect(try await first.ask("notes") == "response hello")
        }
    }

    @Test func aKillEndsAnUpgrade() async throws {
        try await World.run(ownEngine: true) { world in
            let tally = try await world.spawn("tally", options: .tireless)
            _ = try await tally.ask("mark loop-restore")
            async let report = world.system.upgrade(tally.id, to: newVersion(world))
            await until { tally.cell.state.withLock { $0.successor != nil } }
            #expect(await tally.kill() == .killed)
            #expect(try await report.outcome.isRollBack)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }

    @Test func nobodyIsNotFound() async throws {
        try await World.run { world in
            let component = try await newVersion(world)
            await #expect {
                try await world.system.upgrade(ActorID("test/no/body"), to: component)
            } throws: { ($0 as? ActorSystemError)?.code == .notFound }
        }
    }
}

extension UpgradeReport.Outcome {
    fileprivate var isRollBack: Bool {
        if case .rolledBack = self { true } else { false }
    }
}
