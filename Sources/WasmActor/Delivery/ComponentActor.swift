import WasmCore
import WasmRuntime

/// One instance of a component as an actor sees it: the engine, and the handle that the engine gave out.
///
/// It runs nothing itself. An instance that is finished shows as a `RuntimeError` with an exit reason.
struct ComponentActor: ActorInstance {
    private let engine: WasmEngine
    private let handle: ComponentHandle

    /// Makes a fresh instance; it is not initialised yet.
    init(
        engine: WasmEngine,
        id: ActorID,
        component: CompiledComponent,
        settings: InstanceSettings,
        generation: UInt64
    ) async throws(RuntimeError) {
        self.engine = engine
        handle = try await engine.loadComponent(
            id: id,
            component: component,
            settings: settings,
            generation: generation
        )
    }

    func initialize(_ configuration: ActorConfiguration) async throws(RuntimeError) -> Result<Void, ActorError> {
        try await engine.callInitialize(handle, configuration)
    }

    func handle(_ message: ComponentMessage) async throws(RuntimeError) -> Result<[UInt8]?, ActorError> {
        try await engine.callHandleMessage(handle, message)
    }

    /// Has the host's own code take a turn.
    func perform<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        on executor: any TaskExecutor
    ) async throws(RuntimeError) -> Result<Answer, any Error> {
        try await engine.perform(handle, turn, on: executor)
    }

    func handleResponse(
        to id: CorrelationID,
        _ response: Result<[UInt8], MessagingError>
    ) async throws(RuntimeError) {
        try await engine.callHandleResponse(handle, correlationID: id, response: response)
    }

    func handleDown(of id: ActorID, _ reason: ExitReason) async throws(RuntimeError) {
        try await engine.callHandleDown(handle, id: id, reason: reason)
    }

    func metadata() async throws(RuntimeError) -> ActorMetadata {
        try await engine.metadata(handle)
    }

    func health() async throws(RuntimeError) -> ActorHealth {
        try await engine.health(handle)
    }

    func shutDown(_ reason: ExitReason) async throws(RuntimeError) {
        try await engine.callShutdown(handle, reason: reason)
    }

    func save() async throws(RuntimeError) -> Result<SavedState, ActorError> {
        try await engine.callSave(handle)
    }

    func restore(_ state: SavedState) async throws(RuntimeError) -> Result<Void, ActorError> {
        try await engine.callRestore(handle, state)
    }

    /// Ends the turn that runs, from any thread; returns at once.
    func interrupt(_ reason: ExitReason) {
        engine.interrupt(handle, reason: reason)
    }

    /// Drops the instance and its store.
    func unload() {
        engine.unload(handle)
    }
}
