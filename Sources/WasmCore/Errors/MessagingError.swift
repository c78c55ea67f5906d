/// Why a message was not delivered or not answered.
public enum MessagingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The actor lacks this capability.
    case denied(String)
    /// This host does not offer the function.
    case unsupported(String)
    /// An argument is not of the form that it must have: why.
    case invalidArgument(String)
    /// A quota is used up: which.
    case quota(String)
    /// The payload is too large.
    case tooLarge(SizeLimit)
    /// No such actor.
    case notFound(ActorID)
    /// The deadline passed.
    case timeout
    /// The request was cancelled.
    case cancelled
    /// Waiting would close a circle: the actors on it, in order.
    case cycle([ActorID])
    /// The mailbox of this actor is full.
    case mailboxFull(ActorID)
    /// The target ended before it answered: why.
    case died(ExitReason)
    /// The target answered with an error of its own.
    case guestError(ActorError)

    /// The error in words, and what to do.
    public var description: String {
        switch self {
        case .denied(let capability): "denied: the actor has no grant for \(capability); give it one at spawn"
        case .unsupported(let function): "unsupported: this host does not offer \(function)"
        case .invalidArgument(let text): "invalid argument: \(text)"
        case .quota(let text): "quota used up: \(text)"
        case .tooLarge(let sizes): "too large: \(sizes)"
        case .notFound(let id): "not found: there is no actor \(id)"
        case .timeout: "timeout: no reply before the deadline"
        case .cancelled: "cancelled"
        case .cycle(let ids):
            "cycle: \(ids.map(\.description).joined(separator: " -> ")) would wait for each other for ever"
        case .mailboxFull(let id): "mailbox full: \(id) takes no more messages now; send again later"
        case .died(let reason): "died: the target ended before it answered (\(reason))"
        case .guestError(let error): "guest error: \(error)"
        }
    }
}
