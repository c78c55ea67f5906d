public import WasmComponentModel

/// Somebody whose turns the host can have: an actor reference.
public protocol GuestCaller: Sendable {
    /// Waits for a turn as a message does, and has it run.
    ///
    /// - Parameters:
    ///   - turn: What is done.
    ///   - timeout: How long to wait for the answer.
    /// - Returns: What the turn's code returns.
    /// - Throws: As `call`.
    func perform<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        timeout: Duration
    ) async throws(ActorCallError) -> Answer
}

extension GuestCaller {
    /// Calls the exports of a world of the user's own, in one turn of the actor.
    ///
    /// ```swift
    /// let item = try await shop.call(ShopWorld.self) { world, store in
    ///     try await world.catalog.lookup(store, id: 3)
    /// }
    /// ```
    ///
    /// The turn waits in the mailbox as a message does, and the actor's limits hold for all of it together: wall time,
    /// executing time, fuel, and the bytes of host calls. Wall time runs while the body does something else than calling
    /// the guest, too. Where a call of the guest ends abnormally, the instance is finished, whatever the body makes of
    /// the error: the actor's supervision goes on as after a message. The body may keep resources of the guest; in a
    /// later turn of the same instance their methods work, and after a restart they throw `WasmError.Code.wrongStore`.
    ///
    /// The body runs in a task of its own on the threads of the guests, so it must not block. The end of the turn, by a
    /// kill or a limit, cancels that task and does not wait for it: nothing that the body still does reaches the guest,
    /// and the memory of the instance is given back when it returns. Where the wait ends by the timeout or the
    /// cancellation of the caller, the turn goes on to its end, and its answer is lost. A body that calls its own actor,
    /// or asks one that asks it back, waits for itself until the timeout.
    ///
    /// - Parameters:
    ///   - world: The world; the actor's component must export all that the world exports.
    ///   - timeout: How long to wait for the answer [5 s].
    ///   - body: What is done in the turn.
    /// - Returns: What the body returns.
    /// - Throws: `ActorCallError`: `messaging` where the turn did not come about or ended abnormally, `world` where the
    ///   component lacks an export, `body` with what the body threw, after which the actor lives on.
    public func call<World: ComponentWorld, Answer: Sendable>(
        _ world: World.Type,
        timeout: Duration = .seconds(5),
        _ body: @escaping @Sendable (World, borrowing Store) async throws -> Answer
    ) async throws(ActorCallError) -> Answer {
        try await perform(GuestTurn(on: world, body), timeout: timeout)
    }
}
