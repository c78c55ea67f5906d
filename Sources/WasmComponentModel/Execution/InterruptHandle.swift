import Synchronization

/// Ends what a store runs, from any thread.
public final class InterruptHandle: Sendable {
    /// Read at every slice without taking the lock.
    private let flag = Atomic<Bool>(false)
    private let handlers = Mutex<(next: UInt64, bodies: [UInt64: @Sendable () -> Void])>((0, [:]))

    init() {}

    /// Ends the store: its running call fails with `WasmError.Code.interrupted` when its slice ends or its host
    /// function returns, and every later call fails so at once.
    public func interrupt() {
        let bodies = handlers.withLock { state in
            flag.store(true, ordering: .relaxed)
            defer { state.bodies = [:] }
            return Array(state.bodies.values)
        }
        for body in bodies {
            body()
        }
    }

    /// Whether `interrupt()` was called.
    public var isInterrupted: Bool { flag.load(ordering: .relaxed) }

    /// Runs an operation, and a handler if the store is interrupted meanwhile: how a host function that waits learns that
    /// nobody needs its answer any more.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - handler: called at most once, at once if the store is interrupted already, on whichever thread interrupts it.
    /// - Returns: what the operation returns.
    public func withInterruptHandler<R>(
        operation: () async -> R,
        onInterrupt handler: @escaping @Sendable () -> Void
    ) async -> R {
        let id = handlers.withLock { state -> UInt64? in
            if flag.load(ordering: .relaxed) { return nil }
            state.next += 1
            state.bodies[state.next] = handler
            return state.next
        }
        guard let id else {
            handler()
            return await operation()
        }
        defer { handlers.withLock { _ = $0.bodies.removeValue(forKey: id) } }
        return await operation()
    }
}
