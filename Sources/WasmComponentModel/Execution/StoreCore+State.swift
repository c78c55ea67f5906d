import CWasmtime
import Synchronization

extension StoreCore {
    /// Takes the store for one use.
    @inline(__always)
    func enter() throws(WasmError) {
        let (exchanged, state) = state.compareExchange(
            expected: State.idle,
            desired: State.running,
            ordering: .acquiring
        )
        if !exchanged { throw unavailable(state) }
    }

    @inline(never)
    private func unavailable(_ state: UInt8) -> WasmError {
        if interruptHandle.isInterrupted, state == State.finished { return interruption }
        return state == State.running
            ? WasmError(.storeBusy, "the store runs a call already; wait for its end, or give each actor its own store")
            : WasmError(.storeFinished, "the store ended with an earlier failure; make a new store and instance")
    }

    /// Gives the store back after a use.
    @inline(__always)
    func leave() {
        state.store(State.idle, ordering: .releasing)
    }

    /// Gives the store back for good: whatever failed, libwasmtime would refuse to enter the instance again.
    func finish() {
        dropList.close()
        // Written where a function takes none, which libwasmtime refused.
        settleWritten(from: 0, areGiven: true)
        state.store(State.finished, ordering: .releasing)
    }

    /// Takes the store for a call of its kind.
    @inline(__always)
    func enterCall(_ kind: StoreConfiguration.Kind) throws(WasmError) {
        if self.kind != kind { throw wrongKind(kind) }
        try enter()
        if interruptHandle.isInterrupted {
            finish()
            throw interruption
        }
        slices = 0
        if epochTicks > 0 {
            unsafe wasmtime_context_set_epoch_deadline(context, epochTicks)
        }
    }

    @inline(never)
    private func wrongKind(_ kind: StoreConfiguration.Kind) -> WasmError {
        WasmError(
            .storeKind,
            kind == .sync
                ? "a synchronous use of an asynchronous store; use the form ending in Async, or make the store with kind .sync"
                : "an asynchronous use of a synchronous store; use the form without Async, or make the store with kind .async"
        )
    }

    /// The error of a call that was interrupted.
    var interruption: WasmError {
        WasmError(.interrupted, "the call was interrupted by the host; the store is finished")
    }

    /// Ends a use by an error of libwasmtime, which is deleted, and finishes the store.
    @inline(never)
    func fail(_ error: OpaquePointer) -> WasmError {
        let known = hostFailure ?? (interruptHandle.isInterrupted ? interruption : nil)
        let error = unsafe CError(taking: error)
        let fuel = remainingFuel
        hostFailure = nil
        let result = known?.adding(error) ?? ErrorClassifier.classify(error, fuel: fuel)
        failure = result
        finish()
        return result
    }

    /// The fuel that is left; `nil` where the engine counts none.
    var remainingFuel: UInt64? {
        guard engine.configuration.consumeFuel else { return nil }
        var fuel: UInt64 = 0
        if let error = unsafe wasmtime_context_get_fuel(context, &fuel) {
            unsafe wasmtime_error_delete(error)
            return nil
        }
        return fuel
    }

    /// libwasmtime's callback at the end of a slice of a synchronous call: goes on or ends the call.
    static func sliceEnded(
        _ context: OpaquePointer?,
        _ delta: UnsafeMutablePointer<UInt64>?,
        _ kind: UnsafeMutablePointer<wasmtime_update_deadline_kind_t>?
    ) -> OpaquePointer? {
        guard let core = unsafe of(context)?.takeUnretainedValue() else { return nil }
        unsafe delta?.pointee = core.epochTicks
        unsafe kind?.pointee = CConstants.UpdateDeadline.resume
        core.slices += 1
        guard core.interruptHandle.isInterrupted || core.onSlice?(core.slices) == .interrupt else { return nil }
        core.hostFailure = core.interruption
        return unsafe HostError.make(core.interruption)
    }
}
