import Synchronization
import WasmCore
import WasmRuntime

/// The children that one instance of an actor has spawned; they end with it.
///
/// A supervisor of their own watches over them: one for one, 3 restarts in 5 s at the most, and with the end of a
/// significant child all is over. Where that supervisor ends, so does the actor.
final class GuestChildren: Sendable {
    private struct State {
        var supervisor: Supervisor?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Starts a child of a guest and waits until it runs.
    ///
    /// - Parameters:
    ///   - request: The child.
    ///   - parent: The actor whose guest asks.
    ///   - incarnation: The instance whose guest asks.
    ///   - interruption: Ends the wait, and the child, where the guest's turn is ended.
    /// - Throws: `SupervisionError`; there is no child then.
    func spawn(
        _ request: ChildRequest,
        for parent: ActorCell,
        _ incarnation: UInt64,
        _ interruption: Interruption
    ) async throws(SupervisionError) {
        let component = try await load(request.component, for: parent, interruption)
        var options = parent.options
        options.grants = request.grants
        options.environment = request.environment
        options.arguments = request.arguments
        // Nothing of what a guest makes outlives it.
        options.persistence = .none
        let child = ChildSpec(
            id: request.id,
            component: .compiled(component),
            options: options,
            restart: request.restart,
            shutdown: request.shutdown,
            isSignificant: request.isSignificant
        )
        let wait = OneShot<Wait<ActorCell>?>()
        defer { if case let published?? = wait.takeIfResolved() { parent.stopWaiting(published) } }
        do throws(ActorSystemError) {
            // From before the child's beginning on: it may ask for its parent, which waits for it.
            _ = try await supervisor(of: parent).spawn(child, component, .guest(interruption)) { cell in
                wait.resolve(try? parent.startWaiting(for: cell, incarnation: incarnation))
            }
        } catch {
            throw SupervisionError(error, request.id)
        }
    }

    /// Finds and compiles a component, in a task of its own: the guest's turn may be ended meanwhile.
    private func load(
        _ name: String,
        for parent: ActorCell,
        _ interruption: Interruption
    ) async throws(SupervisionError) -> CompiledComponent {
        let environment = parent.environment
        let loaded = OneShot<Result<CompiledComponent, SupervisionError>>()
        environment.spawner.start {
            do throws(ComponentSourceError) {
                let bytes = try await environment.components.component(named: name)
                let compiled = Result { () throws(RuntimeError) in try environment.engine.compile(bytes) }
                loaded.resolve(compiled.mapError { .startFailed(.hostError($0.message)) })
            } catch {
                loaded.resolve(.failure(SupervisionError(error)))
            }
        }
        return try await Canceller.guest(interruption).wait(for: loaded) {
            loaded.resolve(.failure(.startFailed(.killed)))
        }.get()
    }

    /// The supervisor of the children; made with the first one.
    private func supervisor(of parent: ActorCell) throws(ActorSystemError) -> Supervisor {
        let (supervisor, isNew) = state.withLock { state -> (Supervisor?, Bool) in
            guard !state.isClosed else { return (nil, false) }
            if let supervisor = state.supervisor { return (supervisor, false) }
            let family = parent.family ?? Family(root: parent.id, limit: parent.options.maxDescendants)
            let spec = SupervisorSpec("children", autoShutdown: .anySignificant)
            let supervisor = Supervisor(
                PlannedSupervisor(spec: spec, children: []),
                path: parent.id.description,
                isRoot: true,
                environment: parent.environment,
                household: Household(parent: parent, family: family)
            ) { report in
                if case .ended(let reason) = report { self.ended(reason, parent) }
            }
            state.supervisor = supervisor
            return (supervisor, true)
        }
        guard let supervisor else {
            throw ActorSystemError(.notRunning, "\(parent.id) is being ended, and takes no children")
        }
        if isNew { supervisor.start() }
        return supervisor
    }

    /// The children ended by themselves, and the actor with them.
    private func ended(_ reason: ExitReason, _ parent: ActorCell) {
        let wasClosed = state.withLock { state in
            defer { (state.supervisor, state.isClosed) = (nil, true) }
            return state.isClosed
        }
        guard !wasClosed else { return }
        parent.exit(reason == .shutdown ? .shutdown : .failed("its children fell too often: \(reason)"))
    }

    /// Ends a child of a guest and waits until it is gone.
    ///
    /// - Throws: `SupervisionError.notFound` where the guest has no such child.
    func stop(
        _ id: ActorID,
        for parent: ActorCell,
        _ incarnation: UInt64,
        _ interruption: Interruption
    ) async throws(SupervisionError) {
        guard let child = state.withLock({ $0.supervisor })?.stop(id) else { throw .notFound(id.description) }
        // The child may ask for its parent, which waits for it. One that does so already has the time for its end alone.
        let wait = try? parent.startWaiting(for: child, incarnation: incarnation)
        defer { parent.stopWaiting(wait) }
        let end = OneShot<ExitReason?>()
        guard child.state.withLock({ $0.machine.waitForEnd(end) }) == nil else { return }
        _ = await Canceller.guest(interruption).wait(for: end) { end.resolve(.killed) }
    }

    /// Has all children end; no more come.
    func close(_ wish: ActorMachine.Request) -> Supervisor? {
        let supervisor = state.withLock { state in
            state.isClosed = true
            return state.supervisor
        }
        supervisor?.end(wish)
        return supervisor
    }

    /// What a listing shows.
    var nodes: [SupervisionTree.Node] { state.withLock { $0.supervisor }?.childNodes ?? [] }
}

extension ActorCell {
    /// Ends the children of the instance that is gone, the last one first, and waits for their ends.
    func endChildren(_ reason: ExitReason) async {
        let (children, isKilled) = state.withLock { ($0.children, $0.machine.isBeingKilled) }
        guard let children else { return }
        let supervisor = children.close(reason == .killed || isKilled ? .kill : .stop)
        _ = await supervisor?.ended()
        state.withLock { $0.children = nil }
    }

    /// Has the children of its instance end at once.
    func killChildren() { _ = state.withLock { $0.children }?.close(.kill) }
}

extension SupervisionError {
    /// Why a source has no component, as a guest sees it.
    fileprivate init(_ error: ComponentSourceError) {
        self =
            switch error {
            case .notFound(let name): .notFound(Printable.text(name, limit: 100))
            case .invalidName(let text): .invalidArgument(text)
            case .failed(let text): .startFailed(.hostError(text))
            }
    }

    /// Why an actor was not started, as a guest sees it.
    fileprivate init(_ error: ActorSystemError, _ id: ActorID) {
        self =
            switch error.code {
            case .nameTaken: .nameTaken(id)
            case .tooManyDescendants: .quota(error.message)
            case .shutDown, .notRunning: .startFailed(.shutdown)
            default: .startFailed(error.exitReason ?? .hostError(error.message))
            }
    }
}
