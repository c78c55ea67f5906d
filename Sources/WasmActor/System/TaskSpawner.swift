import Synchronization
import WasmCore

/// The one place that creates tasks, and that knows how many run.
final class TaskSpawner: Sendable {
    private let executor: any TaskExecutor
    private let running = Atomic<Int>(0)
    private let idleWaiters = Mutex<[OneShot<Void>]>([])

    init(executor: any TaskExecutor) {
        self.executor = executor
    }

    /// Runs an operation on the guest executor.
    func start(_ operation: @escaping @Sendable () async -> Void) {
        running.add(1, ordering: .relaxed)
        Task(executorPreference: executor) {
            await operation()
            self.end()
        }
    }

    /// Runs an operation on the calling thread until it waits for the first time, and on the guest executor from then
    /// on: where it never waits, no other thread is woken.
    func startHere(_ operation: @escaping @Sendable () async -> Void) {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            return start(operation)
        }
        running.add(1, ordering: .relaxed)
        Task.immediate(executorPreference: executor) {
            await operation()
            self.end()
        }
    }

    /// Runs an operation that takes long without waiting, such as compiling, and waits for its result.
    func run<Value: Sendable>(_ operation: @escaping @Sendable () -> Value) async -> Value {
        let result = OneShot<Value>()
        start { result.resolve(operation()) }
        return await result.value()
    }

    private func end() {
        guard running.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        let waiters = idleWaiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in waiters { waiter.resolve(()) }
    }

    /// Waits until no task runs.
    func waitUntilIdle() async {
        let idle = OneShot<Void>()
        idleWaiters.withLock { $0.append(idle) }
        // A task that ended before the waiter was there has not seen it.
        if running.load(ordering: .acquiring) == 0 { idle.resolve(()) }
        await idle.value()
    }
}
