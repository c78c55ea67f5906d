extension HostFunction {
    /// Has the interceptor, where there is one, let a call through.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - arguments: its arguments.
    ///   - deny: takes the result of a denied call.
    /// - Returns: the call for the function; nil where it was denied and `deny` has its result.
    /// - Throws: what ends the guest.
    func admit(
        _ call: HostCall,
        _ arguments: borrowing ArgumentReader,
        deny: (Value) -> Void
    ) throws(WasmError) -> HostCall? {
        guard let interceptor else { return call }
        do throws(WasmError) {
            return try interceptor.admit(call, to: name, arguments)
        } catch {
            guard error.code == .denied, let denial else { throw error }
            deny(denial.value(error.message))
            return nil
        }
    }

    /// What the body of an asynchronous function leaves to do, with the interceptor around it.
    func intercept(
        _ call: HostCall,
        _ arguments: borrowing ArgumentReader,
        _ body: AsyncBody
    ) throws(WasmError) -> PendingHostCall {
        var denied: Value?
        guard let admitted = try admit(call, arguments, deny: { denied = $0 }) else {
            let result = denied
            return PendingHostCall {
                { (writer) throws(WasmError) in if let result { writer.value(result) } }
            }
        }
        let pending = try body(admitted, arguments)
        guard let interceptor else { return pending }
        return PendingHostCall { await interceptor.perform(pending, for: call) }
    }
}
