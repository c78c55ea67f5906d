import WasmActor
import WasmCore

/// What a user's program does first: spawn a component as an actor, ask it, end the system.
@main
struct Probe {
    static func main() async throws {
        let system = try ActorSystem()
        let counter = try await system.spawn(ActorID("probe/counter/1"), path: CommandLine.arguments[1])
        _ = try await counter.ask(Array("increment 41".utf8))
        let answer = try await counter.ask(Array("increment".utf8))
        await system.shutdown()

        print("counter answers \(String(decoding: answer, as: UTF8.self)), the adder \(try await Adder.add(40, 2))")
    }
}
