public import WasmCore

extension ActorSystem {
    /// Sends to every subscriber of a topic, and waits for none of them.
    ///
    /// A subscriber whose mailbox takes no more loses the message, which becomes a dead letter; the others get it.
    ///
    /// - Parameters:
    ///   - topic: The topic: segments divided by `/`, none of them empty, none with a `*`; 1024 bytes at the most.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are, such as `application/json`.
    /// - Returns: How many subscribers there were, actors and sequences of the host.
    /// - Throws: `MessagingError.invalidArgument` where the text is not a topic; `died` after a shutdown.
    @discardableResult
    public func publish(
        _ topic: String,
        _ payload: [UInt8],
        contentType: String? = nil
    ) throws(MessagingError) -> Int {
        guard !environment.registry.isClosed else { throw .died(.shutdown) }
        try Pattern.requireTopic(topic)
        let message = ComponentMessage(
            payload: payload,
            topic: topic,
            contentType: contentType,
            sentAt: environment.clock.wallTime
        )
        return environment.topics.publish(message, on: topic)
    }

    /// The messages of every topic that a pattern matches, from now on.
    ///
    /// The subscription ends when nobody holds the sequence any more.
    ///
    /// - Parameters:
    ///   - pattern: Which topics.
    ///   - capacity: How many unread messages are kept [1024]; the oldest go first, and `Feed.dropped` counts them.
    /// - Returns: The messages.
    public func subscribe(to pattern: Pattern, capacity: Int = 1024) -> TopicMessages {
        environment.topics.listen(to: pattern, capacity: capacity)
    }
}
