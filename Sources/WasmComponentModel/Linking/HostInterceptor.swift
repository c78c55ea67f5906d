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

/// How the result of a host function tells the guest that the call was denied.
///
/// `result<T, string>` carries the denied capability's name as the text; a variant or enum in the error's place needs a
/// case `denied`, with a `string` for the name or without a payload. It is what the interfaces of the actor contract do.
enum HostDenial: Equatable {
    case text
    case variant(hasText: Bool)
    case enumeration

    /// The form that a result type has; nil where it has none.
    init?(result: ValueType?) {
        guard case .result(_, let error?)? = result else { return nil }
        switch error {
        case .string:
            self = .text
        case .variant(let cases):
            guard let denied = cases.first(where: { $0.name == "denied" }) else { return nil }
            switch denied.payload {
            case nil: self = .variant(hasText: false)
            case .string?: self = .variant(hasText: true)
            default: return nil
            }
        case .enumeration(let names) where names.contains("denied"):
            self = .enumeration
        default:
            return nil
        }
    }

    /// The result of a call that was denied for want of a capability.
    func value(_ capability: String) -> Value {
        switch self {
        case .text: .error(.string(capability))
        case .variant(let hasText): .error(.variant("denied", hasText ? .string(capability) : nil))
        case .enumeration: .error(.enumeration("denied"))
        }
    }
}

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
