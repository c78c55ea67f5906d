package import Synchronization
package import WasmComponentModel
package import WasmRuntime

/// The host of a shop: one for each incarnation, all of one supplier.
package final class ShopHost: PricingImports, ShopWorldImports {
    private let context: HostContext
    private let supplier: Supplier

    /// Makes the host of one incarnation.
    package init(_ context: HostContext, _ supplier: Supplier) {
        self.context = context
        self.supplier = supplier
        supplier.hosts.withLock { $0.append(context) }
    }

    package nonisolated(nonsending) func quote(
        item: UInt32,
        currency: String
    ) async throws(Types.ShopError) -> Types.Money {
        try await supplier.quote(context, item, currency)
    }

    package func stock(item: UInt32) -> UInt32 {
        supplier.calls.add(1, ordering: .relaxed)
        return 100 + item
    }

    package func greeter(language: String) throws(ComponentFailure<String>) -> String { "Monsieur" }

    package func makeTill() -> any Pricing.Till { Till() }
}

/// A cash register.
final class Till: Pricing.Till {
    private let sum = Mutex<UInt32>(0)

    func ring(amount: UInt32) throws(Types.ShopError) -> UInt32 {
        sum.withLock { sum in
            sum += amount
            return sum
        }
    }
}

/// Who answers for the prices, and what it was asked.
package final class Supplier: Sendable {
    /// The contexts of the hosts that were made, in order.
    package let hosts = Mutex<[HostContext]>([])
    /// How often a host function ran.
    package let calls = Atomic<Int>(0)
    fileprivate let quote: @Sendable (HostContext, UInt32, String) async throws(Types.ShopError) -> Types.Money

    /// Makes a supplier; its quotes are the item's number unless something else is said.
    package init(
        quote:
            @escaping @Sendable (HostContext, UInt32, String) async throws(Types.ShopError) -> Types.Money = {
                (_, item, currency) throws(Types.ShopError) in Types.Money(amount: item, currency: currency)
            }
    ) {
        self.quote = quote
    }

    /// The world of a shop with hosts of this supplier.
    package var world: WorldExtension {
        ShopWorld.hosted { context in ShopHost(context, self) }
    }
}
