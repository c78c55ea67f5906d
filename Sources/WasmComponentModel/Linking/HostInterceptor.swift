/// Stands before host functions: sees each call before its arguments are read, and may turn it away.
///
/// An embedder gates functions with it that somebody else wrote; see `Linker.intercepting(_:_:)`.
public protocol HostInterceptor: Sendable {
    /// Lets a call through, or turns it away.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - function: the function's name, with its interface's where it has one, as in `acme:shop/pricing#quote`.
    ///   - arguments: the arguments, unread.
    /// - Returns: the call as the function is to see it, such as with other data.
    /// - Throws: `WasmError.Code.denied` to deny the call, with what was denied as the message. A function of the type
    ///   `result<T, E>` answers with that as its error, where E is `string`, or a variant or enum with a case `denied`;
    ///   any other function ends the guest. Everything else that is thrown ends the guest.
    func admit(
        _ call: HostCall,
        to function: String,
        _ arguments: borrowing ArgumentReader
    ) throws(WasmError) -> HostCall

    /// Awaits what an asynchronous function has still to do, in the task that made the guest's call.
    ///
    /// - Parameters:
    ///   - pending: what is to be done; `PendingHostCall.run()` does it.
    ///   - call: the call as the function saw it not yet.
    /// - Returns: what writes the result.
    func perform(_ pending: PendingHostCall, for call: HostCall) async -> PendingHostCall.Completion
}
