public import WasmCore

/// Something that happened in an actor system.
///
/// Events come in the order in which they happened to one actor. Messages that are handled well make none.
@nonexhaustive public enum ActorEvent: Hashable, Sendable {
    /// An actor runs for the first time.
    case spawned(ActorID, ActorMetadata)
    /// An actor could not be started; its `spawn` throws.
    case startFailed(ActorID, ExitReason)
    /// A guest answered a message with an error; the actor lives on.
    case guestError(ActorID, ActorError)
    /// An instance ended abnormally.
    case crashed(ActorID, generation: UInt64, reason: ExitReason, backtrace: [String])
    /// A fresh instance comes after a pause; the generation is the fresh one's.
    case restarting(ActorID, generation: UInt64, after: Duration)
    /// A fresh instance runs.
    case restarted(ActorID, generation: UInt64)
    /// An actor fell too often; it is not restarted any more.
    case restartsExhausted(ActorID, reason: ExitReason)
    /// An actor is gone.
    case ended(ActorID, reason: ExitReason)
    /// A message could not be handled.
    case deadLetter(DeadLetter)
    /// The gate decided on a host call: a denial, or more where the audit log asks for it.
    case audited(AuditRecord)
    /// A guest wrote into the log.
    case logged(LogEntry)
    /// The system is shutting down: no more events follow after those of the actors' ends.
    case shuttingDown
}
