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
    /// An actor left memory; its state is kept.
    case passivated(ActorID)
    /// An actor was to leave memory and stays there: its state could not be saved, or not be kept.
    case passivationFailed(ActorID, reason: String)
    /// What is kept of an actor could not be stored, or not be removed.
    case storageFailed(ActorID, reason: String)
    /// An actor is in memory again.
    case activated(ActorID)
    /// Another component runs under the id, as this generation; for so long the actor took no messages.
    case upgraded(ActorID, generation: UInt64, pause: Duration)
    /// Another component could not take over; the old instance goes on.
    case upgradeFailed(ActorID, reason: String)
    /// An actor fell too often; it is not restarted any more.
    case restartsExhausted(ActorID, reason: ExitReason)
    /// An actor feels otherwise than when the system last asked it; well, where it never did.
    case healthChanged(ActorID, ActorHealth)
    /// All children of a supervisor run for the first time. A supervisor is named by its path, as `shop/carts`.
    case supervisorStarted(String)
    /// A child fell, and its supervisor falls with it: the one above decides. `isExceeded` where it fell too often, and
    /// not by a rule. The supervisor of a guest's children has the guest's id as its path.
    case escalated(String, child: String, reason: ExitReason, isExceeded: Bool)
    /// All children of a supervisor run again, after it fell or started anew with its siblings.
    case supervisorRestarted(String, generation: UInt64)
    /// A supervisor is gone, and all below it.
    case supervisorEnded(String, reason: ExitReason)
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
