/// A page of a listing of actors.
public struct ActorPage: Hashable, Sendable {
    /// The ids, in order.
    public var ids: [ActorID]
    /// Where the next page starts; nil after the last.
    public var cursor: String?

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - ids: The ids, in order.
    ///   - cursor: Where the next page starts.
    public init(ids: [ActorID], cursor: String?) {
        self.ids = ids
        self.cursor = cursor
    }
}

/// Carries the messages of guests to their targets.
///
/// The engine has checked capability, target and size before it calls. A call may suspend: only that guest waits.
public protocol MessageRouter: Sendable {
    /// Puts a message into the target's mailbox.
    ///
    /// - Parameters:
    ///   - sender: The sending actor.
    ///   - target: The receiving actor.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    ///   - interruption: Ends the wait early, where the sending actor is ended.
    /// - Throws: `MessagingError`; the message was not delivered then.
    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        interruption: Interruption
    ) async throws(MessagingError)

    /// Puts a message into the target's mailbox and waits for the reply.
    ///
    /// - Parameters:
    ///   - sender: The sending actor.
    ///   - target: The receiving actor.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    ///   - timeout: How long to wait, counted from now.
    ///   - interruption: Ends the wait early, where the sending actor is ended.
    /// - Returns: The reply.
    /// - Throws: `MessagingError`, `guestError` where the target answered with an error of its own.
    func request(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration,
        interruption: Interruption
    ) async throws(MessagingError) -> [UInt8]

    /// Sends to every subscriber of a topic, and waits for none.
    ///
    /// - Parameters:
    ///   - sender: The sending actor.
    ///   - topic: The topic.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    /// - Returns: How many subscribers there were.
    /// - Throws: `MessagingError`; nobody got the message then.
    func publish(
        from sender: ActorID,
        topic: String,
        payload: [UInt8],
        contentType: String?
    ) throws(MessagingError) -> Int

    /// Subscribes to every topic that a pattern matches; a second time changes nothing.
    ///
    /// - Parameters:
    ///   - subscriber: The subscribing actor.
    ///   - pattern: Which topics.
    /// - Throws: `MessagingError.quota` where it has too many subscriptions.
    func subscribe(_ subscriber: ActorID, to pattern: Pattern) throws(MessagingError)

    /// Ends a subscription; where there is none, nothing.
    ///
    /// - Parameters:
    ///   - subscriber: The subscribing actor.
    ///   - pattern: The pattern that it subscribed to.
    func unsubscribe(_ subscriber: ActorID, from pattern: Pattern)

    /// Lists running actors in order.
    ///
    /// - Parameters:
    ///   - pattern: Which ids.
    ///   - cursor: Where an earlier page ended.
    ///   - limit: The most ids of the page.
    /// - Returns: A page.
    /// - Throws: `MessagingError.invalidArgument` for a cursor that no page gave.
    func listActors(
        matching pattern: Pattern,
        after cursor: String?,
        limit: Int
    ) throws(MessagingError) -> ActorPage
}
