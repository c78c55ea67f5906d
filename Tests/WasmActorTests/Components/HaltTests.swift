import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Actors whose parent decides on their falls.
@Suite(.timeLimit(.minutes(10))) struct HaltTests {
    /// Writes down what it is told.
    private final class RecordingParent: ActorParent {
        enum Report: Hashable {
            case started(UInt64)
            case fell(ExitReason)
            case halted(ExitReason)
            case ended(ExitReason)
        }

        private let reports = Mutex<[Report]>([])

        var count: Int { reports.withLock { $0.count } }

        func started(_ cell: ActorCell, generation: UInt64) { note(.started(generation)) }
        func fell(_ cell: ActorCell, _ reason: ExitReason) { note(.fell(reason)) }
        func halted(_ cell: ActorCell, _ reason: ExitReason) { note(.halted(reason)) }
        func ended(_ cell: ActorCell, _ reason: ExitReason) { note(.ended(reason)) }

        private func note(_ report: Report) { reports.withLock { $0.append(report) } }

        /// Waits until so many reports came, and gives all of them.
        func reports(_ count: Int) async -> [Report] {
            await until { self.count >= count }
            return reports.withLock { $0 }
        }
    }

    private func spawn(_ fixture: String, under parent: RecordingParent, in world: World) async throws -> ActorRef {
        let component = try await world.system.compile(Fixture.bytes(fixture))
        let cell = ActorCell(
            id: try ActorID("test/\(fixture)/1"),
            component: component,
            options: .tireless,
            environment: world.system.environment,
            parent: parent
        )
        try world.system.environment.registry.insert(cell)
        cell.activate()
        _ = await parent.reports(1)
        return ActorRef(cell)
    }

    @Test func aFallenActorWaitsForItsParentWithItsMailbox() async throws {
        try await World.run { world in
            let parent = RecordingParent()
            let chaos = try await spawn("chaos", under: parent, in: world)
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            #expect(await parent.reports(2) == [.started(1), .fell(.trap(.unreachable))])
            #expect(chaos.status == .restarting)
            async let answer = chaos.ask("count")
            await until { chaos.summary.mailboxDepth == 1 }
            chaos.cell.resume(after: .zero)
            #expect(try await answer == "1")
            #expect(await parent.reports(3).last == .started(2))
        }
    }

    @Test func aHaltCallsTheGuestsShutdownAndKeepsTheMailbox() async throws {
        try await World.run { world in
            let parent = RecordingParent()
            let chaos = try await spawn("chaos", under: parent, in: world)
            _ = try await chaos.ask("shutdown log bye")
            chaos.cell.halt(.stop)
            #expect(await parent.reports(2).last == .halted(.shutdown))
            let word = try await world.event { event -> String? in
                if case .logged(let entry) = event { entry.message } else { nil }
            }
            #expect(word == "bye")
            async let answer = chaos.ask("count")
            await until { chaos.summary.mailboxDepth == 1 }
            chaos.cell.resume(after: .zero)
            #expect(try await answer == "1")
        }
    }

    @Test func aHaltByForceEndsALoop() async throws {
        try await World.run { world in
            let parent = RecordingParent()
            let chaos = try await spawn("chaos", under: parent, in: world)
            async let looped = chaos.refusal("loop")
            await until { chaos.cell.state.withLock { $0.machine.isHeld } }
            chaos.cell.halt(.kill)
            #expect(await looped == .died(.killed))
            #expect(await parent.reports(2).last == .halted(.killed))
        }
    }

    @Test func aHaltEndsAPause() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let parent = RecordingParent()
            let chaos = try await spawn("chaos", under: parent, in: world)
            _ = await chaos.refusal("trap")
            _ = await parent.reports(2)
            chaos.cell.resume(after: .seconds(1))
            #expect(clock.pendingTimers == 1)
            chaos.cell.halt(.stop)
            #expect(await parent.reports(3).last == .halted(.shutdown))
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aParentConcludesOrEndsWhatIsHalted() async throws {
        try await World.run { world in
            for concludes in [true, false] {
                let parent = RecordingParent()
                let chaos = try await spawn("chaos", under: parent, in: world)
                _ = await chaos.refusal("trap")
                _ = await parent.reports(2)
                async let asked = chaos.refusal("count")
                await until { chaos.summary.mailboxDepth == 1 }
                if concludes { chaos.cell.conclude(.trap(.unreachable)) } else { chaos.cell.end(.stop) }
                let reason = concludes ? ExitReason.trap(.unreachable) : .shutdown
                #expect(await parent.reports(3).last == .ended(reason))
                #expect(await asked == .died(reason))
                #expect(world.system.actor(chaos.id) == nil)
            }
        }
    }
}
