import CWasmtime
import Synchronization

/// A call under way in an asynchronous store: polled by hand where `Store.callAsync` does not fit, by a scheduler say.
///
/// A future that is dropped before it ends takes the guest with it, and finishes the store.
///
/// See `wasmtime_call_future_t` in `wasmtime/async.h`.
@safe public struct CallFuture: ~Copyable {
    /// What a poll found.
    public enum Progress: Hashable, Sendable {
        /// The call ended; `finish()` has its result.
        case ready
        /// A slice ended; poll again when it is the guest's turn.
        case yielded
        /// A host function waits; poll again after `waitForHost()`.
        case waiting
    }

    @safe private enum State {
        case running(OpaquePointer)
        case ready
        case ended
    }

    private let core: StoreCore
    private let function: Func
    private var state: State
    private var failure: WasmError?

    init(_ core: StoreCore, _ function: Func) {
        self.core = core
        self.function = function
        unsafe state = .running(core.startCall(function))
    }

    deinit {
        switch state {
        case .running(let future):
            unsafe core.delete(future)
            core.clearArguments(function.parameterKinds.count)
        case .ready:
            core.clearResult()
            core.leave()
        case .ended: break
        }
    }

    /// Runs the guest until its slice ends, a host function waits, or it is done.
    ///
    /// After the end further polls answer `.ready` and do nothing.
    ///
    /// - Returns: what happened.
    public mutating func poll() -> Progress {
        guard case .running(let future) = state else { return .ready }
        if let pending = core.pending, !pending.isComplete { return .waiting }
        do {
            let progress = unsafe try core.poll(future)
            guard progress == .ready else { return progress }
            state = .ready
        } catch {
            failure = error
            state = .ended
        }
        core.clearArguments(function.parameterKinds.count)
        return .ready
    }

    /// Waits for the host function that the guest waits for; returns at once where there is none.
    public mutating func waitForHost() async {
        await core.waitForHost()
    }

    /// Ends the future.
    ///
    /// - Returns: the result; `nil` for a function without one.
    /// - Throws: what ended the call, and `WasmError.Code.cancelled` where it has not ended yet.
    public consuming func finish() throws(WasmError) -> Value? {
        if let failure { throw failure }
        guard case .ready = state else {
            throw WasmError(.cancelled, "the call was given up before its end; the store is finished")
        }
        state = .ended
        return try core.end { (reader) throws(WasmError) in function.hasResult ? try reader.value() : nil }
    }
}
