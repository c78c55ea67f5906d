/// What happens to a message for a full mailbox.
public struct OverflowPolicy: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: Hashable { case suspend, fail }

    private let kind: Kind

    /// The sender waits until there is room; who came first is let in first.
    public static let suspend = OverflowPolicy(kind: .suspend)
    /// The sender gets `MessagingError.mailboxFull` at once.
    public static let fail = OverflowPolicy(kind: .fail)

    /// The policy's name.
    public var description: String {
        switch kind {
        case .suspend: "suspend"
        case .fail: "fail"
        }
    }
}
