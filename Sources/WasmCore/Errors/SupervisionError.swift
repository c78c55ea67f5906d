/// Why supervision was refused.
public enum SupervisionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The actor lacks this capability, or a grant for the child exceeds its own.
    case denied(String)
    /// This host does not offer the function.
    case unsupported(String)
    /// An argument is not of the form that it must have: why.
    case invalidArgument(String)
    /// A quota is used up: which.
    case quota(String)
    /// No such actor, or no such component.
    case notFound(String)
    /// The id is already taken.
    case nameTaken(ActorID)
    /// The child refused to start: why.
    case startFailed(ExitReason)

    /// The error in words.
    public var description: String {
        switch self {
        case .denied(let capability): "denied: the actor has no grant for \(capability); give it one at spawn"
        case .unsupported(let function): "unsupported: this host does not offer \(function)"
        case .invalidArgument(let text): "invalid argument: \(text)"
        case .quota(let text): "quota used up: \(text)"
        case .notFound(let name): "not found: \(name)"
        case .nameTaken(let id): "name taken: \(id) is running already; choose another id or stop it first"
        case .startFailed(let reason): "start failed: \(reason)"
        }
    }
}
