import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// What a host call still wants that was under way while its instance was dropped.
@Suite(.timeLimit(.minutes(10))) struct GenerationTests {
    /// A relay in its second generation, and what carries the messages of its first.
    private func restarted(_ world: World) async throws -> (relay: ActorRef, stale: ActorRouter) {
        var options = ActorOptions.quick
        options.grants = .all
        let relay = try await world.spawn("relay", options: options)
        let first = try #require(relay.cell.state.withLock { $0.incarnations.current })
        _ = try await relay.ask("exit failed x")
        _ = try await world.event { if case .restarted = $0 { true } else { nil } }
        return (relay, ActorRouter(cell: relay.cell, incarnation: first, children: GuestChildren()))
    }

    @Test func itSendsNothingAndWaitsForNothing() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let (relay, stale) = try await restarted(world)
            let holder = try await world.spawn("relay", "holder")
            #expect(throws: MessagingError.cancelled) {
                try stale.requestLater(
                    from: relay.id,
                    to: holder.id,
                    payload: [],
                    contentType: nil,
                    timeout: .seconds(1)
                )
            }
            await #expect(throws: MessagingError.cancelled) {
                try await stale.request(
                    from: relay.id,
                    to: holder.id,
                    payload: [],
                    contentType: nil,
                    timeout: .seconds(1),
                    interruption: Interruption()
                )
            }
            #expect(throws: MessagingError.cancelled) {
                try stale.send(
                    from: relay.id,
                    to: relay.id,
                    payload: [],
                    contentType: nil,
                    after: .seconds(1),
                    repeats: true
                )
            }
            #expect(holder.summary.messagesAccepted == 0)
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func itBindsNobodyAndEndsNobody() async throws {
        try await World.run { world in
            let (relay, stale) = try await restarted(world)
            let other = try await world.spawn("counter")
            #expect(throws: SupervisionError.self) { try stale.watch(other.id, by: relay.id) }
            #expect(throws: SupervisionError.self) { try stale.link(relay.id, with: other.id) }
            try stale.watch(try ActorID("test/never/was"), by: relay.id)
            #expect(throws: MessagingError.cancelled) { try stale.subscribe(relay.id, to: try Pattern("a")) }
            stale.exit(relay.id, reason: .failed("stale"))
            await other.kill()
            #expect(try world.system.publish("a", []) == 0)
            #expect(try await relay.ask("notes") == "")
            #expect(relay.summary.generation == 2)
        }
    }

    @Test func itUndoesNothingOfTheInstanceThatFollows() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let (relay, stale) = try await restarted(world)
            let other = try await world.spawn("counter")
            let holder = try await world.spawn("relay", "holder")
            _ = try await relay.ask("watch \(other.id)")
            _ = try await relay.ask("subscribe a")
            let request = try #require(UInt64(try await relay.ask("request-later 60000 \(holder.id) hold x")))
            let timer = try #require(UInt64(try await relay.ask("send-after 1000 \(relay.id) note tick")))
            stale.unwatch(other.id, by: relay.id)
            stale.unsubscribe(relay.id, from: try Pattern("a"))
            stale.cancelTimer(timer, of: relay.id)
            #expect(throws: MessagingError.self) { try stale.cancel(request, from: relay.id) }
            await other.kill()
            #expect(try await relay.notes(1) == ["down \(other.id) killed"])
            #expect(try world.system.publish("a", Array("note heard".utf8)) == 1)
            #expect(try await relay.notes(1) == ["heard"])
            clock.advance(by: .seconds(1))
            #expect(try await relay.notes(1) == ["tick"])
        }
    }

    @Test func anInstanceThatTakesOverInAnUpgradeIsHeardFromItsBeginning() {
        var incarnations = Incarnations()
        let first = incarnations.begin()
        let second = incarnations.begin()
        #expect(incarnations.contains(first) && incarnations.contains(second) && incarnations.current == first)
        incarnations.endLast()
        #expect(incarnations.contains(first) && !incarnations.contains(second))
        let third = incarnations.begin()
        incarnations.endFirst()
        #expect(!incarnations.contains(first) && incarnations.current == third && third != second)
        incarnations.end()
        #expect(incarnations.current == nil && !incarnations.contains(third))
    }
}
