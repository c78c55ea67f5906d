/// Why a service was refused.
public enum ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The actor lacks this capability.
    case denied(String)
    /// This host does not offer the function.
    case unsupported(String)
    /// An argument is not of the form that it must have: why.
    case invalidArgument(String)
    /// A quota is used up: which.
    case quota(String)
    /// More was asked for than one call gives.
    case tooLarge(SizeLimit)
    /// The actor is being ended.
    case cancelled

    /// The error in words.
    public var description: String {
        switch self {
        case .denied(let capability): "denied: the actor has no grant for \(capability); give it one at spawn"
        case .unsupported(let function): "unsupported: this host does not offer \(function)"
        case .invalidArgument(let text): "invalid argument: \(text)"
        case .quota(let text): "quota used up: \(text)"
        case .tooLarge(let sizes): "too large: \(sizes)"
        case .cancelled: "cancelled: the actor is being ended"
        }
    }
}
