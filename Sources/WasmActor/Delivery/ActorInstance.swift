package import WasmCore
package import WasmRuntime

/// One generation of an actor, as its cell drives it: one call at a time, `interrupt` and `unload` excepted.
///
/// An instance that is finished shows as a `RuntimeError` with an exit reason.
package protocol ActorInstance: Sendable {
    func initialize(_ configuration: ActorConfiguration) async throws(RuntimeError) -> Result<Void, ActorError>

    func handle(_ message: ComponentMessage) async throws(RuntimeError) -> Result<[UInt8]?, ActorError>

    /// Has the host's own code take a turn.
    func perform<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        on executor: any TaskExecutor
    ) async throws(RuntimeError) -> Result<Answer, any Error>

    func handleResponse(
        to id: CorrelationID,
        _ response: Result<[UInt8], MessagingError>
    ) async throws(RuntimeError)

    func handleDown(of id: ActorID, _ reason: ExitReason) async throws(RuntimeError)

    func metadata() async throws(RuntimeError) -> ActorMetadata

    func health() async throws(RuntimeError) -> ActorHealth

    func shutDown(_ reason: ExitReason) async throws(RuntimeError)

    /// The state of an instance of a durable actor.
    func save() async throws(RuntimeError) -> Result<SavedState, ActorError>

    /// Gives a fresh instance of a durable actor its state.
    func restore(_ state: SavedState) async throws(RuntimeError) -> Result<Void, ActorError>

    /// Ends the turn that runs, from any thread; returns at once.
    func interrupt(_ reason: ExitReason)

    /// Drops the instance and all that it holds.
    func unload()
}

/// What an actor runs: makes an instance for each of its generations.
///
/// A compiled component; and in tests, what stands in for one.
package protocol InstanceSource: AnyObject, Sendable {
    /// Whether a turn may hold its thread.
    var mayBlock: Bool { get }
    /// Whether its instances save and restore their state.
    var isDurable: Bool { get }

    /// Makes a fresh instance; it is not initialised yet.
    ///
    /// - Parameters:
    ///   - engine: The system's engine.
    ///   - id: The actor.
    ///   - settings: What the instance may do, may use up and can reach.
    ///   - generation: 1 for the first instance, one more after each restart.
    /// - Returns: The instance.
    /// - Throws: `RuntimeError`; nothing is left behind then.
    func makeInstance(
        engine: WasmEngine,
        id: ActorID,
        settings: InstanceSettings,
        generation: UInt64
    ) async throws(RuntimeError) -> any ActorInstance
}

extension CompiledComponent: InstanceSource {
    package func makeInstance(
        engine: WasmEngine,
        id: ActorID,
        settings: InstanceSettings,
        generation: UInt64
    ) async throws(RuntimeError) -> any ActorInstance {
        try await ComponentActor(engine: engine, id: id, component: self, settings: settings, generation: generation)
    }
}
