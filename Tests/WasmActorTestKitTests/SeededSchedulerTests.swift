import Foundation
import TestSupport
import Testing
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime

/// Runs that a seed says.
@Suite(.timeLimit(.minutes(10))) struct SeededSchedulerTests {
    @Test func aSeedIsTheSameRunEachTimeAndAnotherSeedIsAnotherRun() throws {
        let digests = try (0..<5).map { try Seeds.digest(of: $0) }
        #expect(try (0..<5).map { try Seeds.digest(of: $0) } == digests)
        #expect(Set(digests).count == 5)
    }

    @Test func theBodysTasksAllRunOnTheCallingThread() throws {
        let thread = ThreadID.current
        let run = try SeededScheduler.run(seed: 1, Seeds.configuration()) { scheduler in
            await withTaskGroup(of: ThreadID.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        await Task.yield()
                        return ThreadID.current
                    }
                }
                async let other = ThreadID.current
                return await group.reduce(into: [await other]) { $0.append($1) }
            }
        }
        #expect(Set(run.value) == [thread])
    }

    @Test func differentSeedsRunTasksInDifferentOrders() throws {
        let orders = try (0..<20).map { seed in
            try SeededScheduler.run(seed: seed, Seeds.configuration()) { scheduler in
                let order = Recorder<Int>()
                await withTaskGroup { group in
                    for number in 0..<4 { group.addTask { order.record(number) } }
                }
                return order.all
            }.value
        }
        #expect(Set(orders).count > 5)
    }

    @Test func timePassesWhereNothingIsReady() throws {
        let run = try SeededScheduler.run(seed: 1, Seeds.configuration()) { scheduler in
            async let long: Void = scheduler.sleep(for: .seconds(86_400))
            try await scheduler.sleep(for: .seconds(3600))
            let middle = scheduler.now
            try await long
            return scheduler.now - middle
        }
        #expect(abs(run.value / .seconds(1) - 82_800) < 1)
        #expect(run.pendingTimers == 0)
    }

    @Test func aWaitThatNothingEndsIsADeadlockThatNamesWhoWaits() throws {
        let configuration = try Seeds.configuration()
        let error = #expect(throws: SeededSchedulerError.self) {
            try SeededScheduler.run(seed: 7, configuration) { scheduler in
                let system = try scheduler.makeSystem()
                try await system.spawn("counter")
                await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            }
        }
        #expect(error?.kind == .deadlock)
        #expect(error?.seed == 7)
        #expect(error?.actors.map(\.id.description) == ["test/counter/1"])
        #expect(error?.actors.map(\.status) == ["running"])
    }

    @Test func aRunWithoutAnEndIsEndedByItsBoundOfSteps() throws {
        var configuration = try Seeds.configuration()
        configuration.steps = 1000
        let error = #expect(throws: SeededSchedulerError.self) {
            try SeededScheduler.run(seed: 1, configuration) { _ in
                while !Task.isCancelled { await Task.yield() }
            }
        }
        #expect(error?.kind == .tooManySteps)
        #expect(error?.steps == 1000)
    }

    @Test func whatComesBackFromAnotherThreadIsNoticed() throws {
        let configuration = try Seeds.configuration()
        let error = #expect(throws: SeededSchedulerError.self) {
            try SeededScheduler.run(seed: 1, configuration) { scheduler in
                await withUnsafeContinuation { continuation in
                    // A timer runs when the body waits: then the thread's word is what wakes it.
                    _ = scheduler.schedule(after: .zero) { Thread.detachNewThread { continuation.resume() } }
                }
            }
        }
        #expect(error?.kind == .leftTheScheduler)
    }

    @Test func aFailureNamesItsSeedAndTheLastEvents() throws {
        struct Wrong: Error {}
        let configuration = try Seeds.configuration()
        let failure = #expect(throws: SeededFailure.self) {
            try SeededScheduler.explore(seeds: 10, configuration) { scheduler in
                let system = try scheduler.makeSystem()
                try await system.spawn("counter")
                await system.shutdown()
                if scheduler.seed == 3 { throw Wrong() }
            }
        }
        #expect(failure?.seed == 3)
        #expect(failure?.description.contains("WASM_ACTORS_SEED=3") == true)
        #expect(failure?.lastEvents.last?.contains("test/counter/1") == true)
    }

    @Test func aGuestThatNeverReturnsIsEndedByItsFuel() throws {
        try SeededScheduler.run(seed: 1, Seeds.configuration()) { scheduler in
            let system = try scheduler.makeSystem()
            let chaos = try await system.spawn("chaos")
            await #expect(throws: MessagingError.died(.limit(.fuel))) { try await chaos.ask("loop") }
            #expect(try await chaos.ask("count") == "1")
            await system.shutdown()
        }
    }

    @Test func aGuestsTurnIsCutWhereItCallsTheHost() throws {
        let configuration = try Seeds.configuration()
        let slices = try (0..<10).map { seed in
            try SeededScheduler.run(seed: seed, configuration) { scheduler in
                let system = try scheduler.makeSystem()
                let chaos = try await system.spawn("chaos")
                let before = system.metrics.engine.slices
                #expect(try await chaos.ask("flood 50") == "50")
                let slices = system.metrics.engine.slices - before
                await system.shutdown()
                return slices
            }.value
        }
        #expect(Set(slices).count > 1)
    }
}

/// A thread, for comparison.
struct ThreadID: Hashable, Sendable {
    private let name: String

    static var current: ThreadID { ThreadID(name: "\(pthread_self())") }
}
