import ShopBindings
import TestSupport
import Testing
import WasmComponentModel
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Resources of a guest that the host keeps between turns.
@Suite("Resources of an actor's guest", .timeLimit(.minutes(10)))
struct KeptResourceTests {
    @Test("a resource is made in one turn, used in others, and dropped when the host lets it go")
    func kept() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let basket = try await shop.basket(of: "ada")
            try await shop.call(ShopWorld.self) { shop, store in
                for item in [Types.Item.pear, .plum] { try await shop.catalog.add(store, item: item) }
            }
            for id in [1, 2] as [UInt32] {
                let count = try await shop.call(ShopWorld.self) { _, store in
                    try await basket.with { basket async throws(WasmError) in try await basket.put(store, id: id) }
                        .get()
                }
                #expect(count == id)
            }
            let total = try await shop.call(ShopWorld.self) { _, store in
                try await basket.with { basket async throws(WasmError) in
                    try await basket.total(store, currency: "EUR")
                }.get()
            }
            #expect(total == Types.Money(amount: 82, currency: "EUR"))
            let open = try await shop.call(ShopWorld.self) { shop, store in
                let before = try await shop.catalog.openBaskets(store)
                try await basket.take().drop()
                return (before, try await shop.catalog.openBaskets(store))
            }
            #expect(open == (1, 0))
        }
    }

    @Test("a resource is given back to the guest, which pays it at a till of the host's")
    func givenBack() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            try await shop.call(ShopWorld.self) { shop, store in try await shop.catalog.add(store, item: .pear) }
            for sum in [5, 10] as [UInt32] {
                let basket = try await shop.basket(of: "ada")
                let paid = try await shop.call(ShopWorld.self) { shop, store in
                    _ = try await basket.with { basket async throws(WasmError) in try await basket.put(store, id: 1) }
                    return try await shop.catalog.checkOut(store, basket: basket.take(), currency: "EUR").get()
                }
                #expect(paid == sum)
            }
            let open = try await shop.call(ShopWorld.self) { shop, store in try await shop.catalog.openBaskets(store) }
            #expect(open == 0)
        }
    }

    @Test("a resource that nobody drops goes with the last reference to it")
    func forgotten() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            _ = try await shop.basket(of: "ada")
            // The turn that brought it may hold it for a moment longer than its caller.
            var open: UInt32 = 1
            while open > 0, !Task.isCancelled {
                open = try await shop.call(ShopWorld.self) { shop, store in try await shop.catalog.openBaskets(store) }
            }
            #expect(open == 0)
        }
    }

    @Test("a resource of an earlier incarnation is an error of its user's, and the actor lives on")
    func earlierIncarnation() async throws {
        try await World.run { world in
            let shop = try await world.shop(options: ActorOptions(grants: .all, restart: .quick))
            let basket = try await shop.basket(of: "ada")
            await shop.refusal { shop, store in try await shop.catalog.burn(store) }
            _ = try await shop.ask("count")
            let error = await shop.refusal { _, store in
                _ = try await basket.with { basket async throws(WasmError) in try await basket.customer(store) }
            }
            guard case .body(let thrown)? = error else {
                Issue.record("the call failed with \(String(describing: error))")
                return
            }
            #expect((thrown as? WasmError)?.code == .wrongStore)
            #expect(shop.summary.generation == 2)
            #expect(try await shop.ask("count") == "0")
        }
    }

    @Test("a resource outlives its actor without harm")
    func afterTheEnd() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let basket = try await shop.basket(of: "ada")
            await shop.stop()
            try await basket.take().drop()
        }
    }

    @Test("types of the contract are those that the contract's own module has")
    func contractTypes() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            _ = try await shop.ask("count")
            let (owner, last) = try await shop.call(ShopWorld.self) { shop, store in
                try await shop.catalog.owner(store)
            }
            #expect(owner == shop.id)
            #expect(last == Array("count".utf8))
        }
    }
}

extension ActorRef {
    /// Has the shop make a basket.
    fileprivate func basket(of customer: String) async throws(ActorCallError) -> ResourceBox<Catalog.Basket> {
        try await call(ShopWorld.self) { shop, store in
            ResourceBox(try await shop.catalog.makeBasket(store, customer: customer))
        }
    }
}
