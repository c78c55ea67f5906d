import Testing

@testable import WasmRuntime

@Suite("GuestExecutor")
struct GuestExecutorTests {
    @Test("every job runs, in the order of arrival where there is one thread")
    func order() async throws {
        let executor = try GuestExecutor(threads: 1)
        let seen = Box<[Int]>([])
        var tasks: [Task<Void, Never>] = []
        for number in 0..<200 {
            tasks.append(Task(executorPreference: executor) { _ = seen.update { $0 + [number] } })
        }
        for task in tasks { await task.value }
        #expect(seen.current == Array(0..<200))
        executor.shutdown()
    }

    @Test("jobs of many tasks on many threads are each run once")
    func parallel() async throws {
        let executor = try GuestExecutor(threads: 4, spins: 10)
        let count = Box(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: executor) {
                    await Task.yield()
                    _ = count.update { $0 + 1 }
                }
            }
        }
        #expect(count.current == 1000)
        executor.shutdown()
    }

    @Test("a blocked thread does not stop the others")
    func blocking() async throws {
        let executor = try GuestExecutor(threads: 2)
        let gate = ConditionLock()
        let isOpen = Box(false)
        let blocked = Task(executorPreference: executor) {
            gate.withLock { while !isOpen.current { gate.wait() } }
        }
        await Task(executorPreference: executor) {
            gate.withLock {
                _ = isOpen.update { _ in true }
                gate.broadcast()
            }
        }.value
        await blocked.value
        executor.shutdown()
    }

    @Test("a job that comes after the shutdown still runs")
    func late() async throws {
        let executor = try GuestExecutor(threads: 1)
        executor.shutdown()
        #expect(await Task(executorPreference: executor) { 42 }.value == 42)
    }
}
