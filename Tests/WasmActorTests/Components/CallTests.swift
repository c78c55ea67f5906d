import ShopBindings
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmComponentModel
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Calls of an actor's own exports, in turns of their own.
@Suite("Calls of an actor's own world", .timeLimit(.minutes(10)))
struct CallTests {
    @Test("an export is called with typed values, and the host answers what the guest asks it for")
    func typed() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            try await shop.call(ShopWorld.self) { shop, store in
                try await shop.catalog.add(store, item: .pear)
                try await shop.catalog.add(store, item: .plum)
            }
            let names = try await shop.call(ShopWorld.self) { shop, store in
                try await shop.catalog.items(store).map(\.name)
            }
            #expect(names == ["pear", "plum"])
            let price = try await shop.call(ShopWorld.self) { shop, store in
                try await shop.catalog.price(store, id: 2, currency: "EUR").get()
            }
            #expect(price == Types.Money(amount: 77, currency: "EUR"))
        }
    }

    @Test("calls and messages take their turns in the order in which they came, and count alike")
    func order() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            try await shop.tell("count")
            let count = try await shop.call(ShopWorld.self) { shop, store in
                try await shop.catalog.add(store, item: .pear)
                return try await shop.catalog.items(store).count
            }
            #expect(count == 1)
            #expect(try await shop.ask("count") == "1")
            #expect(shop.summary.messagesHandled == 3)
            #expect(world.system.metrics.messagesAccepted == 3)
        }
    }

    @Test("what a body throws is the caller's, and the actor lives on")
    func throwing() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let error = await shop.refusal { shop, store in
                _ = try await shop.catalog.lookup(store, id: 9).get()
            }
            guard case .body(let thrown)? = error else {
                Issue.record("the call failed with \(String(describing: error))")
                return
            }
            #expect(thrown as? Types.ShopError == .unknownItem(9))
            #expect(shop.summary.generation == 1)
            #expect(try await shop.ask("count") == "0")
        }
    }

    @Test(
        "a trap ends the instance, the caller is told why, and the policy restarts the actor",
        arguments: [false, true]
    )
    func trap(isHidden: Bool) async throws {
        try await World.run { world in
            let shop = try await world.shop(options: .quick)
            let error = await shop.refusal { shop, store in
                do {
                    try await shop.catalog.burn(store)
                } catch {
                    if !isHidden { throw error }
                }
            }
            #expect(error?.messaging == .died(.trap(.unreachable)))
            let generation = try await world.event { event -> UInt64? in
                if case .restarted(shop.id, let generation) = event { generation } else { nil }
            }
            #expect(generation == 2)
            #expect(try await shop.ask("count") == "0")
            #expect(world.system.metrics.crashes == 1)
        }
    }

    @Test("a guest that never returns is ended by its limit, whatever called it")
    func limit() async throws {
        try await World.run { world in
            let limits = ResourceLimits(turnTime: 3_600_000_000_000, cpuTime: 20_000_000)
            let shop = try await world.system.spawn(
                ActorID("test/shop/1"),
                bytes: Fixture.bytes("shop"),
                world: Supplier().world,
                options: ActorOptions(limits: limits, restart: .temporary)
            )
            let error = await shop.refusal { shop, store in try await shop.catalog.spin(store) }
            #expect(error?.messaging == .died(.limit(.cpuTime)))
        }
    }

    @Test("a body that calls nothing and never returns cannot keep its actor alive")
    func kill() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let hasBegun = OneShot<Void>()
            let mayReturn = OneShot<Void>()
            async let error = shop.refusal { _, _ in
                hasBegun.resolve(())
                await mayReturn.value()
            }
            await hasBegun.value()
            #expect(await shop.kill() == .killed)
            #expect(await error?.messaging == .died(.killed))
            mayReturn.resolve(())
        }
    }

    @Test("a body that outlives its actor finds the store ended")
    func late() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let hasBegun = OneShot<Void>()
            let mayReturn = OneShot<Void>()
            let late = OneShot<WasmError?>()
            async let error = shop.refusal { shop, store in
                hasBegun.resolve(())
                await mayReturn.value()
                do throws(WasmError) {
                    _ = try await shop.catalog.items(store)
                    late.resolve(nil)
                } catch {
                    late.resolve(error)
                }
            }
            await hasBegun.value()
            await shop.kill()
            #expect(await error?.messaging == .died(.killed))
            mayReturn.resolve(())
            #expect(await late.value()?.code == .interrupted)
        }
    }

    @Test("a body that does something else than calling the guest is held to the turn's wall time")
    func wallTime() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let shop = try await world.shop(options: ActorOptions(restart: .temporary), turnTime: 1_000_000_000)
            let mayReturn = OneShot<Void>()
            async let error = shop.refusal { _, _ in await mayReturn.value() }
            await clock.waitForTimers(Timers.call)
            clock.advance(by: .seconds(1))
            #expect(await error?.messaging == .died(.limit(.turnTime)))
            mayReturn.resolve(())
        }
    }

    @Test("a shutdown waits for no code that does not return, and says so")
    func shutdown() async throws {
        let world = try World()
        let shop = try await world.shop()
        let hasBegun = OneShot<Void>()
        let mayReturn = OneShot<Void>()
        async let error = shop.refusal { _, _ in
            hasBegun.resolve(())
            await mayReturn.value()
        }
        await hasBegun.value()
        let report = await world.system.shutdown(grace: .zero)
        #expect(report.abandonedCalls == 1)
        #expect(report.cutOff == [shop.id: .killed])
        #expect(await error?.messaging == .died(.killed))
        mayReturn.resolve(())
    }

    @Test("a body that looks at its task's cancellation is waited for, and nothing is left of it")
    func cancelledBody() async throws {
        let world = try World()
        let shop = try await world.shop()
        let hasBegun = OneShot<Void>()
        async let error = shop.refusal { _, _ in
            let cancelled = OneShot<Void>()
            await withTaskCancellationHandler {
                hasBegun.resolve(())
                await cancelled.value()
            } onCancel: {
                cancelled.resolve(())
            }
        }
        await hasBegun.value()
        await shop.kill()
        #expect(await world.system.shutdown(grace: .seconds(60)).abandonedCalls == 0)
        #expect(await error?.messaging == .died(.killed))
    }

    @Test("a call that is given up before its turn is not run; one that is under way goes on to its end")
    func timeout() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let shop = try await world.shop()
            let mayReturn = OneShot<Void>()
            async let first = shop.refusal(timeout: .seconds(1)) { shop, store in
                await mayReturn.value()
                try await shop.catalog.add(store, item: .pear)
            }
            await clock.waitForTimers(Timers.call)
            async let second = shop.refusal(timeout: .seconds(1)) { shop, store in
                try await shop.catalog.add(store, item: .plum)
            }
            await clock.waitForTimers(Timers.call + Timers.ask)
            clock.advance(by: .seconds(1))
            #expect(await first?.messaging == .timeout)
            #expect(await second?.messaging == .timeout)
            mayReturn.resolve(())
            #expect(try await shop.ask("count") == "1")
        }
    }

    @Test("what the guest asks others in a call waits no longer than the call's caller does")
    func inheritedDeadline() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let shop = try await world.shop()
            let relay = try await world.spawn("relay", options: .talkative)
            async let asleep = relay.refusal("sleep 7200000")
            await clock.waitForTimers(Timers.sleepingAsk)
            let answer = OneShot<String>()
            async let call = shop.refusal(timeout: .seconds(1)) { shop, store in
                answer.resolve(try await shop.catalog.compare(store, other: relay.id))
            }
            await clock.waitForTimers(Timers.sleepingAsk + Timers.call + 1)
            // The guest would wait for an hour.
            clock.advance(by: .seconds(1))
            #expect(await call?.messaging == .timeout)
            #expect(await answer.value() == "timeout")
            #expect(try await shop.ask("count") == "0")
            await relay.kill()
            #expect(await asleep == .died(.killed))
        }
    }

    @Test("a caller that is cancelled waits no longer")
    func cancellation() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let hasBegun = OneShot<Void>()
            let mayReturn = OneShot<Void>()
            let caller = Task {
                await shop.refusal { _, _ in
                    hasBegun.resolve(())
                    await mayReturn.value()
                }
            }
            await hasBegun.value()
            caller.cancel()
            #expect(await caller.value?.messaging == .cancelled)
            mayReturn.resolve(())
            #expect(try await shop.ask("count") == "0")
        }
    }

    @Test("a full mailbox takes no call, and an actor that is gone neither")
    func refused() async throws {
        try await World.run { world in
            let shop = try await world.shop(
                options: ActorOptions(limits: ResourceLimits(mailboxMessages: 1), overflow: .fail)
            )
            let hasBegun = OneShot<Void>()
            let mayReturn = OneShot<Void>()
            async let first = shop.refusal { _, _ in
                hasBegun.resolve(())
                await mayReturn.value()
            }
            await hasBegun.value()
            try await shop.tell("count")
            #expect(await shop.refusal { _, _ in }?.messaging == .mailboxFull(shop.id))
            mayReturn.resolve(())
            #expect(await first == nil)
            await shop.stop()
            #expect(await shop.refusal { _, _ in }?.messaging == .died(.shutdown))
        }
    }

    @Test("a component without the world's exports is refused before it is spawned, and a call finds none")
    func otherWorld() async throws {
        try await World.run { world in
            let error = await #expect(throws: ActorSystemError.self) {
                try await world.system.spawn(
                    ActorID("test/counter/1"),
                    bytes: Fixture.bytes("counter"),
                    world: Supplier().world
                )
            }
            #expect(error?.code == .invalidComponent)
            #expect(error?.runtimeError?.code == .missingExport)
            #expect(error?.runtimeError?.message.contains("fixtures:shop/catalog@1.0.0") == true)
            let counter = try await world.spawn("counter")
            guard case .world(let missing)? = await counter.refusal({ _, _ in }) else {
                Issue.record("the call was not refused")
                return
            }
            #expect(missing.code == .missingExport)
            #expect(try await counter.ask("get") == "0")
        }
    }

    @Test("a component that imports what its world adds is refused where it is spawned without the world")
    func noWorld() async throws {
        try await World.run { world in
            let error = await #expect(throws: ActorSystemError.self) { try await world.spawn("shop") }
            #expect(error?.runtimeError?.code == .unknownImport)
            #expect(error?.runtimeError?.message.contains("fixtures:shop/pricing@1.0.0") == true)
        }
    }

    @Test("each incarnation has a host of its own, made with what the actor is")
    func hosts() async throws {
        try await World.run { world in
            let supplier = Supplier()
            let grants: Grants = [try Grant(.call, to: "fixtures:shop/**")]
            let shop = try await world.shop(supplier, options: ActorOptions(grants: grants, restart: .quick))
            await shop.refusal { shop, store in try await shop.catalog.burn(store) }
            _ = try await shop.ask("count")
            let hosts = supplier.hosts.withLock { $0 }
            #expect(hosts.map(\.actor) == [shop.id, shop.id])
            #expect(hosts.map(\.generation) == [1, 2])
            #expect(hosts.map(\.grants) == [grants, grants])
        }
    }

    @Test("a host that cannot be made ends the start, not the system")
    func noHost() async throws {
        struct NoSupplier: Error {}
        try await World.run { world in
            let failing: WorldExtension = ShopWorld.hosted { _ throws -> ShopHost in throw NoSupplier() }
            let error = await #expect(throws: ActorSystemError.self) {
                try await world.system.spawn(
                    ActorID("test/shop/1"),
                    bytes: Fixture.bytes("shop"),
                    world: failing,
                    options: ActorOptions(restart: .temporary)
                )
            }
            #expect(error?.code == .startFailed)
            #expect(error?.runtimeError?.message.contains("NoSupplier") == true)
        }
    }
}

