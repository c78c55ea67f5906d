import CWasmtime

extension StoreCore {
    /// Starts an asynchronous call with the arguments that were written.
    @inline(__always)
    func startCall(_ function: borrowing Func) -> OpaquePointer {
        unsafe self.function.pointee = function.value
        unsafe error.pointee = nil
        // Never null: errors come through the error slot.
        return unsafe wasmtime_component_func_call_async(
            self.function,
            context,
            arguments,
            function.parameterKinds.count,
            result,
            function.hasResult ? 1 : 0,
            error
        )!
    }

    /// Polls a future once; one that ended is deleted.
    ///
    /// Throws what ended the call abnormally, with the store finished.
    @inline(__always)
    func poll(_ future: OpaquePointer) throws(WasmError) -> CallFuture.Progress {
        if unsafe wasmtime_call_future_poll(future) {
            unsafe wasmtime_call_future_delete(future)
            if let error = unsafe error.pointee { throw unsafe failCall(error) }
            return .ready
        }
        if let pending, !pending.isComplete { return .waiting }
        if let stop = sliceEnded() {
            unsafe delete(future)
            throw stop
        }
        return .yielded
    }

    @inline(never)
    private func failCall(_ error: OpaquePointer) -> WasmError {
        clearResult()
        return unsafe fail(error)
    }

    /// Why the call may not go on after a slice; `nil` where it may.
    private func sliceEnded() -> WasmError? {
        if let hostFailure { return hostFailure }
        slices += 1
        if interruptHandle.isInterrupted || onSlice?(slices) == .interrupt { return interruption }
        return nil
    }

    /// Drives a future to its end in the calling task, after a poll that did not end it: sleeps while a host function
    /// waits, and lets other tasks run after each slice.
    func resume(_ future: OpaquePointer) async throws(WasmError) {
        repeat {
            if pending != nil {
                await waitForHost()
            } else {
                await Task.yield()
            }
            if interruptHandle.isInterrupted || observesCancellation && Task.isCancelled {
                unsafe delete(future)
                throw interruptHandle.isInterrupted ? interruption : cancellation
            }
        } while unsafe try poll(future) != .ready
    }

    private var cancellation: WasmError {
        WasmError(.cancelled, "the task that made the call was cancelled; the store is finished")
    }

    /// Awaits the pending host function in the calling task and has its result ready for the next poll.
    func waitForHost() async {
        guard let operation = pending, !operation.isComplete else { return }
        await operation.run()
    }

    /// Deletes a future before its end: the guest and the host calls that it waits for are gone, and the store with it.
    func delete(_ future: OpaquePointer) {
        unsafe wasmtime_call_future_delete(future)
        pending = nil
        failure = hostFailure ?? (interruptHandle.isInterrupted ? interruption : nil)
        hostFailure = nil
        clearResult()
        finish()
    }
}
