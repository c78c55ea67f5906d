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
