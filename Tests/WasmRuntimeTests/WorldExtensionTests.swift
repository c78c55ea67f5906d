import ShopBindings
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmComponentModel
import WasmCore

@testable import WasmRuntime

/// A world of the user's own in an engine: who may call its host, and what holds for such calls.
@Suite("A world's own host functions", .timeLimit(.minutes(10)))
struct WorldExtensionTests {
    @Test("without a grant a call is denied in the result that the WIT has for it, audited once, and never served")
    func denied() async throws {
        let supplier = Supplier { (_, _, _) throws(Types.ShopError) in
            Issue.record("a denied call was served")
            throw .failed("denied")
        }
        let shop = try await Shop(supplier)
        let price = try await shop.price()
        #expect(price == .failure(.denied("host.call(fixtures:shop/pricing/quote)")))
        #expect(shop.audit.records.map(\.capability) == [Capability(.call, "fixtures:shop/pricing/quote")])
        #expect(shop.audit.records.map(\.isAllowed) == [false])
        #expect(shop.audit.records.map(\.actor) == [shop.id])
        // The guest is well: it got an ordinary result.
        #expect(try await shop.call { shop, store in try await shop.catalog.items(store).count } == 1)
    }

    @Test(
        "a grant for the function, for its interface or for its package lets the call through",
        arguments: ["fixtures:shop/pricing/quote", "fixtures:shop/pricing/*", "fixtures:shop/**", "**"]
    )
    func granted(pattern: String) async throws {
        let shop = try await Shop(grants: [Grant(.call, to: pattern)], audit: BoundedAuditLog(recordsGrants: true))
        #expect(try await shop.price() == .success(Types.Money(amount: 77, currency: "EUR")))
        #expect(shop.audit.records.map(\.isAllowed) == [true])
    }

    @Test(
        "a grant for something else does not",
        arguments: ["fixtures:shop/pricing/stock", "fixtures:shop/pricing", "fixtures:shops/**", "fixtures:shop/*"]
    )
    func grantedElsewhere(pattern: String) async throws {
        let shop = try await Shop(grants: [Grant(.call, to: pattern)])
        #expect(try await shop.price() == .failure(.denied("host.call(fixtures:shop/pricing/quote)")))
    }

    @Test("a denial that no result can tell ends the instance, by its own reason")
    func deniedWithoutResult() async throws {
        let supplier = Supplier()
        let shop = try await Shop(supplier)
        let error = await shop.failure { shop, store in _ = try await shop.catalog.available(store, id: 1) }
        #expect(error?.code == .denied)
        #expect(error?.exitReason == .denied("host.call(fixtures:shop/pricing/stock)"))
        #expect(supplier.calls.load(ordering: .relaxed) == 0)
        #expect(shop.audit.denialCount == 1)
    }

    @Test("a function of the world itself goes by its name, and a text in the error's place says what was denied")
    func ownFunction() async throws {
        for (grants, greeting) in [
            (try [Grant(.call, to: "greeter")] as Grants, "Ada, Monsieur greets you"),
            ([], "Ada, nobody greets you: host.call(greeter)"),
        ] {
            let shop = try await Shop(grants: grants)
            let answer = try await shop.call { shop, store in
                try await shop.greet(store, customer: "Ada", language: "fr")
            }
            #expect(answer == greeting)
        }
    }

    @Test("the methods of a resource of the host's are gated as functions are")
    func methods() async throws {
        let shop = try await Shop(grants: [Grant(.call, to: "fixtures:shop/pricing/till")])
        let answer = try await shop.call { shop, store in
            let basket = try await shop.catalog.makeBasket(store, customer: "ada")
            return try await shop.catalog.checkOut(store, basket: basket, currency: "EUR")
        }
        #expect(answer == .failure(.denied("host.call(fixtures:shop/pricing/till/ring)")))
    }

    @Test("a host that gates itself is asked for nothing else, and its denials are audited")
    func gatedByHost() async throws {
        let supplier = Supplier { (context, item, currency) throws(Types.ShopError) in
            do throws(CapabilityDenied) {
                try context.authorize("fixtures:shop/pricing/quote/\(currency.lowercased())")
            } catch {
                throw .denied(error.capability.subject)
            }
            return Types.Money(amount: item, currency: currency)
        }
        let world = supplier.world.gated(by: .host)
        let shop = try await Shop(world, grants: [Grant(.call, to: "fixtures:shop/pricing/quote/eur")])
        #expect(try await shop.price("EUR") == .success(Types.Money(amount: 77, currency: "EUR")))
        #expect(try await shop.price("USD") == .failure(.denied("fixtures:shop/pricing/quote/usd")))
        #expect(shop.audit.denialCount == 1)
        #expect(try await shop.call { shop, store in try await shop.catalog.available(store, id: 1) } == 101)
    }

