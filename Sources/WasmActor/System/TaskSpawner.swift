import WasmCore

/// The one place that creates tasks, and that knows how many run.
final class TaskSpawner: Sendable {
    let executor: any TaskExecutor
    private let running = LiveCount()

    init(executor: any TaskExecutor) {
        self.executor = executor
    }

    /// How many tasks run.
    var count: Int { running.value }

    /// Runs an operation on the guest executor.
    func start(_ operation: @escaping @Sendable () async -> Void) {
        running.begin()
        HostTurn.outside {
            Task(executorPreference: executor) {
                await operation()
                self.running.end()
            }
        }
    }

    /// Runs an operation on the calling thread until it waits for the first time, and on the guest executor from then
    /// on: where it never waits, no other thread is woken.
    func startHere(_ operation: @escaping @Sendable () async -> Void) {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            return start(operation)
        }
        running.begin()
        HostTurn.outside {
            Task.immediate(executorPreference: executor) {
                await operation()
                self.running.end()
            }
        }
    }

    /// Runs an operation that takes long without waiting, such as compiling, and waits for its result.
    func run<Value: Sendable>(_ operation: @escaping @Sendable () -> Value) async -> Value {
        let result = OneShot<Value>()
        start { result.resolve(operation()) }
        return await result.value()
    }

    /// Waits until no task runs.
    func waitUntilIdle() async {
        let idle = OneShot<Void>()
        running.whenNone(idle)
        await idle.value()
    }
}
