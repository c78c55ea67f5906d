import CallFloor
import WasmActor
import WasmCore

/// `ask` and `tell`: messages of 16 bytes to the actor `counter`, against `handle-message` of the same component in C.
struct ActorBench {
    let runner: BenchRunner
    /// The bytes of `counter.wasm`.
    let counter: [UInt8]

    /// Adds one to the count; 16 bytes.
    private static let increment = Array("increment 000001".utf8)

    /// Questions, one after the other, from a task on the default pool.
    @concurrent
    func ask() async throws -> BenchFigure {
        try await withCounter { actor in
            try await runner.compare("ask", calls: 20_000, floor: floor()) { count in
                var received = 0
                let before = try await self.count(actor)
                let start = ContinuousClock.now
                for number in 1...count where try await actor.ask(Self.increment) == Array("\(before + number)".utf8) {
                    received += 1
                }
                return BenchRound(nanoseconds: start.nanosecondsPerCall(count), received: received)
            }
        }
    }

    /// Messages without an answer, from a task on the default pool, until the actor has handled the last. What arrived,
    /// the actor itself has counted.
    @concurrent
    func tell() async throws -> BenchFigure {
        try await withCounter { actor in
            try await runner.compare("tell", calls: 50_000, floor: floor()) { count in
                let before = try await self.count(actor)
                let start = ContinuousClock.now
                for _ in 0..<count {
                    try await actor.tell(Self.increment)
                }
                let after = try await self.count(actor)
                return BenchRound(nanoseconds: start.nanosecondsPerCall(count), received: after - before)
            }
        }
    }

    private func count(_ actor: ActorRef) async throws -> Int {
        let answer = String(decoding: try await actor.ask(Array("get".utf8)), as: UTF8.self)
        guard let count = Int(answer) else { throw CommandError.failure("counter answered '\(answer)' to 'get'") }
        return count
    }

    private func withCounter(
        _ body: (ActorRef) async throws -> BenchFigure
    ) async throws -> BenchFigure {
        let system = try ActorSystem()
        do {
            let actor = try await system.spawn(ActorID("bench/counter/1"), bytes: counter)
            let figure = try await body(actor)
            await system.shutdown()
            return figure
        } catch {
            await system.shutdown(grace: .zero)
            throw error
        }
    }

    private func floor() throws -> CallFloorLoop {
        try CallFloorLoop(
            CALL_FLOOR_HANDLE_MESSAGE,
            component: counter,
            interface: "wasm-actors:actor/lifecycle@0.1.0",
            function: "handle-message",
            payload: Self.increment
        )
    }
}
