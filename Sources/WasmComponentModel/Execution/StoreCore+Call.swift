import CWasmtime

extension StoreCore {
    /// Checks that a function belongs to this store, takes the store, and has the arguments written.
    @inline(__always)
    func begin(
        _ function: borrowing Func,
        _ kind: StoreConfiguration.Kind,
        _ arguments: (inout ArgumentWriter) -> Void
    ) throws(WasmError) {
        if function.storeID != id { throw wrongStore(function) }
        try enterCall(kind)
        let count = function.parameterKinds.count
        var writer = unsafe ArgumentWriter(
            slots: self.arguments,
            count: count,
            store: Unmanaged.passUnretained(self)
        )
        arguments(&writer)
        if writer.written != count || writeFailure != nil || !hasKinds(function.parameterKinds) {
            throw refuseArguments(function, written: writer.written)
        }
        if function.takesResources { try claimArguments(function) }
    }

    private func claimArguments(_ function: borrowing Func) throws(WasmError) {
        do {
            try claimWritten(function)
        } catch {
            writeFailure = error
            throw refuseArguments(function, written: function.parameterKinds.count)
        }
    }

    @inline(never)
    private func wrongStore(_ function: borrowing Func) -> WasmError {
        WasmError(
            .wrongStore,
            "\(function.name) belongs to another store; look it up in the store that it is called with"
        )
    }

    @inline(__always)
    private func hasKinds(_ kinds: [UInt8]) -> Bool {
        for index in 0..<kinds.count where unsafe arguments[index].kind != kinds[index] {
            return false
        }
        return true
    }

    /// Gives the store back unharmed: libwasmtime saw nothing of these arguments.
    @inline(never)
    private func refuseArguments(_ function: borrowing Func, written: Int) -> WasmError {
        let count = function.parameterKinds.count
        let error =
            writeFailure
            ?? WasmError(
                .invalidValue,
                written == count
                    ? "an argument of \(function.name) is of another kind than \(function.type) says"
                    : "\(written) arguments of \(function.name) were written, which takes \(count)"
            )
        writeFailure = nil
        settleWritten(from: 0, areGiven: false)
        clearArguments(function)
        leave()
        return error
    }

    /// Frees the arguments, which a call has seen if there are resources among them.
    @inline(__always)
    func clearArguments(_ function: borrowing Func) {
        if function.takesResources { settleWritten(from: 0, areGiven: true) }
        for index in 0..<function.parameterKinds.count {
            if unsafe arguments[index].kind >= CConstants.ValueKind.string {
                unsafe wasmtime_component_val_delete(arguments + index)
            }
            unsafe arguments[index].kind = CConstants.ValueKind.bool
        }
    }

    /// Frees the result.
    @inline(__always)
    func clearResult() {
        if unsafe result.pointee.kind >= CConstants.ValueKind.string {
            unsafe wasmtime_component_val_delete(result)
        }
        unsafe result.pointee.kind = CConstants.ValueKind.bool
    }

    /// Has the result read, and gives the store back.
    @inline(__always)
    func end<R: ~Copyable>(
        _ function: borrowing Func,
        _ read: (borrowing ValueReader) throws(WasmError) -> R
    ) throws(WasmError) -> R {
        if function.returnsResources { unsafe receiveResources(in: result) }
        defer {
            if function.returnsResources { releaseReceived() }
            clearResult()
            leave()
        }
        return try read(unsafe ValueReader(result, Unmanaged.passUnretained(self)))
    }
}
