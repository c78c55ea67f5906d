/// What an actor does that its author does not care about.
extension LifecycleGuest {
    /// Accepts whatever the host chose.
    mutating func initialize(config: Config) throws(ActorError) {}

    /// Drops the response.
    mutating func handleResponse(correlationID: CorrelationID, response: Result<Payload, MessagingError>) {}

    /// Takes no notice.
    mutating func handleDown(id: ActorID, reason: ExitReason) {}

    /// Says nothing but that this is an actor.
    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "actor", version: "0.0.0", description: "")
    }

    /// All is well.
    mutating func health() -> ActorHealth { .healthy }

    /// Leaves without a word.
    mutating func shutdown(reason: ExitReason) {}
}
