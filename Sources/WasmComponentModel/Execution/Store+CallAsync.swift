import CWasmtime

extension Store {
    /// Calls a function whose type was checked.
    ///
    /// The guest runs on a stack of its own, in slices: after each the calling task yields, and while an asynchronous
    /// host function waits, the task sleeps. Cancelling the task ends the call at the end of its slice.
    ///
    /// - Parameters:
    ///   - function: a function of this store's instance.
    ///   - arguments: writes the arguments.
    ///   - result: reads the result; for a function without one it is called too and has nothing to read.
    /// - Returns: what `result` returns.
    /// - Throws: before the guest runs `WasmError.Code.storeKind`, `.storeBusy`, `.storeFinished`, `.wrongStore`,
    ///   `.invalidValue` and `.tooLarge`; after it ran `.trap`, `.hostError`, `.interrupted`, `.cancelled` and `.exit`,
    ///   which finish the store; and what `result` throws, which does not. A guest's `err(...)` is no error.
    public borrowing func callAsync<R: ~Copyable>(
        _ function: borrowing TypedFunc,
        arguments: (inout ArgumentWriter) -> Void,
        result: (borrowing ValueReader) throws(WasmError) -> R
    ) async throws(WasmError) -> R {
        let core = core
        try core.begin(function.function, .async, arguments)
        do {
            if core.dropList.isWaiting { try await core.emptyDropList() }
            let future = unsafe core.startCall(function.function)
            // Most calls end within their first slice, and then need no loop.
            if unsafe try core.poll(future) != .ready {
                unsafe try await core.resume(future)
            }
        } catch {
            core.clearArguments(function.function)
            throw error
        }
        core.clearArguments(function.function)
        return try core.end(function.function, result)
    }

    /// Calls a function with values.
    ///
    /// - Parameters:
    ///   - function: a function of this store's instance.
    ///   - arguments: the arguments; they are checked against the function's type before the guest runs.
    /// - Returns: the result; `nil` for a function without one.
    /// - Throws: as `callAsync(_:arguments:result:)`.
    public borrowing func callAsync(_ function: Func, _ arguments: [Value]) async throws(WasmError) -> Value? {
        try function.validate(arguments)
        return try await callAsync(
            TypedFunc(function: function),
            arguments: { $0.values(arguments) },
            result: { (reader) throws(WasmError) in function.hasResult ? try reader.value() : nil }
        )
    }

    /// Starts a call that the caller polls.
    ///
    /// The store is busy until the future is finished or dropped.
    ///
    /// - Parameters:
    ///   - function: a function of this store's instance.
    ///   - arguments: the arguments; they are checked against the function's type first.
    /// - Returns: the call.
    /// - Throws: as `callAsync(_:arguments:result:)` before the guest runs.
    public borrowing func startCall(_ function: Func, _ arguments: [Value]) throws(WasmError) -> CallFuture {
        try function.validate(arguments)
        try core.begin(function, .async) { $0.values(arguments) }
        return CallFuture(core, function)
    }
}
