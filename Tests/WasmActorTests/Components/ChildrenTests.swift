import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Children that guests spawn.
@Suite(.timeLimit(.minutes(10))) struct ChildrenTests {
    @Test func aGuestSpawnsTalksToAndStopsItsChild() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("spawn test/counter/kid counter") == "test/counter/kid")
            #expect(try await relay.ask("ask test/counter/kid increment") == "1")
            #expect(try await relay.ask("stop test/counter/kid") == "done")
            #expect(world.system.actor(.test("counter/kid")) == nil)
            #expect(try await relay.ask("stop test/counter/kid") == "not-found: test/counter/kid")
        }
    }

    @Test func aChildHasItsParentsLimitsAndTheGrantsThatItWasGiven() async throws {
        try await World.run { world in
            var options = ActorOptions.talkative
            options.limits.memoryBytes = 32 << 20
            let relay = try await world.spawn("relay", options: options)
            let spawn = "spawn test/relay/kid relay messaging.send=test/relay/1"
            #expect(try await relay.ask(spawn) == "test/relay/kid")
            let kid = world.actor("relay/kid")
            #expect(kid.cell.options.limits == relay.cell.options.limits)
            #expect(try await kid.ask("send test/relay/1 note hello") == "sent")
            #expect(try await kid.ask("ask test/relay/1 notes") == "denied: messaging.request(test/relay/1)")
            let grandchild = try await kid.ask("spawn test/counter/x counter")
            #expect(grandchild == "denied: supervision.spawn(test/counter/x)")
        }
    }

    @Test func aChildThatAsksForItsWaitingParentIsToldTheCircle() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            let spawn = "spawn test/relay/kid relay +do=ask,test/relay/1,self messaging.request=**"
            #expect(try await relay.ask(spawn) == "test/relay/kid")
            #expect(try await world.actor("relay/kid").ask("notes") == "cycle: test/relay/kid, test/relay/1")
        }
    }

    @Test func aChildThatRefusesToStartLeavesNothing() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("spawn test/chaos/kid chaos +do=refuse,no") == "start-failed: failed no")
            #expect(try await relay.ask("spawn test/chaos/kid chaos +do=trap") == "start-failed: trap unreachable")
            #expect(world.system.list().map(\.id) == [relay.id])
            #expect(relay.cell.state.withLock { $0.childCount } == 0)
            #expect(try await relay.ask("spawn test/chaos/kid chaos") == "test/chaos/kid")
        }
    }

    @Test func aGuestThatSpawnsInItsInitializeHasItsChildrenAgainAfterEachRestart() async throws {
        try await World.run { world in
            let script = "spawn test/counter/kid counter"
            let options = ActorOptions(grants: .all, arguments: Array(script.utf8), restart: .quick)
            let relay = try await world.spawn("relay", options: options)
            #expect(try await relay.ask("ask test/counter/kid increment") == "1")
            _ = try await relay.ask("exit failed told to")
            try await world.restarted("relay/1")
            #expect(try await relay.ask("notes") == "test/counter/kid")
            #expect(try await relay.ask("ask test/counter/kid increment") == "1")
        }
    }

    @Test func aGuestStopsItsOwnChildrenAlone() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("counter", "free")
            let grants = "supervision.spawn=** supervision.stop=**"
            #expect(try await relay.ask("spawn test/relay/kid relay \(grants)") == "test/relay/kid")
            #expect(try await world.actor("relay/kid").ask("spawn test/counter/x counter") == "test/counter/x")
            for other in ["test/counter/free", "test/counter/x", "test/relay/1"] {
                #expect(try await relay.ask("stop \(other)") == "not-found: \(other)")
            }
            // What a child has spawned ends with it.
            #expect(try await relay.ask("stop test/relay/kid") == "done")
            #expect(world.system.list().map(\.id) == [.test("counter/free"), relay.id])
        }
    }

    @Test(arguments: [
        ("spawn test/counter/free counter", "name-taken: test/counter/free"),
        ("spawn test/counter/x nobody", "not-found: nobody"),
        ("spawn test/counter/x counter +permanent +significant", "invalid-argument: "),
    ])
    func whatCannotBeSpawnedIsTold(_ command: String, _ answer: String) async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            try await world.spawn("counter", "free")
            #expect(try await relay.ask(command).hasPrefix(answer))
            #expect(world.system.list().count == 2)
            #expect(try await relay.ask("spawn test/counter/y counter") == "test/counter/y")
        }
    }

    @Test func aDenialNamesTheGrantAndIsAudited() async throws {
        try await World.run { world in
            let grants: Grants = [try Grant(.spawn, to: "test/**"), try Grant(.send, to: "test/relay/*")]
            let relay = try await world.spawn("relay", options: ActorOptions(grants: grants))
            let answer = try await relay.ask("spawn test/relay/kid relay messaging.send=test/**")
            #expect(answer == "denied: messaging.send(test/**)")
            let record = try await world.event { event -> AuditRecord? in
                if case .audited(let record) = event { record } else { nil }
            }
            #expect(record.actor == relay.id)
            #expect(record.capability.description == "messaging.send(test/**)")
            #expect(world.system.actor(.test("relay/kid")) == nil)
        }
    }

    @Test func aChildThatFallsComesBackAndItsParentGoesOn() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("note kept")
            #expect(try await relay.ask("spawn test/chaos/kid chaos") == "test/chaos/kid")
            let kid = world.actor("chaos/kid")
            #expect(try await kid.ask("count") == "1")
            #expect(await kid.refusal("trap") == .died(.trap(.unreachable)))
            await clock.waitForTimers(Timers.pause)
            clock.advance(by: .seconds(1))
            try await world.restarted("chaos/kid")
            #expect(try await kid.ask("count") == "1")
            #expect(try await relay.ask("notes") == "kept")
        }
    }

    @Test func childrenThatFallTooOftenMakeTheirParentFall() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            #expect(try await relay.ask("spawn test/chaos/kid chaos") == "test/chaos/kid")
            for _ in 1...3 {
                _ = await world.actor("chaos/kid").refusal("trap")
                await clock.waitForTimers(Timers.pause)
                clock.advance(by: .milliseconds(500))
                try await world.restarted("chaos/kid")
            }
            _ = await world.actor("chaos/kid").refusal("trap")
            let reason = try await world.event { event -> ExitReason? in
                if case .crashed(relay.id, _, let reason, _) = event { reason } else { nil }
            }
            #expect(reason == .failed("its children fell too often: trap: unreachable"))
            #expect(world.system.actor(.test("chaos/kid")) == nil)
        }
    }

    @Test func theEndOfASignificantChildEndsItsParent() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: ActorOptions(grants: .all, restart: .transient))
            #expect(try await relay.ask("spawn test/counter/other counter") == "test/counter/other")
            #expect(try await relay.ask("spawn test/relay/kid relay +significant") == "test/relay/kid")
            #expect(try await world.actor("relay/kid").ask("exit normal") == "exiting")
            #expect(await relay.ended() == .shutdown)
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func childrenEndInReverseOrderBeforeTheirParentBeginsAnew() async throws {
        try await World.run { world in
            let chaos = "test/chaos"
            let relay = try await world.spawn("relay", options: ActorOptions(grants: .all, restart: .quick))
            for kid in ["a", "b"] { #expect(try await relay.ask("spawn \(chaos)/\(kid) chaos") == "\(chaos)/\(kid)") }
            #expect(try await relay.ask("exit failed told to") == "exiting")
            let order = await world.order {
                $0.endedActor ?? $0.restartedActor
            } until: {
                $0.restartedActor != nil
            }
            #expect(order == ["chaos/b", "chaos/a", "relay/1"])
            #expect(try await relay.ask("spawn \(chaos)/a chaos") == "\(chaos)/a")
        }
    }

    @Test func childrenEndBeforeTheirStoppedParentIsGone() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("spawn test/counter/a counter")
            _ = try await relay.ask("spawn test/relay/b relay supervision.spawn=**")
            _ = try await world.actor("relay/b").ask("spawn test/counter/c counter")
            await relay.stop()
            let order = await world.order(of: \.endedActor) { $0.endedActor == relay.id }
            #expect(order == ["counter/c", "relay/b", "counter/a", "relay/1"])
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func aKilledParentWaitsForNoChildsOwnTime() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("spawn test/chaos/kid chaos")
            _ = try await world.actor("chaos/kid").ask("shutdown sleep 3600000")
            #expect(await relay.kill() == .killed)
            #expect(world.system.list().isEmpty)
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aKillHurriesAParentThatWaitsForItsChildren() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay", options: .talkative)
            _ = try await relay.ask("spawn test/chaos/kid chaos")
            _ = try await world.actor("chaos/kid").ask("shutdown sleep 3600000")
            async let end = relay.stop()
            await clock.waitForTimers(Timers.sleep + 1)
            #expect(await relay.kill() == .killed || relay.status == .ended(.shutdown))
            _ = await end
            #expect(world.system.list().isEmpty)
            #expect(clock.pendingTimers == 0)
        }
    }

    @Test func aForkBombIsBoundedAndItsSiblingsGoOn() async throws {
        try await World.run { world in
            var options = ActorOptions.talkative
            options.maxDescendants = 25
            let relay = try await world.spawn("relay", "r", options: options)
            let counter = try await world.spawn("counter")
            let answer = try await relay.ask("bomb test/relay")
            #expect(answer == "quota: too many actors that live because of test/relay/r (25)")
            for count in 1...20 { #expect(try await counter.ask("increment") == "\(count)") }
            #expect(world.system.list().count == 27)
            for kid in world.system.list(matching: try Pattern("test/relay/*")) {
                _ = try await world.system.actor(kid.id)?.ask("self")
            }
            // Room that is given back may be used again, by anybody of the family.
            #expect(try await relay.ask("stop test/relay/r.1") == "done")
            #expect(try await relay.ask("spawn test/counter/kid counter") == "test/counter/kid")
            await relay.stop()
            #expect(world.system.list().map(\.id) == [counter.id])
        }
    }

    @Test func aParentThatIsKilledWhileItsComponentIsLoadedLeavesNoChild() async throws {
        let source = SlowSource()
        let world = try World(components: source)
        try await world.run { world in
            let relay = try await world.spawn("relay", options: .talkative)
            async let answer = relay.refusal("spawn test/counter/kid counter")
            await source.isAsked.value()
            #expect(await relay.kill() == .killed)
            #expect(await answer == .died(.killed))
            source.mayGoOn.resolve(())
            await until { source.isDone.isResolved }
            #expect(world.system.list().isEmpty)
        }
    }

    @Test func aShutdownEndsChildrenWithTheirParents() async throws {
        let world = try World()
        let relay = try await world.spawn("relay", options: .talkative)
        _ = try await relay.ask("spawn test/counter/kid counter")
        let report = await world.system.shutdown()
        #expect(report.stopped == [.test("counter/kid"), relay.id])
        #expect(report.cutOff.isEmpty)
    }
}

/// A source that waits until it may go on.
private final class SlowSource: ComponentSource {
    let isAsked = OneShot<Void>()
    let mayGoOn = OneShot<Void>()
    let isDone = OneShot<Void>()

    func component(named name: String) async throws(ComponentSourceError) -> [UInt8] {
        isAsked.resolve(())
        await mayGoOn.value()
        defer { isDone.resolve(()) }
        return try await FixtureSource().component(named: name)
    }
}
