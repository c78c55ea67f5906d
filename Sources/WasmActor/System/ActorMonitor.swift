import Synchronization
public import WasmCore

/// The host's watch on an actor: the reason of its end comes once.
///
/// It goes with the value: an actor of the same id that is spawned later is another one.
public final class ActorMonitor: Sendable {
    /// The actor that is watched.
    public let id: ActorID
    private let cell: ActorCell?
    private let end = OneShot<ExitReason?>()

    /// Watches an actor that is there, or was there when the reference to it was made.
    init(_ cell: ActorCell) {
        id = cell.id
        self.cell = cell
        if let reason = cell.state.withLock({ $0.machine.waitForEnd(end) }) { end.resolve(reason) }
    }

    /// Watches one that is gone already.
    init(ended id: ActorID, _ reason: ExitReason) {
        self.id = id
        cell = nil
        end.resolve(reason)
    }

    deinit { unwatch() }

    /// Waits for the end of the actor. To be called once: there is one end.
    ///
    /// - Returns: Why it ended, also where it was gone before the watch began; nil where `unwatch()` or the cancellation of
    ///   the calling task came first.
    @concurrent
    public func down() async -> ExitReason? {
        await Canceller.task.wait(for: end) { self.unwatch() }
    }

    /// Takes the watch back; whoever waits for the end is told that none comes.
    public func unwatch() {
        guard end.resolve(nil), let cell else { return }
        cell.state.withLock { $0.machine.forgetWaiter(end) }
    }
}

extension ActorRef {
    /// Has the host told once when the actor ends, also where it has ended already.
    ///
    /// Other than `ended()` the wait ends with its task, and can be taken back.
    ///
    /// - Returns: The watch.
    public func watch() -> ActorMonitor { ActorMonitor(cell) }

    /// Binds two actors: where one ends abnormally, so does the other, with the reason `failed` that names the first.
    ///
    /// Where the other has ended abnormally already, this one ends now. An orderly end (`normal`, `shutdown`) only takes the
    /// link away. Links that guests have made count among the same.
    ///
    /// - Parameter other: The other actor.
    /// - Throws: `SupervisionError`, of `invalidArgument` where both are one, `quota` where an actor has too many links.
    public func link(to other: ActorRef) throws(SupervisionError) {
        try cell.link(other.cell, incarnation: nil)
    }

    /// Takes a link away; where there is none, nothing.
    ///
    /// - Parameter other: The other actor.
    public func unlink(from other: ActorRef) { cell.unlink(other.id, incarnation: nil) }
}

extension ActorSystem {
    /// Has the host told once when the actor of an id ends, also where it has ended already: the reasons of the last 1024
    /// ends are kept.
    ///
    /// - Parameter id: The actor.
    /// - Returns: The watch; nil where no actor of this id runs, and none is known to have ended.
    public func watch(_ id: ActorID) -> ActorMonitor? {
        if let cell = environment.registry[id] { return ActorMonitor(cell) }
        return environment.registry.end(of: id).map { ActorMonitor(ended: id, $0) }
    }
}
