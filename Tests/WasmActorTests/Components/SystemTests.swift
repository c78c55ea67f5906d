import Synchronization
import TestSupport
import Testing
import WasmCore
import WasmRuntime

@testable import WasmActor

/// What holds for a system as a whole.
@Suite(.timeLimit(.minutes(10))) struct SystemTests {
    /// Lets nobody go on before as many are there as it waits for.
    private final class Meeting: LogSink {
        private let count = Atomic<Int>(0)
        private let expected: Int

        init(of expected: Int) { self.expected = expected }

        func log(_ entry: LogEntry) {
            count.add(1, ordering: .relaxed)
            while count.load(ordering: .relaxed) < expected {}
        }
    }

    @Test func actorsRunInParallel() async throws {
        let executor = try GuestExecutor(threads: 2)
        try await World(log: Meeting(of: 2), executor: executor).run { world in
            let (first, second) = (try await world.spawn("chaos", "a"), try await world.spawn("chaos", "b"))
            // Each turn goes on only when the other one has begun.
            try await first.tell("log here")
            try await second.tell("log here")
            await until { world.system.metrics.messagesHandled == 2 }
        }
        executor.shutdown()
    }

    @Test func actorsAreListedAPageAtATime() async throws {
        try await World.run { world in
            for number in 1...5 { try await world.spawn("counter", "\(number)") }
            try await world.spawn("relay")
            let pattern = try Pattern("test/counter/*")
            var pages: [[String]] = []
            var last: ActorID?
            repeat {
                let page = world.system.list(matching: pattern, after: last, limit: 2)
                pages.append(page.map(\.id.instance))
                last = page.last?.id
                // Neither ends the listing nor shifts it.
                if let last, pages.count == 1 { await world.system.actor(last)?.kill() }
            } while last != nil
            #expect(pages == [["1", "2"], ["3", "4"], ["5"], []])
            #expect(world.system.actors(matching: pattern).map(\.id.instance) == ["1", "3", "4", "5"])
            #expect(world.system.actors().count == 5)
            #expect(world.system.list(limit: -1).isEmpty)
        }
    }

    @Test func everyListenerGetsEveryEvent() async throws {
        let world = try World()
        let other = world.system.events
        let chaos = try await world.spawn("chaos", options: .quick)
        _ = await chaos.refusal("trap")
        #expect(try await chaos.ask("count") == "1")
        await world.system.shutdown()
        var seen: [[ActorEvent]] = [[], []]
        for await event in world.events { seen[0].append(event) }
        for await event in other { seen[1].append(event) }
        #expect(seen[0] == seen[1])
        let names = seen[0].filter { if case .logged = $0 { false } else { true } }.map { Mirror(reflecting: $0) }
            .map { $0.children.first?.label ?? "shuttingDown" }
        #expect(
            names == ["spawned", "crashed", "deadLetter", "restarting", "restarted", "shuttingDown", "ended"]
        )
    }

    @Test func aSlowListenerLosesTheOldestEventsAndKnowsHowMany() async throws {
        let world = try World(eventCapacity: 2)
        for instance in ["a", "b", "c", "d"] { try await world.spawn("counter", instance) }
        #expect(world.events.dropped == 2)
        var iterator = world.events.makeAsyncIterator()
        guard case .spawned(let id, let metadata)? = await iterator.next(isolation: nil) else {
            return #expect(Bool(false), "the third spawn is the oldest event kept")
        }
        #expect(id == (try ActorID("test/counter/c")))
        #expect(metadata.name == "counter")
        await world.system.shutdown()
    }

    @Test func aListenerThatIsCancelledEnds() async throws {
        try await World.run { world in
            let events = world.system.events
            let listening = Task { () -> Int in
                var count = 0
                for await _ in events { count += 1 }
                return count
            }
            listening.cancel()
            #expect(await listening.value == 0)
        }
    }

    @Test func theListingIsInOrderAndMayBeNarrowed() async throws {
        try await World.run { world in
            for instance in ["b", "a"] { try await world.spawn("counter", instance) }
            try await world.spawn("chaos")
            #expect(world.system.list().map(\.id.description) == ["test/chaos/1", "test/counter/a", "test/counter/b"])
            let counters = world.system.list(matching: try Pattern("test/counter/*"))
            #expect(counters.map(\.id.instance) == ["a", "b"])
            #expect(counters.map(\.status) == [.running, .running])
        }
    }

    @Test func theCountsOfActorsThatAreGoneStay() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            for _ in 0..<3 { _ = try await counter.ask("increment") }
            await counter.stop()
            #expect(world.system.metrics.actors == 0)
            #expect(world.system.metrics.messagesHandled == 3)
            #expect(world.system.metrics.messagesAccepted == 3)
        }
    }
}
