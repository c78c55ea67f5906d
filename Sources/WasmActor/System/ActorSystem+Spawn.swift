public import WasmCore
public import WasmRuntime

extension ActorSystem {
    /// Starts an actor of a component that is compiled already, and waits for its `initialize`.
    ///
    /// Many may be spawned at once. Where the calling task is cancelled, the actor that is being started is killed.
    ///
    /// - Parameters:
    ///   - id: Who the actor is.
    ///   - component: What it runs; `compile(_:world:)` makes one.
    ///   - options: What it is given.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the codes `nameTaken`, `invalidOptions`, `startFailed`, `cancelled` and
    ///   `shutDown`; nothing is left of the actor then.
    @concurrent
    @discardableResult
    public func spawn(
        _ id: ActorID,
        component: CompiledComponent,
        options: ActorOptions = ActorOptions()
    ) async throws(ActorSystemError) -> ActorRef {
        try await spawn(id, running: component, options: options)
    }

    /// Starts an actor of whatever makes its instances, and waits for its `initialize`.
    package func spawn(
        _ id: ActorID,
        running component: any InstanceSource,
        options: ActorOptions
    ) async throws(ActorSystemError) -> ActorRef {
        do throws(InvalidSpec) {
            try options.validate()
        } catch {
            throw ActorSystemError(.invalidOptions, error.description, actor: id)
        }
        let cell = ActorCell(id: id, component: component, options: options, environment: environment)
        do throws(ActorRegistry.Refusal) {
            try environment.registry.insert(cell)
        } catch {
            throw error == .nameTaken ? .nameTaken(id) : .shutDown
        }
        cell.activate()
        let started = await withTaskCancellationHandler {
            await cell.started.value()
        } onCancel: {
            cell.end(.kill)
        }
        guard !Task.isCancelled else {
            cell.end(.kill)
            _ = await cell.ended()
            throw ActorSystemError(.cancelled, "the task that spawned \(id) was cancelled", actor: id)
        }
        if let error = started.error { throw error }
        return ActorRef(cell)
    }

    /// Starts an actor of a component's bytes, and waits for its `initialize`.
    ///
    /// Equal bytes are compiled once.
    ///
    /// - Parameters:
    ///   - id: Who the actor is.
    ///   - bytes: The component's binary.
    ///   - world: What its world adds to the actor contract [nothing].
    ///   - options: What it is given.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the code `invalidComponent` where the engine does not take the bytes; otherwise
    ///   as for a compiled component.
    @concurrent
    @discardableResult
    public func spawn(
        _ id: ActorID,
        bytes: [UInt8],
        world: WorldExtension? = nil,
        options: ActorOptions = ActorOptions()
    ) async throws(ActorSystemError) -> ActorRef {
        try await spawn(id, component: compile(bytes, world: world), options: options)
    }

    /// Starts an actor of a component's file, and waits for its `initialize`.
    ///
    /// - Parameters:
    ///   - id: Who the actor is.
    ///   - path: The file with the component's binary.
    ///   - world: What its world adds to the actor contract [nothing].
    ///   - options: What it is given.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the code `unreadableFile` where the file cannot be read; otherwise as for bytes.
    @concurrent
    @discardableResult
    public func spawn(
        _ id: ActorID,
        path: String,
        world: WorldExtension? = nil,
        options: ActorOptions = ActorOptions()
    ) async throws(ActorSystemError) -> ActorRef {
        try await spawn(id, component: compile(path: path, world: world), options: options)
    }

    /// Starts an actor of a component from wherever a reference says, such as by the name that the configuration's
    /// `ComponentSource` knows, and waits for its `initialize`.
    ///
    /// - Parameters:
    ///   - id: Who the actor is.
    ///   - component: Where the component comes from.
    ///   - options: What it is given.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the codes `unknownComponent` where no component has the name, `unreadableFile` where
    ///   the file cannot be read; otherwise as for bytes.
    @concurrent
    @discardableResult
    public func spawn(
        _ id: ActorID,
        from component: ComponentReference,
        options: ActorOptions = ActorOptions()
    ) async throws(ActorSystemError) -> ActorRef {
        try await spawn(id, running: resolve(component), options: options)
    }

    /// Compiles a component and checks it against the contract and what its world adds, on the threads of the guests.
    /// Equal bytes are compiled once.
    ///
    /// - Parameters:
    ///   - bytes: The component's binary.
    ///   - world: What its world adds to the actor contract [nothing].
    /// - Returns: The component, for any number of actors.
    /// - Throws: `ActorSystemError` of the code `invalidComponent` where the engine does not take the bytes, or
    ///   `shutDown`.
    @concurrent
    public func compile(
        _ bytes: [UInt8],
        world: WorldExtension? = nil
    ) async throws(ActorSystemError) -> CompiledComponent {
        guard !environment.registry.isClosed else { throw .shutDown }
        let engine = environment.engine
        let compiled = await environment.spawner.run {
            Result { () throws(RuntimeError) in try engine.compile(bytes, world: world) }
        }
        switch compiled {
        case .success(let component): return component
        case .failure(let error):
            throw ActorSystemError(.invalidComponent, "the engine does not take the component", runtimeError: error)
        }
    }
}

extension ActorSystemError {
    package static func notFound(_ id: ActorID) -> ActorSystemError {
        ActorSystemError(.notFound, "no actor \(id) runs; spawn it first", actor: id)
    }

    static func nameTaken(_ id: ActorID) -> ActorSystemError {
        ActorSystemError(
            .nameTaken,
            "\(id) is running already; choose another id, or stop that actor first",
            actor: id
        )
    }

    static let shutDown = ActorSystemError(.shutDown, "the actor system was shut down; make a new one")

    static func startFailed(_ id: ActorID, _ reason: ExitReason, _ error: RuntimeError?) -> ActorSystemError {
        ActorSystemError(
            .startFailed,
            "\(id) could not be started (\(reason))",
            actor: id,
            exitReason: reason,
            runtimeError: error
        )
    }
}