    @Test("an asynchronous host function is left where the turn is ended, and cancelled")
    func interrupted() async throws {
        let hasBegun = OneShot<Void>()
        let wasCancelled = OneShot<Void>()
        let supplier = Supplier { (_, _, _) throws(Types.ShopError) in
            let forever = OneShot<Void>()
            await withTaskCancellationHandler {
                hasBegun.resolve(())
                await forever.value()
            } onCancel: {
                wasCancelled.resolve(())
                forever.resolve(())
            }
            throw .failed("cancelled")
        }
        let shop = try await Shop(supplier, grants: .all)
        async let error = shop.failure { shop, store in _ = try await shop.catalog.price(store, id: 2, currency: "EUR")
        }
        await hasBegun.value()
        shop.engine.interrupt(shop.handle, reason: .killed)
        #expect(await error?.exitReason == .killed)
        await wasCancelled.value()
    }

    @Test("an asynchronous host function is held to the turn's wall time, whether it listens or not")
    func wallTime() async throws {
        let clock = ManualClock()
        let mayReturn = OneShot<Void>()
        let supplier = Supplier { (_, _, _) throws(Types.ShopError) in
            await mayReturn.value()
            throw .failed("too late")
        }
        let shop = try await Shop(
            supplier,
            grants: .all,
            limits: ResourceLimits(turnTime: 1_000_000_000, cpuTime: 3_600_000_000_000),
            clock: clock
        )
        async let error = shop.failure { shop, store in _ = try await shop.catalog.price(store, id: 2, currency: "EUR")
        }
        // The turn itself, and its host call.
        await clock.waitForTimers(2)
        clock.advance(by: .seconds(1))
        #expect(await error?.exitReason == .limit(.turnTime))
        mayReturn.resolve(())
    }

    @Test("the arguments of these calls count against the bytes that the host calls of a turn may carry")
    func budget() async throws {
        let limits = ResourceLimits(turnTime: 3_600_000_000_000, cpuTime: 3_600_000_000_000, hostCallBytes: 4096)
        let shop = try await Shop(Supplier(), grants: .all, limits: limits)
        let currency = String(repeating: "x", count: 3000)
        #expect(try await shop.price(currency) == .success(Types.Money(amount: 77, currency: currency)))
        #expect(try await shop.price(currency) == .success(Types.Money(amount: 77, currency: currency)))
        let error = await shop.failure { shop, store in
            for _ in 0..<2 { _ = try await shop.catalog.price(store, id: 2, currency: currency) }
        }
        #expect(error?.exitReason == .limit(.hostCallBytes))
    }

    @Test("executing time is that of the whole turn, however many calls it is made of")
    func executingTime() async throws {
        let limits = ResourceLimits(turnTime: 3_600_000_000_000, cpuTime: 50_000_000)
        let shop = try await Shop(Supplier(), grants: .all, limits: limits)
        let item = Types.Item(id: 3, name: String(repeating: "n", count: 1 << 20), price: .free)
        let error = await shop.failure { shop, store in
            while true { try await shop.catalog.add(store, item: item) }
        }
        #expect(error?.exitReason == .limit(.cpuTime))
    }

    @Test("a call that the turn's code starts and leaves ends the instance", arguments: [false, true])
    func leftCall(isKept: Bool) async throws {
        let shop = try await Shop(Supplier(), grants: .all)
        let kept = KeptCall()
        let error = await shop.failure(on: RawShop.self) { raw, store in
            let call = try store.startCall(raw.items, [])
            if isKept { kept.call = consume call }
        }
        guard case .hostError? = error?.exitReason else {
            Issue.record("the turn ended with \(String(describing: error))")
            return
        }
        let later = await shop.failure { shop, store in _ = try await shop.catalog.items(store) }
        #expect(later?.code == .instanceFinished)
    }

