import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// An actor's own end, and whom the end of another concerns.
@Suite(.timeLimit(.minutes(10))) struct BondTests {
    @Test func aGuestEndsItselfAfterItsTurn() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: ActorOptions(restart: .temporary))
            #expect(try await relay.ask("exit normal") == "exiting")
            #expect(await relay.ended() == .normal)
        }
    }

    @Test func anExitWithAFailureIsACrashThatThePolicyAnswers() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .quick)
            #expect(try await relay.ask("exit failed of boredom") == "exiting")
            let reason = try await world.event { if case .crashed(_, _, let reason, _) = $0 { reason } else { nil } }
            #expect(reason == .failed("of boredom"))
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            #expect(try await relay.ask("sender") == "none")
        }
    }

    @Test func aTransientActorThatExitsNormallyIsNotRestarted() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: ActorOptions(restart: .transient))
            _ = try await relay.ask("exit normal")
            #expect(await relay.ended() == .normal)
            #expect(world.system.metrics.crashes == 0)
        }
    }

    @Test func theHostIsToldOfAnEndOnceWithItsReason() async throws {
        try await World.run { world in
            let target = try await world.spawn("relay")
            let monitor = target.watch()
            let (early, taken) = (try #require(world.system.watch(target.id)), target.watch())
            taken.unwatch()
            await target.kill()
            #expect(await monitor.down() == .killed)
            #expect(await early.down() == .killed)
            #expect(await taken.down() == nil)
            // It is gone, and its reason is known.
            #expect(await world.system.watch(target.id)?.down() == .killed)
            #expect(world.system.watch(.test("never/was")) == nil)
        }
    }

    @Test func aWatchOfTheHostEndsWithItsTask() async throws {
        try await World.run { world in
            let target = try await world.spawn("relay")
            let wait = Task { await target.watch().down() }
            await until { target.cell.state.withLock { $0.machine.endWaiters.count } == 1 }
            wait.cancel()
            #expect(await wait.value == nil)
            #expect(target.cell.state.withLock { $0.machine.endWaiters.isEmpty })
        }
    }

    @Test func actorsThatTheHostHasLinkedFallTogether() async throws {
        try await World.run { world in
            let options = ActorOptions(restart: .temporary)
            let (a, b, c) = (
                try await world.spawn("chaos", "a", options: options),
                try await world.spawn("chaos", "b", options: options),
                try await world.spawn("chaos", "c", options: options)
            )
            try a.link(to: b)
            try a.link(to: c)
            a.unlink(from: c)
            _ = await b.refusal("trap")
            #expect("\(await a.ended())".contains("test/chaos/b, to which it is linked, ended"))
            #expect(try await c.ask("count") == "1")
            // One that is gone takes the other with it at once.
            try a.link(to: c)
            #expect("\(await c.ended())".contains("test/chaos/a"))
            #expect(throws: SupervisionError.self) { try c.link(to: c) }
        }
    }

    @Test func aWatcherIsToldOnceWithTheReason() async throws {
        try await World.run { world in
            let watcher = try await world.spawn("relay", "watcher", options: .talkative)
            let target = try await world.spawn("relay", "target")
            for _ in 0..<2 { #expect(try await watcher.ask("watch \(target.id)") == "done") }
            await target.kill()
            #expect(try await watcher.notes(1) == ["down \(target.id) killed"])
            try await world.spawn("relay", "target")
            await world.system.actor(target.id)?.stop()
            #expect(try await watcher.ask("notes") == "")
        }
    }

    @Test func aTargetThatIsGoneAlreadyIsToldWithItsReason() async throws {
        try await World.run { world in
            let watcher = try await world.spawn("relay", "watcher", options: .talkative)
            let target = try await world.spawn("relay", "target")
            await target.stop()
            #expect(try await watcher.ask("watch \(target.id)") == "done")
            #expect(try await watcher.notes(1) == ["down \(target.id) shutdown"])
            _ = try await watcher.ask("watch test/never/was")
            #expect(try await watcher.notes(1) == ["down test/never/was host-error no actor test/never/was runs"])
        }
    }

    @Test func oneNoticeTellsOfAnEndHoweverOftenItIsAskedForMeanwhile() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let watcher = try await world.spawn("relay", "watcher", options: .talkative)
            async let slept = watcher.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            let incarnation = try #require(watcher.cell.state.withLock { $0.incarnations.latest })
            for _ in 0..<2 { try watcher.cell.watch(ended: .test("gone/1"), .killed, incarnation: incarnation) }
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await watcher.notes(1) == ["down test/gone/1 killed"])
            #expect(try await watcher.ask("notes") == "")
        }
    }

    @Test func aRestartIsNoEnd() async throws {
        try await World.run { world in
            let watcher = try await world.spawn("relay", "watcher", options: .talkative)
            let target = try await world.spawn("chaos", options: .quick)
            _ = try await watcher.ask("watch \(target.id)")
            _ = await target.refusal("trap")
            _ = try await world.event { if case .restarted = $0 { true } else { nil } }
            #expect(try await watcher.ask("notes") == "")
            await target.stop()
            #expect(try await watcher.notes(1) == ["down \(target.id) shutdown"])
        }
    }

    @Test func whoNoLongerWatchesIsNotTold() async throws {
        try await World.run { world in
            let watcher = try await world.spawn("relay", "watcher", options: .talkative)
            let target = try await world.spawn("relay", "target")
            _ = try await watcher.ask("watch \(target.id)")
            #expect(try await watcher.ask("unwatch \(target.id)") == "done")
            #expect(try await watcher.ask("unwatch \(target.id)") == "done")
            await target.kill()
            #expect(try await watcher.ask("notes") == "")
        }
    }

    @Test func theEndOfALinkedActorIsTheOthersToo() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: ActorOptions(grants: .all, restart: .temporary))
            let second = try await world.spawn("relay", "b", options: ActorOptions(restart: .temporary))
            #expect(try await first.ask("link \(second.id)") == "done")
            await first.kill()
            guard case .failed(let text) = await second.ended() else { return #expect(Bool(false), "it did not fail") }
            #expect(text.contains("\(first.id)") && text.contains("killed"))
        }
    }

    @Test func aLinkedActorUnderAPolicyIsRestarted() async throws {
        try await World.run { world in
            var options = ActorOptions.quick
            options.grants = .all
            let first = try await world.spawn("relay", "a", options: options)
            let second = try await world.spawn("relay", "b")
            _ = try await first.ask("link \(second.id)")
            await second.kill()
            _ = try await world.event { if case .restarted(first.id, _) = $0 { true } else { nil } }
            #expect(try await first.ask("sender") == "none")
        }
    }

    @Test func aNormalEndBreaksALinkAndEndsNobody() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            let second = try await world.spawn("relay", "b")
            _ = try await first.ask("link \(second.id)")
            await second.stop()
            #expect(try await first.ask("sender") == "none")
        }
    }

    @Test func anUnlinkedActorLivesOn() async throws {
        try await World.run { world in
            let first = try await world.spawn("relay", "a", options: .talkative)
            let second = try await world.spawn("relay", "b")
            _ = try await first.ask("link \(second.id)")
            #expect(try await first.ask("unlink \(second.id)") == "done")
            await first.kill()
            #expect(try await second.ask("sender") == "none")
        }
    }

    @Test func nobodyWatchesOrLinksItself() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("watch \(relay.id)").hasPrefix("invalid-argument"))
            #expect(try await relay.ask("link \(relay.id)").hasPrefix("invalid-argument"))
            #expect(try await relay.ask("link test/nobody/1") == "not-found: test/nobody/1")
        }
    }

    @Test func theDeadLeaveNoBondsBehind() async throws {
        try await World.run { world in
            let target = try await world.spawn("relay", "target")
            for _ in 0..<20 {
                let watcher = try await world.spawn("relay", "watcher", options: .talkative)
                _ = try await watcher.ask("watch \(target.id)")
                _ = try await watcher.ask("link \(target.id)")
                await watcher.stop()
            }
            #expect(target.cell.state.withLock { $0.bonds.watchers.isEmpty && $0.bonds.links.isEmpty })
        }
    }
}
