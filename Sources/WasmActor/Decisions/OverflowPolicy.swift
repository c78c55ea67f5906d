/// What happens to a message for a full mailbox.
///
/// A mailbox is full where it holds as many messages as `ResourceLimits.mailboxMessages` says, or where the message would
/// bring it above `ActorOptions.mailboxBytes`. Whoever is refused still has its message: nothing of it was delivered.
/// What is dropped is a dead letter of the reason `dropped`, and whoever waits for its answer gets
/// `MessagingError.mailboxFull` at once.
public struct OverflowPolicy: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: Hashable { case suspend, fail, dropOldest, dropNewest }

    private let kind: Kind

    /// The sender waits until there is room; who came first is let in first.
    public static let suspend = OverflowPolicy(kind: .suspend)
    /// The sender gets `MessagingError.mailboxFull` at once.
    public static let fail = OverflowPolicy(kind: .fail)
    /// The messages that have waited longest are dropped, as many as it takes; the sender is never held up.
    public static let dropOldest = OverflowPolicy(kind: .dropOldest)
    /// The message itself is dropped; a sender that waits for no answer is not told.
    public static let dropNewest = OverflowPolicy(kind: .dropNewest)

    /// The policy's name.
    public var description: String {
        switch kind {
        case .suspend: "suspend"
        case .fail: "fail"
        case .dropOldest: "drop-oldest"
        case .dropNewest: "drop-newest"
        }
    }
}
