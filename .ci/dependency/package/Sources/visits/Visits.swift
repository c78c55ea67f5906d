import WasmActor
import WasmCore

@main
struct Visits {
    static func main() async throws {
        let system = try ActorSystem()

        // An actor may do what it is granted: this one may use its own storage area, and nothing else.
        let counter = try await system.spawn(
            ActorID("shop/visits/main"),
            path: "Fixtures/counter.wasm",
            options: ActorOptions(grants: .privateStorage)
        )
        try await counter.tell(Array("increment 41".utf8))
        let visits = try await counter.ask(Array("increment".utf8), timeout: .seconds(2))

        // This one may ask the first, and has a tenth of a second of execution for each message.
        let relay = try await system.spawn(
            ActorID("shop/relay/main"),
            path: "Fixtures/relay.wasm",
            options: ActorOptions(
                grants: [Grant(.request, to: "shop/visits/*")],
                limits: ResourceLimits(cpuTime: 100_000_000)
            )
        )
        let relayed = try await relay.ask(Array("ask shop/visits/main get".utf8))

        do {
            _ = try await counter.ask(Array("fly".utf8))
        } catch .guestError(let error) {
            print("the guest says: \(error)")
        }
        print("\(String(decoding: visits, as: UTF8.self)) visits, \(String(decoding: relayed, as: UTF8.self)) relayed")

        await system.shutdown(grace: .seconds(2))
    }
}
