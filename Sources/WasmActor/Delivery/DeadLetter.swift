public import WasmCore

/// A message that could not be handled.
public struct DeadLetter: Hashable, Sendable {
    /// Why a message could not be handled.
    @nonexhaustive public enum Reason: Hashable, Sendable, CustomStringConvertible {
        /// The target's turn for this message ended abnormally.
        case crashed(ExitReason)
        /// The target ended before the message's turn came.
        case ended(ExitReason)
        /// A reply that came when nobody waited for it any more.
        case lateReply
        /// The target's mailbox was full, and its policy is to drop.
        case dropped
        /// Its turn came after the end of its lifetime.
        case expired
        /// It was published, or a timer's, and its target could not take it.
        case refused(MessagingError)

        /// The reason in words.
        public var description: String {
            switch self {
            case .crashed(let reason): "its turn crashed the actor (\(reason))"
            case .ended(let reason): "the actor ended before its turn (\(reason))"
            case .lateReply: "a reply that nobody waited for any more"
            case .dropped: "the mailbox was full"
            case .expired: "its turn came too late"
            case .refused(let error): "its target did not take it (\(error))"
            }
        }
    }

    /// Its place among all dead letters of the system: 1 for the first.
    public let number: UInt64
    /// Whom the message was for; nil for a late reply to the host.
    public let target: ActorID?
    /// The message; for a late reply, the reply.
    public let message: ComponentMessage
    /// Why it could not be handled.
    public let reason: Reason

    /// Whether there is an actor to which it could be sent again; a reply cannot, for nobody waits for it.
    public var isRedeliverable: Bool { target != nil && reason != .lateReply }
}
