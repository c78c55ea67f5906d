import CWasmtime

extension Store {
    /// Calls a function whose type was checked, on this thread and to the end.
    ///
    /// The guest runs on this thread's stack, which must be at least 256 KiB larger than
    /// `EngineConfiguration.maxWasmStack`.
    ///
    /// - Parameters:
    ///   - function: a function of this store's instance.
    ///   - arguments: writes the arguments.
    ///   - result: reads the result; for a function without one it is called too and has nothing to read.
    /// - Returns: what `result` returns.
    /// - Throws: before the guest runs `WasmError.Code.storeKind`, `.storeBusy`, `.storeFinished`, `.wrongStore`,
    ///   `.invalidValue` and `.tooLarge`; after it ran `.trap`, `.hostError`, `.interrupted` and `.exit`, which finish the
    ///   store; and what `result` throws, which does not. A guest's `err(...)` is no error.
    public borrowing func call<R: ~Copyable>(
        _ function: borrowing TypedFunc,
        arguments: (inout ArgumentWriter) -> Void,
        result: (borrowing ValueReader) throws(WasmError) -> R
    ) throws(WasmError) -> R {
        let core = core
        try core.begin(function.function, .sync, arguments)
        if core.dropList.isWaiting { try core.emptyDropListNow(before: function.function) }
        unsafe core.function.pointee = function.function.value
        let count = function.function.parameterKinds.count
        let error = unsafe wasmtime_component_func_call(
            core.function,
            core.context,
            core.arguments,
            count,
            core.result,
            function.function.hasResult ? 1 : 0
        )
        core.clearArguments(function.function)
        if let error = unsafe error {
            core.clearResult()
            throw unsafe core.fail(error)
        }
        return try core.end(function.function, result)
    }

    /// Calls a function with values, on this thread and to the end.
    ///
    /// - Parameters:
    ///   - function: a function of this store's instance.
    ///   - arguments: the arguments; they are checked against the function's type before the guest runs.
    /// - Returns: the result; `nil` for a function without one.
    /// - Throws: as `call(_:arguments:result:)`.
    public borrowing func call(_ function: Func, _ arguments: [Value]) throws(WasmError) -> Value? {
        try function.validate(arguments)
        return try call(
            TypedFunc(function: function),
            arguments: { $0.values(arguments) },
            result: { (reader) throws(WasmError) in function.hasResult ? try reader.value() : nil }
        )
    }
}

extension Func {
    /// Checks arguments against the type: libwasmtime would finish the store over a wrong one.
    func validate(_ arguments: [Value]) throws(WasmError) {
        guard arguments.count == type.parameters.count else {
            throw WasmError(
                .invalidValue,
                "\(arguments.count) arguments for \(name), which takes \(type.parameters.count): \(type)"
            )
        }
        for (argument, parameter) in zip(arguments, type.parameters) {
            do {
                try argument.validate(against: parameter.type)
            } catch {
                throw WasmError(error.code, "argument \(parameter.name) of \(name): \(error.message)")
            }
        }
    }
}

extension ArgumentWriter {
    /// Writes these arguments, which were validated.
    mutating func values(_ values: [Value]) {
        for value in values {
            next { $0.value(value) }
        }
    }
}
