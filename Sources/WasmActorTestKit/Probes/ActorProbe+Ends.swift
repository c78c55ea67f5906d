internal import Synchronization
import WasmActor
public import WasmCore

/// Whose end the probe is told of, and its own.
extension ActorProbe {
    /// Watches an actor; `expectDown` takes the report of its end.
    ///
    /// - Parameter target: The actor.
    /// - Throws: `SupervisionError`.
    public func watch(_ target: ActorID) throws(SupervisionError) {
        try bonds().watch(target, by: id)
    }

    /// Watches an actor no more.
    ///
    /// - Parameter target: The actor.
    /// - Throws: `SupervisionError.notFound` where the probe has ended.
    public func unwatch(_ target: ActorID) throws(SupervisionError) {
        try bonds().unwatch(target, by: id)
    }

    /// Binds the probe to another actor: where one ends abnormally, so does the other.
    ///
    /// - Parameter target: The actor.
    /// - Throws: `SupervisionError.notFound` where it does not run.
    public func link(_ target: ActorID) throws(SupervisionError) {
        try bonds().link(id, with: target)
    }

    private func bonds() throws(SupervisionError) -> any MessageRouter {
        do throws(MessagingError) {
            return try router()
        } catch {
            throw .notFound(id.description)
        }
    }

    /// Takes the report of a watched actor's end, when it is there.
    ///
    /// - Parameters:
    ///   - target: The actor.
    ///   - time: How long to wait, by the system's clock.
    /// - Returns: Why it ended.
    /// - Throws: `ExpectationError`.
    @discardableResult
    public func expectDown(
        of target: ActorID,
        within time: Duration = defaultTime
    ) async throws(ExpectationError) -> ExitReason {
        let clock = system.clock
        return try await probe.downs.expectFirst("the end of \(target)", within: time, on: clock) {
            $0.id == target
        }.reason
    }

    /// Ends the probe after its current turn, as a guest's `exit` does; its options say whether it is restarted.
    ///
    /// - Parameter reason: Why: `normal` or `failed`.
    /// - Throws: `MessagingError.died` where it has ended already.
    public func exit(_ reason: ExitReason) throws(MessagingError) {
        try router().exit(id, reason: reason)
    }

    /// Says what the probe's health is from now on [healthy].
    ///
    /// - Parameter health: The answer to who asks.
    public func feel(_ health: ActorHealth) {
        probe.state.withLock { $0.health = health }
    }
}
