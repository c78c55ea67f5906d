internal import Synchronization
internal import WasmActor
internal import WasmCore
internal import WasmRuntime

/// What a probe and its instances share; it outlives each of them.
final class ProbeState: Sendable, InstanceSource {
    struct State {
        var router: (any MessageRouter)?
        var reaction: @Sendable (ComponentMessage) -> ActorProbe.Reaction = { _ in .keep }
        var health = ActorHealth.healthy
        var generation: UInt64 = 0
    }

    let messages = Inbox<ComponentMessage>()
    let responses = Inbox<(id: CorrelationID, result: Result<[UInt8], MessagingError>)>()
    let downs = Inbox<(id: ActorID, reason: ExitReason)>()
    let state = Mutex(State())

    var mayBlock: Bool { false }
    var isDurable: Bool { false }

    func makeInstance(
        engine: WasmEngine,
        id: ActorID,
        settings: InstanceSettings,
        generation: UInt64
    ) async throws(RuntimeError) -> any ActorInstance {
        state.withLock { state in
            state.router = settings.services.router
            state.generation = generation
        }
        return ProbeInstance(id: id, probe: self)
    }
}

/// One generation of a probe. It has no code: what comes is written down, and the test decides.
final class ProbeInstance: ActorInstance {
    private let id: ActorID
    private let probe: ProbeState
    private let end = Mutex<ExitReason?>(nil)

    init(id: ActorID, probe: ProbeState) {
        self.id = id
        self.probe = probe
    }

    private func check() throws(RuntimeError) {
        guard let reason = end.withLock({ $0 }) else { return }
        throw RuntimeError(.instanceFinished, "the probe was ended (\(reason))", exitReason: reason, actor: id)
    }

    func initialize(_ configuration: ActorConfiguration) async throws(RuntimeError) -> Result<Void, ActorError> {
        try check()
        return .success(())
    }

    func handle(_ message: ComponentMessage) async throws(RuntimeError) -> Result<[UInt8]?, ActorError> {
        try check()
        switch probe.state.withLock({ $0.reaction })(message) {
        case .keep:
            probe.messages.append(message)
            return .success(nil)
        case .reply(let payload): return .success(payload)
        case .fail(let error): return .failure(error)
        case .crash(let reason):
            end.withLock { $0 = $0 ?? reason }
            throw RuntimeError(.hostError, "the probe was told to end (\(reason))", exitReason: reason, actor: id)
        }
    }

    func perform<Answer: Sendable>(
        _ turn: GuestTurn<Answer>,
        on executor: any TaskExecutor
    ) async throws(RuntimeError) -> Result<Answer, any Error> {
        throw RuntimeError(.missingExport, "a probe has no exports of a world; send it messages", actor: id)
    }

    func handleResponse(
        to id: CorrelationID,
        _ response: Result<[UInt8], MessagingError>
    ) async throws(RuntimeError) {
        try check()
        probe.responses.append((id, response))
    }

    func handleDown(of id: ActorID, _ reason: ExitReason) async throws(RuntimeError) {
        try check()
        probe.downs.append((id, reason))
    }

    func metadata() async throws(RuntimeError) -> ActorMetadata {
        ActorMetadata(name: "probe", version: "1", description: "Stands in for a component in a test.")
    }

    func health() async throws(RuntimeError) -> ActorHealth {
        try check()
        return probe.state.withLock { $0.health }
    }

    func shutDown(_ reason: ExitReason) async throws(RuntimeError) { try check() }

    func save() async throws(RuntimeError) -> Result<SavedState, ActorError> {
        .failure(.unsupported("a probe has no state"))
    }

    func restore(_ state: SavedState) async throws(RuntimeError) -> Result<Void, ActorError> {
        .failure(.unsupported("a probe has no state"))
    }

    func interrupt(_ reason: ExitReason) { end.withLock { $0 = $0 ?? reason } }

    func unload() {}
}
