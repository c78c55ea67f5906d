/// Why storage was refused.
public enum StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The actor lacks this capability.
    case denied(String)
    /// This host does not offer the function.
    case unsupported(String)
    /// The key, prefix, cursor or area is not of the form that it must have: why.
    case invalidArgument(String)
    /// The value is too large.
    case tooLarge(SizeLimit)
    /// The area is full: what it would hold, and what it may.
    case quota(SizeLimit)
    /// The stored value is not the expected one.
    case conflict
    /// The backend failed: how. Nothing was changed.
    case failed(String)

    /// The error in words.
    public var description: String {
        switch self {
        case .denied(let capability): "denied: the actor has no grant for \(capability); give it one at spawn"
        case .unsupported(let function): "unsupported: this host does not offer \(function)"
        case .invalidArgument(let text): "invalid argument: \(text)"
        case .tooLarge(let sizes): "too large: \(sizes)"
        case .quota(let sizes): "quota used up: the area would hold \(sizes)"
        case .conflict: "conflict: the stored value is not the expected one"
        case .failed(let text): "failed: \(text)"
        }
    }
}