extension World {
    /// Spawns the shop as `test/shop/1`.
    func shop(
        _ supplier: Supplier = Supplier(),
        options: ActorOptions = ActorOptions(grants: .all),
        turnTime: UInt64? = nil
    ) async throws -> ActorRef {
        var options = options
        options.limits = options.limits.patient
        if let turnTime { options.limits.turnTime = turnTime }
        return try await system.spawn(
            ActorID("test/shop/1"),
            bytes: Fixture.bytes("shop"),
            world: supplier.world,
            options: options
        )
    }
}

extension ActorRef {
    /// What a call of the shop's exports fails with; nil where it does not.
    @discardableResult
    func refusal(
        timeout: Duration = .seconds(60),
        _ body: @escaping @Sendable (ShopWorld, borrowing Store) async throws -> Void
    ) async -> ActorCallError? {
        do throws(ActorCallError) {
            try await call(ShopWorld.self, timeout: timeout, body)
            return nil
        } catch {
            return error
        }
    }
}

extension ActorCallError {
    /// Why the turn did not come about or ended abnormally.
    var messaging: MessagingError? {
        if case .messaging(let error) = self { error } else { nil }
    }
}

extension RestartPolicy {
    /// Always, at once.
    static let quick = RestartPolicy(.permanent, intensity: 100, backOff: .none)
}

extension Types.Item {
    static let pear = Types.Item(id: 1, name: "pear", price: .fixed(Types.Money(amount: 5, currency: "EUR")))
    static let plum = Types.Item(id: 2, name: "plum", price: .quoted(77))
}
