extension LinkerInstance {
    /// Defines a function on values.
    ///
    /// - Parameters:
    ///   - name: the function's name in WIT spelling.
    ///   - type: its type; a component that imports it with another is refused.
    ///   - body: the function. Its result is checked against the type. What it throws ends the guest.
    /// - Throws: `WasmError.Code.alreadyDefined`, `WasmError.Code.invalidName` and `WasmError.Code.unsupportedType`.
    public mutating func define(
        _ name: String,
        type: FunctionType,
        _ body: @escaping @Sendable (HostCall, [Value]) throws -> Value?
    ) throws(WasmError) {
        try defineTyped(name, type: type) { (call, arguments, result) throws(WasmError) in
            let values = try arguments.values()
            let value: Value?
            do {
                value = try body(call, values)
            } catch {
                throw WasmError(hostFunction: name, threw: error)
            }
            try result.write(value, type.result, name)
        }
    }

    /// Defines an asynchronous function on values. Only asynchronous stores can instantiate with it.
    ///
    /// - Parameters:
    ///   - name: the function's name in WIT spelling.
    ///   - type: its type; a component that imports it with another is refused.
    ///   - body: the function, run by the task that made the guest's call. Its result is checked against the type. What it
    ///     throws ends the guest.
    /// - Throws: `WasmError.Code.alreadyDefined`, `WasmError.Code.invalidName` and `WasmError.Code.unsupportedType`.
    public mutating func defineAsync(
        _ name: String,
        type: FunctionType,
        _ body: @escaping @Sendable (HostCall, [Value]) async throws -> Value?
    ) throws(WasmError) {
        try defineTypedAsync(name, type: type) { (call, arguments) throws(WasmError) in
            let values = try arguments.values()
            return PendingHostCall {
                do {
                    let value = try await body(call, values)
                    return { (result) throws(WasmError) in try result.write(value, type.result, name) }
                } catch {
                    let failure = WasmError(hostFunction: name, threw: error)
                    return { (_) throws(WasmError) in throw failure }
                }
            }
        }
    }
}

extension ArgumentReader {
    /// All arguments.
    fileprivate func values() throws(WasmError) -> [Value] {
        var values: [Value] = []
        for index in 0..<count {
            values.append(try argument(index) { (argument) throws(WasmError) in try argument.value() })
        }
        return values
    }
}

extension ValueWriter {
    /// Checks a host function's result against its type and writes it.
    fileprivate mutating func write(_ value: Value?, _ type: ValueType?, _ name: String) throws(WasmError) {
        switch (value, type) {
        case (nil, nil): break
        case (let value?, let type?):
            do {
                try value.validate(against: type)
            } catch {
                throw WasmError(error.code, "the result of the host function \(name): \(error.message)")
            }
            self.value(value)
        case (nil, let type?):
            throw WasmError(.invalidValue, "the host function \(name) returned nothing where \(type) is expected")
        case (.some, nil):
            throw WasmError(.invalidValue, "the host function \(name) returned a value where it has no result")
        }
    }
}

extension WasmError {
    /// The error of a call that a host function ended by throwing.
    init(hostFunction name: String, threw error: any Error) {
        if let error = error as? WasmError, error.code == .hostError || error.code == .interrupted {
            self = error
        } else {
            self.init(.hostError, "the host function \(name) failed: \(error)", underlying: error)
        }
    }
}
