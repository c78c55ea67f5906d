/// Binds a reply to its request.
public typealias CorrelationID = UInt64

/// What an actor receives.
public struct ComponentMessage: Hashable, Sendable {
    /// The sending actor; nil where the host itself sends.
    public var sender: ActorID?
    /// The bytes, as the sender gave them.
    public var payload: [UInt8]
    /// Set where the sender waits for a reply.
    public var correlationID: CorrelationID?
    /// The topic, where the message was published.
    public var topic: String?
    /// What the bytes are, such as `application/json`, where the sender said.
    public var contentType: String?
    /// When the host accepted the message, in nanoseconds since 1970-01-01T00:00:00Z.
    public var sentAt: UInt64
    /// 1 for a first delivery; above 1 where it was tried before, or may have been: under a policy that retries after a
    /// crash, sent again from the dead letters, or kept over the end of the process.
    public var attempt: UInt32

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - sender: The sending actor; nil where the host itself sends.
    ///   - payload: The bytes.
    ///   - correlationID: Set where the sender waits for a reply.
    ///   - topic: The topic, where the message was published.
    ///   - contentType: What the bytes are, such as `application/json`.
    ///   - sentAt: When the host accepted the message, in nanoseconds since 1970-01-01T00:00:00Z.
    ///   - attempt: 1 for a first delivery.
    public init(
        sender: ActorID? = nil,
        payload: [UInt8],
        correlationID: CorrelationID? = nil,
        topic: String? = nil,
        contentType: String? = nil,
        sentAt: UInt64 = 0,
        attempt: UInt32 = 1
    ) {
        self.sender = sender
        self.payload = payload
        self.correlationID = correlationID
        self.topic = topic
        self.contentType = contentType
        self.sentAt = sentAt
        self.attempt = attempt
    }
}
