import CWasmtime

/// An asynchronous host call under way: what libwasmtime's continuation refers to.
///
/// libwasmtime retains it until the continuation's finalizer runs, which is when the call goes on or when its future is
/// deleted: nothing is written to the result slot but inside the continuation, while the slot is certain to be alive.
///
/// `@unchecked Sendable` because it belongs to one store and is touched only by whoever holds it; see `StoreCore`.
@safe final class HostOperation: @unchecked Sendable {
    private let function: HostFunction
    private let pending: PendingHostCall
    private unowned let store: StoreCore
    private let result: UnsafeMutablePointer<CValue>?
    private var completion: PendingHostCall.Completion?

    init(
        _ function: HostFunction,
        _ pending: PendingHostCall,
        _ store: StoreCore,
        _ result: UnsafeMutablePointer<CValue>?
    ) {
        self.function = function
        self.pending = pending
        self.store = store
        unsafe self.result = result
    }

    /// Whether the work is done, so that the guest can go on.
    var isComplete: Bool { completion != nil }

    /// Does the work, in the task that drives the guest's call.
    func run() async {
        completion = await pending.run()
    }

    /// libwasmtime's question whether the call can go on; writes the result if so.
    ///
    /// A completion that throws must end the guest. libwasmtime reads no error any more at this point: the call stays
    /// pending, and the drive loop, which looks at `hostFailure`, deletes its future.
    func resume() -> Bool {
        guard let completion else { return false }
        do {
            unsafe try function.write(store, unsafe result, completion)
            // The guest waits for nothing any more: its next slice ends in a yield again.
            store.pending = nil
            return true
        } catch {
            store.hostFailure = error
            return false
        }
    }

    /// Fills libwasmtime's continuation, which retains this operation until its finalizer.
    func install(_ continuation: UnsafeMutablePointer<wasmtime_async_continuation_t>) {
        unsafe continuation.pointee.callback = { env in
            guard let env = unsafe env else { return true }
            return unsafe Unmanaged<HostOperation>.fromOpaque(env)._withUnsafeGuaranteedRef { $0.resume() }
        }
        unsafe continuation.pointee.env = Unmanaged.passRetained(self).toOpaque()
        unsafe continuation.pointee.finalizer = { env in
            guard let env = unsafe env else { return }
            unsafe Unmanaged<HostOperation>.fromOpaque(env).release()
        }
    }

    /// Fills libwasmtime's continuation for a call that failed already; it must never stay empty.
    static func installNothing(_ continuation: UnsafeMutablePointer<wasmtime_async_continuation_t>) {
        unsafe continuation.pointee.callback = { _ in true }
        unsafe continuation.pointee.env = nil
        unsafe continuation.pointee.finalizer = nil
    }
}
