/// What becomes of the message in whose turn an instance ended, where a fresh instance follows.
///
/// The message may have been handled in part: what it has sent and stored stays sent and stored.
public struct RetryPolicy: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: Hashable { case never, once }

    private let kind: Kind

    /// It is a dead letter, and whoever waits for its answer gets `MessagingError.died`: it is handled once at the most.
    public static let never = RetryPolicy(kind: .never)
    /// It comes first in the fresh instance, with an `attempt` that is one higher; whoever waits for its answer goes on
    /// waiting. Where it ends that instance too, it is a dead letter.
    public static let once = RetryPolicy(kind: .once)

    /// The policy's name.
    public var description: String {
        switch kind {
        case .never: "never"
        case .once: "once"
        }
    }
}
