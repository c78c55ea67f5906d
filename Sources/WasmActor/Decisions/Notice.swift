import WasmCore

/// What the system tells a guest between its messages; the mailbox's capacity does not count it.
enum Notice: Hashable, Sendable {
    /// An actor that the guest watches has ended.
    case down(ActorID, ExitReason)
    /// The outcome of a request that it made with `request-later`.
    case response(CorrelationID, Result<[UInt8], MessagingError>)
}

/// A request of `request-later` whose response has not come yet.
struct PendingRequest {
    /// Ends the wait for it with an error.
    let giveUp: @Sendable (MessagingError) -> Void
    /// Its deadline.
    let timer: TimerID
}
