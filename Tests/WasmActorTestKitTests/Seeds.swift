import TestSupport
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime

/// What the tests of seeded runs share.
enum Seeds {
    private static let engine = Result { () throws(RuntimeError) in try SeededEngine() }

    /// One engine for all of them, so that each fixture is compiled once.
    static func configuration() throws -> SeededScheduler.Configuration {
        try SeededScheduler.Configuration(engine: engine.get())
    }

    /// The digest of a run of some actors that talk to each other.
    static func digest(of seed: UInt64) throws -> UInt64 {
        let run = try SeededScheduler.run(seed: seed, configuration()) { scheduler in
            let system = try scheduler.makeSystem()
            let counters = try await withThrowingTaskGroup(of: ActorRef.self) { group in
                for number in 0..<4 {
                    group.addTask { try await system.spawn("counter", "\(number)") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let relay = try await system.spawn("relay")
            try await withThrowingTaskGroup { group in
                for counter in counters {
                    group.addTask { for _ in 0..<3 { _ = try await relay.ask("ask \(counter.id) increment") } }
                }
                try await group.waitForAll()
            }
            await system.shutdown()
        }
        return run.digest
    }
}

extension ActorSystem {
    /// Spawns a fixture as `test/FIXTURE/INSTANCE`.
    @discardableResult
    func spawn(
        _ fixture: String,
        _ instance: String = "1",
        options: ActorOptions = ActorOptions(grants: .all)
    ) async throws -> ActorRef {
        try await spawn(
            ActorID(namespace: "test", name: fixture, instance: instance),
            bytes: Fixture.bytes(fixture),
            options: options
        )
    }
}

extension ActorRef {
    /// Asks with a text and reads the answer as one.
    func ask(_ text: String, timeout: Duration = .seconds(60)) async throws(MessagingError) -> String {
        String(decoding: try await ask(Array(text.utf8), timeout: timeout), as: UTF8.self)
    }

    func tell(_ text: String) async throws(MessagingError) {
        try await tell(Array(text.utf8))
    }
}
