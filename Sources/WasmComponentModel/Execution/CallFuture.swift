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
        /// A destructor of the drop list runs before the call.
        case dropping(OpaquePointer)
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
        state = Self.next(core, function)
    }

    deinit {
        switch state {
        case .dropping(let future), .running(let future):
            unsafe core.delete(future)
            core.clearArguments(function)
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
        while true {
            let polled: OpaquePointer
            let isDrop: Bool
            switch state {
            case .dropping(let future):
                unsafe polled = future
                isDrop = true
            case .running(let future):
                unsafe polled = future
                isDrop = false
            case .ready, .ended: return .ready
            }
            if let pending = core.pending, !pending.isComplete { return .waiting }
            do {
                let progress = unsafe try core.poll(polled)
                guard progress == .ready else { return progress }
                if isDrop {
                    core.endDrop()
                    state = Self.next(core, function)
                    continue
                }
                state = .ready
            } catch {
                failure = error
                state = .ended
            }
            core.clearArguments(function)
            return .ready
        }
    }

    /// Starts what is to run next: a destructor that waits, or the call.
    private static func next(_ core: StoreCore, _ function: borrowing Func) -> State {
        if core.dropList.isWaiting, let drop = unsafe core.startNextDrop() { return unsafe .dropping(drop) }
        return unsafe .running(core.startCall(function))
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
        return try core.end(function) { (reader) throws(WasmError) in function.hasResult ? try reader.value() : nil }
    }
}
