internal import WasmBindings
internal import WasmComponentModel
public import WasmCore

extension WasmEngine {
    /// Tells a new instance who it is. To be called once, before anything else.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - configuration: What it is told.
    /// - Returns: The guest's answer; a failure means that there is to be no actor.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func callInitialize(
        _ handle: ComponentHandle,
        _ configuration: ActorConfiguration
    ) async throws(RuntimeError) -> Result<Void, ActorError> {
        let answer = try await turn(handle, export: "initialize") { resident throws(WasmError) in
            try await resident.lifecycle.initialize(resident.store, config: configuration)
        }
        if case .failure(let error) = answer { try check(handle, "initialize", bytes: error.text.utf8.count) }
        return answer
    }

    /// Hands a message to an instance.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - message: The message.
    /// - Returns: The reply, or nil where the guest gives none now; or the guest's own error.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin; `tooLarge` where the message or the
    ///   reply is over the instance's limit.
    public func callHandleMessage(
        _ handle: ComponentHandle,
        _ message: ComponentMessage
    ) async throws(RuntimeError) -> Result<[UInt8]?, ActorError> {
        let limit = Int(try instance(handle).host.limits.messageBytes)
        guard message.payload.count <= limit else {
            throw RuntimeError(
                .tooLarge,
                "the message has \(message.payload.count) bytes, the limit is \(limit)",
                actor: handle.id
            )
        }
        let answer = try await turn(handle, export: "handle-message") { resident throws(WasmError) in
            try await resident.lifecycle.handleMessage(resident.store, message: message)
        }
        // An error's text goes where a reply goes: into the memory of the guest that asked.
        switch answer {
        case .success(let reply): try check(handle, "handle-message", bytes: reply?.count ?? 0, limit: limit)
        case .failure(let error): try check(handle, "handle-message", bytes: error.text.utf8.count, limit: limit)
        }
        return answer
    }

    /// Gives an instance the outcome of a request that it made earlier.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - correlationID: Which request.
    ///   - response: The reply, or why there is none.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func callHandleResponse(
        _ handle: ComponentHandle,
        correlationID: CorrelationID,
        response: Result<[UInt8], MessagingError>
    ) async throws(RuntimeError) {
        try await turn(handle, export: "handle-response") { resident throws(WasmError) in
            try await resident.lifecycle.handleResponse(
                resident.store,
                correlationID: correlationID,
                response: response
            )
        }
    }

    /// Tells an instance that an actor which it watches has ended.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - id: The actor that ended.
    ///   - reason: Why.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func callHandleDown(
        _ handle: ComponentHandle,
        id: ActorID,
        reason: ExitReason
    ) async throws(RuntimeError) {
        try await turn(handle, export: "handle-down") { resident throws(WasmError) in
            try await resident.lifecycle.handleDown(resident.store, id: id, reason: reason)
        }
    }

    /// What an instance says of itself.
    ///
    /// - Parameter handle: The instance.
    /// - Returns: Name, version and description.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func metadata(_ handle: ComponentHandle) async throws(RuntimeError) -> ActorMetadata {
        let metadata = try await turn(handle, export: "metadata") { resident throws(WasmError) in
            try await resident.lifecycle.metadata(resident.store)
        }
        let texts = [metadata.name, metadata.version, metadata.description]
        try check(handle, "metadata", bytes: texts.reduce(0) { $0 + $1.utf8.count })
        return metadata
    }

    /// How an instance feels.
    ///
    /// - Parameter handle: The instance.
    /// - Returns: Its own word.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func health(_ handle: ComponentHandle) async throws(RuntimeError) -> ActorHealth {
        let health = try await turn(handle, export: "health") { resident throws(WasmError) in
            try await resident.lifecycle.health(resident.store)
        }
        switch health {
        case .healthy: break
        case .degraded(let text), .unhealthy(let text):
            try check(handle, "health", bytes: text.utf8.count)
        }
        return health
    }

    /// Tells an instance that it is about to end. `unload` ends it.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - reason: Why.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin.
    public func callShutdown(_ handle: ComponentHandle, reason: ExitReason) async throws(RuntimeError) {
        try await turn(handle, export: "shutdown") { resident throws(WasmError) in
            try await resident.lifecycle.shutdown(resident.store, reason: reason)
        }
    }

    /// One guest call from start to end: limits set anew, counted, and its abnormal end made the instance's end.
    func turn<Answer>(
        _ handle: ComponentHandle,
        export: String?,
        _ call: (ComponentInstance.Resident) async throws(WasmError) -> Answer
    ) async throws(RuntimeError) -> Answer {
        let instance = try instance(handle)
        let resident = try instance.resident(for: export)
        try instance.beginTurn(export)
        defer { instance.endTurn() }
        do throws(WasmError) {
            if let fuel = instance.host.limits.fuelPerTurn { try resident.store.setFuel(fuel) }
            instance.host.turn.begin(now: instance.host.services.clock.now)
            counters.countTurn()
            let answer = try await call(resident)
            // A turn that was ended during its last steps has ended, whatever it answers.
            guard !instance.host.interruption.isInterrupted else {
                throw WasmError(.interrupted, "the turn was ended from outside")
            }
            return answer
        } catch {
            let failure = RuntimeError(turn: error, host: instance.host, export: export)
            if let reason = failure.exitReason {
                if failure.code != .instanceFinished { counters.countTrap() }
                instance.finish(reason)
            }
            throw failure
        }
    }

    /// More bytes than a guest's words about itself may have: the host keeps them.
    static let largestText = 64 << 10

    /// Holds what a guest answers to a limit.
    func check(
        _ handle: ComponentHandle,
        _ export: String,
        bytes: Int,
        limit: Int = WasmEngine.largestText
    ) throws(RuntimeError) {
        guard bytes <= limit else {
            throw RuntimeError(
                .tooLarge,
                "the reply has \(bytes) bytes, the limit is \(limit)",
                actor: handle.id,
                export: export
            )
        }
    }

    func instance(_ handle: ComponentHandle) throws(RuntimeError) -> ComponentInstance {
        guard let instance = handle.instance as? ComponentInstance, instance.engine == ObjectIdentifier(self) else {
            throw RuntimeError(.staleHandle, "the handle is of another engine", actor: handle.id)
        }
        return instance
    }
}
