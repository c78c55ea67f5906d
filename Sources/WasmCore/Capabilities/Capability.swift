/// What a host call needs: a kind of access, and to what.
public struct Capability: Hashable, Sendable, CustomStringConvertible {
    /// The kind of access.
    public let kind: Kind
    /// To what: an actor id, a topic, a pattern, a place in storage, or a function of the host.
    public let subject: String
    /// Whether the subject is a pattern; then a grant must cover all that it matches.
    public let isPattern: Bool

    /// Makes a capability.
    ///
    /// - Parameters:
    ///   - kind: The kind of access.
    ///   - subject: To what.
    ///   - isPattern: Whether the subject is a pattern; then a grant must cover all that it matches.
    public init(_ kind: Kind, _ subject: String, isPattern: Bool = false) {
        self.kind = kind
        self.subject = subject
        self.isPattern = isPattern
    }

    /// The kind and the subject, as `messaging.send(demo/relay/main)`.
    public var description: String { "\(kind.rawValue)(\(Printable.text(subject, limit: 600)))" }

    /// The same with no more of the subject than so many bytes, for keeping.
    package func shortened(to bytes: Int) -> Capability {
        guard subject.utf8.count > bytes else { return self }
        return Capability(
            kind,
            String(decoding: subject.utf8.prefix(bytes), as: UTF8.self) + "...",
            isPattern: isPattern
        )
    }

    /// A kind of access.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Sending to an actor; the subject is its id.
        case send = "messaging.send"
        /// Sending to an actor and waiting for its reply; the subject is its id.
        case request = "messaging.request"
        /// Publishing; the subject is the topic.
        case publish = "messaging.publish"
        /// Subscribing; the subject is the pattern.
        case subscribe = "messaging.subscribe"
        /// Listing actors; the subject is the pattern.
        case list = "messaging.list"
        /// Reading values and keys; the subject is `private/KEY` or `shared/AREA/KEY`.
        case read = "storage.read"
        /// Storing values; the subject is `private/KEY` or `shared/AREA/KEY`.
        case write = "storage.write"
        /// Removing keys; the subject is `private/KEY` or `shared/AREA/KEY`.
        case delete = "storage.delete"
        /// Starting children; the subject is the child's id.
        case spawn = "supervision.spawn"
        /// Stopping children; the subject is the child's id.
        case stop = "supervision.stop"
        /// Watching and linking; the subject is the other actor's id.
        case watch = "supervision.watch"
        /// Calling a function that the host adds to the contract; the subject is the interface without its version, and
        /// the function: `acme:shop/pricing/quote`, or `acme:shop/store/blob/write` for a resource's.
        case call = "host.call"
    }
}

/// Leave for one kind of access to all that a pattern matches.
public struct Grant: Hashable, Sendable, CustomStringConvertible {
    /// The kind of access.
    public let kind: Capability.Kind
    /// To what.
    public let pattern: Pattern

    /// Makes a grant.
    ///
    /// - Parameters:
    ///   - kind: The kind of access.
    ///   - pattern: To what.
    public init(_ kind: Capability.Kind, _ pattern: Pattern) {
        self.kind = kind
        self.pattern = pattern
    }

    /// Makes a grant from a written pattern.
    ///
    /// - Parameters:
    ///   - kind: The kind of access.
    ///   - pattern: To what, as `Pattern` reads it.
    /// - Throws: `InvalidPattern` where the text is not a pattern.
    public init(_ kind: Capability.Kind, to pattern: String) throws(InvalidPattern) {
        self.init(kind, try Pattern(pattern))
    }

    /// The kind and the pattern, as `messaging.send(demo/*/*)`.
    public var description: String { "\(kind.rawValue)(\(pattern))" }
}
