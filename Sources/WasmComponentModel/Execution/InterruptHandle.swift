import Synchronization

/// Ends what a store runs, from any thread.
public final class InterruptHandle: Sendable {
    private let flag = Atomic<Bool>(false)

    init() {}

    /// Ends the store: its running call fails with `WasmError.Code.interrupted` when its slice ends or its host
    /// function returns, and every later call fails so at once.
    ///
    /// A host function that waits is not woken: cancel the task that makes the call for that.
    public func interrupt() {
        flag.store(true, ordering: .relaxed)
    }

    /// Whether `interrupt()` was called.
    public var isInterrupted: Bool { flag.load(ordering: .relaxed) }
}
