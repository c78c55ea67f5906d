import WasmActor
import WasmCore
import WasmRuntime

/// The actor system of the demo, what it tells, and the hands to work with it.
final class DemoStage: Sendable {
    let console: Console
    let system: ActorSystem
    private let fixtures: Fixtures
    private let events: ActorEvents

    /// How long an event may take to come before a step counts as failed.
    private static let patience = Duration.seconds(20)

    /// Starts a system that writes nothing by itself.
    init(console: Console, fixtures: Fixtures) throws(ActorSystemError) {
        self.console = console
        self.fixtures = fixtures
        system = try ActorSystem(ActorSystem.Configuration(log: SilentLog(), eventCapacity: 4096))
        events = system.events
    }

    /// Tells one line.
    func tell(_ line: String) { console.print("   " + line) }

    /// Starts an actor and tells what it says of itself.
    @discardableResult
    func spawn(_ id: String, _ component: String, _ options: ActorOptions = ActorOptions()) async throws -> ActorRef {
        let actor = try await system.spawn(ActorID(id), bytes: fixtures.component(component), options: options)
        let metadata = try await event("\(id) to start") { event in
            if case .spawned(actor.id, let metadata) = event { metadata } else { nil }
        }
        tell("\(actor) runs: \(metadata.name) \(metadata.version), \"\(metadata.description)\"")
        return actor
    }

    /// The actor that runs under an id.
    func actor(_ id: String) throws -> ActorRef {
        guard let actor = system.actor(try ActorID(id)) else { throw DemoFailure("\(id) does not run") }
        return actor
    }

    /// Asks an actor and tells its answer.
    func ask(_ actor: ActorRef, _ question: String) async throws -> String {
        let answer = String(decoding: try await actor.ask(Array(question.utf8)), as: UTF8.self)
        tell("\(actor), asked '\(question)', answers '\(answer)'")
        return answer
    }

    /// Asks an actor what must end it, and returns how it ended.
    func provoke(_ actor: ActorRef, _ question: String) async throws -> ExitReason {
        do {
            let answer = try await actor.ask(Array(question.utf8), timeout: Self.patience)
            throw DemoFailure("\(actor) answered '\(String(decoding: answer, as: UTF8.self))' to '\(question)'")
        } catch MessagingError.died(let reason) {
            return reason
        }
    }

    /// Waits until an actor has come back, and tells how.
    func returns(_ actor: ActorRef) async throws -> UInt64 {
        let pause = try await event("\(actor) to be restarted") { event in
            if case .restarting(actor.id, _, let pause) = event { pause } else { nil }
        }
        tell("the supervisor waits \(DemoTable.text(of: pause)) before it starts a fresh instance")
        let generation = try await event("\(actor) to run again") { event in
            if case .restarted(actor.id, let generation) = event { generation } else { nil }
        }
        tell("\(actor) runs again, as generation \(generation)")
        return generation
    }

    /// Waits for an event.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the failure.
    ///   - match: Takes what is wanted out of the event; none for another one.
    /// - Returns: What was wanted.
    /// - Throws: A failure where it does not come.
    func event<Found: Sendable>(
        _ what: String,
        _ match: @escaping @Sendable (ActorEvent) -> Found?
    ) async throws -> Found {
        let events = events
        return try await withThrowingTaskGroup(of: Found?.self) { group in
            group.addTask {
                for await event in events {
                    if let found = match(event) { return found }
                }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            guard let found = try await group.next() ?? nil else { throw DemoFailure("waited in vain for \(what)") }
            return found
        }
    }

    /// Everything that happened and was not waited for, once the system is shut down.
    func remainingEvents() async -> [ActorEvent] {
        var remaining: [ActorEvent] = []
        for await event in events { remaining.append(event) }
        return remaining
    }

    /// Ends the demo where something is not as it was told.
    func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
        guard condition else { throw DemoFailure(what()) }
    }
}

/// A step that did not do what it says.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Keeps the guests' log entries off the screen: the demo tells those that matter, from their events.
private struct SilentLog: LogSink {
    func log(_ entry: LogEntry) {}
}
