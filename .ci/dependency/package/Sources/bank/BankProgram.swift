import WasmActor
import WasmComponentModel
import WasmCore
import WasmRuntime

/// What the bank's host knows, for one incarnation of the actor.
final class Exchange: RatesImports {
    private let context: HostContext

    init(_ context: HostContext) {
        self.context = context
    }

    func rate(currency: String) async throws(Types.BankError) -> UInt32 {
        await Task.yield()
        print("\(context.actor), generation \(context.generation), asks for \(currency)")
        guard currency == "USD" else { throw .unknownCurrency(currency) }
        return 80
    }
}

@main
struct BankProgram {
    static func main() async throws {
        let system = try ActorSystem()
        let events = system.events
        let bank = try await system.spawn(
            ActorID("acme/bank/main"),
            path: "bank.wasm",
            world: BankWorld.hosted { context in Exchange(context) },
            options: ActorOptions(
                grants: [Grant(.call, to: "acme:bank/rates/*")],
                restart: RestartPolicy(.permanent, backOff: .none)
            )
        )

        // A turn makes an account, and the program keeps it.
        let account = try await bank.call(BankWorld.self) { bank, store in
            ResourceBox(try await bank.accounts.makeAccount(store, customer: "Ada"))
        }
        for entry in [Types.Entry.deposit(500), .withdrawal(Types.Withdrawal(cents: 100, reason: "tea"))] {
            let cents = try await bank.call(BankWorld.self) { _, store in
                try await account.with { account async throws(WasmError) in try await account.book(store, entry: entry)
                }.get()
            }
            print("\(cents) cents")
        }
        for currency in ["USD", "XXX"] {
            let balance = try await bank.call(BankWorld.self) { _, store in
                try await account.with { account async throws(WasmError) in
                    try await account.balance(store, currency: currency)
                }
            }
            switch balance {
            case .success(let balance):
                print("\(balance.customer) has \(balance.amount) \(balance.currency) at \(balance.bank)")
            case .failure(let error): print("no balance: \(error)")
            }
        }
        print(String(decoding: try await bank.ask([]), as: UTF8.self))

        // It falls, and is started again.
        do {
            try await bank.call(BankWorld.self) { bank, store in try await bank.accounts.rob(store) }
        } catch {
            print(error)
        }
        for await event in events {
            if case .restarted(_, let generation) = event {
                print("generation \(generation)")
                break
            }
        }
        do {
            _ = try await bank.call(BankWorld.self) { _, store in
                try await account.with { account async throws(WasmError) in
                    try await account.balance(store, currency: "USD")
                }
            }
        } catch .body(let error as WasmError) {
            print("the account is gone: \(error.code)")
        }
        let fresh = try await bank.call(BankWorld.self) { bank, store in
            let account = try await bank.accounts.makeAccount(store, customer: "Ada")
            let balance = try await account.balance(store, currency: "USD")
            try await account.drop()
            return try balance.get().amount
        }
        print("\(fresh) USD")
        print(String(decoding: try await bank.ask([]), as: UTF8.self))
        await system.shutdown(grace: .seconds(2))
    }
}
