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

/// Carries the messages of guests to their targets, and binds actors to each other's ends.
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

    /// Puts a message into the target's mailbox; the reply, or why there is none, comes to the sender as a response later,
    /// exactly once.
    ///
    /// - Parameters:
    ///   - sender: The sending actor.
    ///   - target: The receiving actor.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    ///   - timeout: How long the reply may take, counted from now.
    /// - Returns: What binds the response to this request.
    /// - Throws: `MessagingError`; no response comes then.
    func requestLater(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration
    ) throws(MessagingError) -> CorrelationID

    /// Gives a pending request up; its response comes with `cancelled`.
    ///
    /// - Parameters:
    ///   - correlationID: The request.
    ///   - sender: The actor that made it.
    /// - Throws: `MessagingError.invalidArgument` where no such request is pending.
    func cancel(_ correlationID: CorrelationID, from sender: ActorID) throws(MessagingError)

    /// Answers a request that an actor left open.
    ///
    /// - Parameters:
    ///   - correlationID: The request, as its message named it.
    ///   - response: The answer.
    ///   - sender: The actor that answers.
    /// - Throws: `MessagingError.invalidArgument` where the actor has no such request open.
    func reply(
        to correlationID: CorrelationID,
        with response: Result<[UInt8], ActorError>,
        from sender: ActorID
    ) throws(MessagingError)

    /// Sends later: once, or again and again. The timer ends with the sender's instance.
    ///
    /// - Parameters:
    ///   - sender: The sending actor.
    ///   - target: The receiving actor; looked up each time.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    ///   - delay: The time until the first message, and between two.
    ///   - repeats: Whether there is more than one.
    /// - Returns: The timer's name.
    /// - Throws: `MessagingError.quota` where the sender has too many timers.
    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        after delay: Duration,
        repeats: Bool
    ) throws(MessagingError) -> UInt64

    /// Stops a timer; one that has fired already, or was never there, is no error.
    ///
    /// - Parameters:
    ///   - timer: The timer.
    ///   - sender: The actor that set it.
    func cancelTimer(_ timer: UInt64, of sender: ActorID)

    /// Has an actor end after its current turn.
    ///
    /// - Parameters:
    ///   - sender: The actor.
    ///   - reason: Why: `normal` or `failed`.
    func exit(_ sender: ActorID, reason: ExitReason)

    /// Starts a child of an actor and waits until it runs. It ends with the parent's instance.
    ///
    /// - Parameters:
    ///   - child: The child; the engine has held its grants against the parent's.
    ///   - parent: The actor that asks for it.
    ///   - interruption: Ends the wait early, where the parent is ended; the child is ended then too.
    /// - Throws: `SupervisionError`; there is no child then.
    func spawn(
        _ child: ChildRequest,
        by parent: ActorID,
        interruption: Interruption
    ) async throws(SupervisionError)

    /// Ends a child of an actor and waits until it is gone.
    ///
    /// - Parameters:
    ///   - child: The child.
    ///   - parent: The actor that spawned it.
    ///   - interruption: Ends the wait early, where the parent is ended.
    /// - Throws: `SupervisionError.notFound` where the actor has no such child.
    func stop(_ child: ActorID, by parent: ActorID, interruption: Interruption) async throws(SupervisionError)

    /// Has an actor told, once, when another one ends; at once where that is gone already.
    ///
    /// - Parameters:
    ///   - target: The other actor.
    ///   - watcher: The actor to be told.
    /// - Throws: `SupervisionError.quota` where it watches too many, `.invalidArgument` where it would watch itself.
    func watch(_ target: ActorID, by watcher: ActorID) throws(SupervisionError)

    /// Takes a watch back; where there is none, nothing. What the watcher was not told yet it is not told any more.
    ///
    /// - Parameters:
    ///   - target: The other actor.
    ///   - watcher: The actor that watches.
    func unwatch(_ target: ActorID, by watcher: ActorID)

    /// Binds two actors: where one ends abnormally, so does the other.
    ///
    /// - Parameters:
    ///   - first: One actor.
    ///   - second: The other one.
    /// - Throws: `SupervisionError.notFound` where the other one does not run; otherwise as `watch`.
    func link(_ first: ActorID, with second: ActorID) throws(SupervisionError)

    /// Takes a link back; where there is none, nothing.
    ///
    /// - Parameters:
    ///   - first: One actor.
    ///   - second: The other one.
    func unlink(_ first: ActorID, from second: ActorID)

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