    @Test("bindings that have the contract in them are told to leave it to its module")
    func contractTwice() throws {
        let world = WorldExtension(
            RawShop.self,
            hostType: Supplier.self,
            define: { (linker) throws(WasmError) in try linker.instance("wasm-actors:actor/types@0.1.0") { _ in } },
            makeHost: { _ in Supplier() }
        )
        let engine = try Harness.ownEngine()
        let error = #expect(throws: RuntimeError.self) { try engine.compile(Fixture.bytes("counter"), world: world) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("\"provided\"") == true)
        // It is the world that is wrong, not the component.
        _ = try engine.compile(Fixture.bytes("counter"))
    }

    @Test("the same component for two worlds is compiled once")
    func compiledOnce() async throws {
        let engine = try Harness.ownEngine()
        let bytes = try Fixture.bytes("shop")
        let first = try engine.compile(bytes, world: Supplier().world)
        let second = try engine.compile(bytes, world: Supplier().world.gated(by: .host))
        #expect(first !== second)
        #expect(engine.metrics.compilations == 1)
    }
}

/// A shop in an engine, initialized, with a plum in it whose price the host is asked for.
private struct Shop {
    let engine: WasmEngine
    let handle: ComponentHandle
    let id: ActorID
    let audit: BoundedAuditLog

    private static let shared = Result { try Harness.ownEngine() }

    init(
        _ supplier: Supplier = Supplier(),
        grants: Grants = .none,
        limits: ResourceLimits = Harness.patient,
        clock: any ActorClock = SystemClock(),
        audit: BoundedAuditLog = BoundedAuditLog()
    ) async throws {
        try await self.init(supplier.world, grants: grants, limits: limits, clock: clock, audit: audit)
    }

    init(
        _ world: WorldExtension,
        grants: Grants = .none,
        limits: ResourceLimits = Harness.patient,
        clock: any ActorClock = SystemClock(),
        audit: BoundedAuditLog = BoundedAuditLog()
    ) async throws {
        engine = try Self.shared.get()
        id = try ActorID("test/shop/main")
        self.audit = audit
        let services = HostServices(
            router: RecordingRouter(),
            storage: MemoryStorage(),
            audit: audit,
            log: RecordingLog(),
            clock: clock,
            random: SystemRandom()
        )
        handle = try await engine.loadComponent(
            id: id,
            component: engine.compile(Fixture.bytes("shop"), world: world),
            settings: InstanceSettings(grants: grants, limits: limits, services: services)
        )
        try await engine.callInitialize(handle, ActorConfiguration(id: id, limits: limits)).get()
        let plum = Types.Item(id: 2, name: "plum", price: .quoted(77))
        try await call { shop, store in try await shop.catalog.add(store, item: plum) }
    }

    func call<Answer: Sendable>(
        _ body: @escaping @Sendable (ShopWorld, borrowing Store) async throws -> Answer
    ) async throws -> Answer {
        try await engine.perform(handle, GuestTurn(on: ShopWorld.self, body)).get()
    }

    /// What the plum costs.
    func price(_ currency: String = "EUR") async throws -> Result<Types.Money, Types.ShopError> {
        try await call { shop, store in try await shop.catalog.price(store, id: 2, currency: currency) }
    }

    /// How a turn ends abnormally; nil where it does not.
    func failure(
        _ body: @escaping @Sendable (ShopWorld, borrowing Store) async throws -> Void
    ) async -> RuntimeError? {
        await failure(on: ShopWorld.self, body)
    }

    /// How a turn on another world ends abnormally; nil where it does not.
    func failure<World: ComponentWorld>(
        on world: World.Type,
        _ body: @escaping @Sendable (World, borrowing Store) async throws -> Void
    ) async -> RuntimeError? {
        do throws(RuntimeError) {
            _ = try await engine.perform(handle, GuestTurn(on: world, body))
            return nil
        } catch {
            return error
        }
    }
}

/// A world that gives its functions out.
private struct RawShop: ComponentWorld {
    static let imports: [FunctionRequirement] = []
    static let exports: [FunctionRequirement] = []

    let items: Func

    init(store: borrowing Store, instance: Instance) throws(WasmError) {
        items = try store.function(instance, "fixtures:shop/catalog@1.0.0", "items")
    }
}

/// Keeps a call beyond its turn. `@unchecked` because it is written in the turn alone, and released after it.
private final class KeptCall: @unchecked Sendable {
    var call: CallFuture?
}
