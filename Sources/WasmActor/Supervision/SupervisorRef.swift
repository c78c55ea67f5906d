public import WasmCore
import WasmRuntime

/// A supervisor as the host sees it.
///
/// A reference outlives its supervisor; it never means another one, also where the name is given out anew.
public struct SupervisorRef: Hashable, Sendable, CustomStringConvertible {
    let supervisor: Supervisor
    let system: ActorSystem

    /// Its name behind those of the supervisors above, as `shop/carts`.
    public var path: String { supervisor.path }
    /// A moment of it.
    public var summary: SupervisorSummary { supervisor.summary }
    /// A moment of it and of all below.
    public var tree: SupervisionTree.Node { supervisor.node }
    /// The path.
    public var description: String { path }

    /// A supervisor among its children.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The supervisor; nil where there is none now.
    public func supervisor(_ name: String) -> SupervisorRef? {
        supervisor.childSupervisor(name).map { SupervisorRef(supervisor: $0, system: system) }
    }

    /// Starts a child behind the others, and waits for its `initialize`.
    ///
    /// Under `oneForAll` and `restForOne` a group that is starting anew comes first. The child of a supervisor that is not
    /// dynamic stays its child also where the supervisor begins anew; once it has ended it is forgotten.
    ///
    /// - Parameter child: The child.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the codes `invalidOptions`, `nameTaken`, `startFailed`, `cancelled`, `notRunning`
    ///   and `shutDown`, and of those of its component; nothing is left of the actor then. A first start that fails is
    ///   no fall, whatever the rules say.
    @concurrent
    @discardableResult
    public func spawn(_ child: ChildSpec) async throws(ActorSystemError) -> ActorRef {
        do throws(InvalidSpec) {
            try supervisor.spec.validate(joining: child)
        } catch {
            throw ActorSystemError(.invalidOptions, error.description, actor: child.id)
        }
        let component = try await system.resolve(child.component)
        guard !Task.isCancelled else { throw .cancelled(child.id.description) }
        do throws(ActorSystemError) {
            return ActorRef(try await supervisor.spawn(child, component, .task))
        } catch {
            throw Task.isCancelled ? .cancelled(child.id.description) : error
        }
    }

    /// Ends a child for good, in the way of its specification, and forgets it.
    ///
    /// Its siblings go on, and where it is significant that does not count: it did not end by itself.
    ///
    /// - Parameter child: The child's id.
    /// - Returns: How it ended; nil where no actor of this id is a child here.
    @concurrent
    @discardableResult
    public func stop(_ child: ActorID) async -> ExitReason? { await supervisor.stop(child)?.ended() }

    /// Starts a child of the specification again that has ended: that the host killed or stopped, or that ended by itself.
    ///
    /// It comes at its place in the order, as what it was upgraded to last, and is no restart that counts. Under `oneForAll`
    /// and `restForOne` a group that is starting anew comes first.
    ///
    /// - Parameter child: The child's id.
    /// - Returns: The actor, running.
    /// - Throws: `ActorSystemError`, of the codes `notFound` where the specification has no such actor, `nameTaken` where it
    ///   runs, `startFailed`, `cancelled`, `notRunning` and `shutDown`; nothing is left of the actor then.
    @concurrent
    @discardableResult
    public func restart(_ child: ActorID) async throws(ActorSystemError) -> ActorRef {
        do throws(ActorSystemError) {
            return ActorRef(try await supervisor.startAgain(child, .task))
        } catch {
            throw Task.isCancelled ? .cancelled(child.description) : error
        }
    }

    /// Ends the supervisor: its children in the reverse order of their start, each in the way of its specification.
    ///
    /// It does not come back where it is a child itself.
    ///
    /// - Returns: How it ended: `shutdown`, or another reason that came first.
    @concurrent
    @discardableResult
    public func stop() async -> ExitReason {
        supervisor.end(.stop)
        return await supervisor.ended()
    }

    /// Ends the supervisor, and kills its children and all below: none has time for its `shutdown`.
    ///
    /// - Returns: How it ended: `killed`, or another reason that came first.
    @concurrent
    @discardableResult
    public func kill() async -> ExitReason {
        supervisor.end(.kill)
        return await supervisor.ended()
    }

    /// Waits until the supervisor is gone, and all below it.
    ///
    /// - Returns: How it ended.
    @concurrent
    public func ended() async -> ExitReason { await supervisor.ended() }

    /// Whether both mean the same supervisor.
    public static func == (left: SupervisorRef, right: SupervisorRef) -> Bool { left.supervisor === right.supervisor }

    /// Hashes the supervisor's identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(supervisor)) }
}

extension ActorSystem {
    /// Starts a tree: its actors and supervisors in order, each when the one before runs.
    ///
    /// Every component is found and compiled before any actor is started. Where the calling task is cancelled, what has
    /// been started is killed.
    ///
    /// - Parameter spec: The tree.
    /// - Returns: The supervisor at its root, all of whose children run.
    /// - Throws: `ActorSystemError`, of the codes `invalidOptions`, `nameTaken`, `startFailed`, `cancelled` and
    ///   `shutDown`, and of those of a component; nothing is left of the tree then.
    @concurrent
    @discardableResult
    public func start(_ spec: SupervisorSpec) async throws(ActorSystemError) -> SupervisorRef {
        do throws(InvalidSpec) {
            try spec.validate()
        } catch {
            throw ActorSystemError(.invalidOptions, "\(spec.name): \(error)")
        }
        let trees = environment.trees
        let root = Supervisor(try await plan(spec), path: spec.name, isRoot: true, environment: environment) { _ in }
        do throws(ActorRegistry.Refusal) {
            try trees.insert(root)
        } catch {
            throw error == .closed
                ? .shutDown
                : ActorSystemError(
                    .nameTaken,
                    "a tree \(spec.name) is running already; choose another name, or stop it"
                )
        }
        root.start()
        let started = await Canceller.task.wait(for: root.startedOnce) { root.end(.kill) }
        if Task.isCancelled { root.end(.kill) }
        do throws(ActorSystemError) {
            guard !Task.isCancelled else { throw .cancelled(spec.name) }
            try started.get()
        } catch {
            _ = await root.ended()
            throw error
        }
        return SupervisorRef(supervisor: root, system: self)
    }

    /// The supervisor of a path.
    ///
    /// - Parameter path: The name of a tree, as `shop`, or that of a supervisor in it behind those of the supervisors above,
    ///   as `shop/carts`.
    /// - Returns: The supervisor; nil where there is none now.
    public func supervisor(_ path: String) -> SupervisorRef? {
        let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let root = environment.trees.roots.first { $0.path == names[0] }
        let found = names.dropFirst().reduce(root) { $0?.childSupervisor($1) }
        return found.map { SupervisorRef(supervisor: $0, system: self) }
    }
}

extension ActorSystem {
    /// The supervisor whose child an actor is, or of whose specification, where it has ended.
    ///
    /// - Parameter id: The actor.
    /// - Returns: The supervisor; nil where the host spawned the actor, a guest did, or nobody.
    public func supervisor(of id: ActorID) -> SupervisorRef? {
        environment.trees.roots.lazy.compactMap { $0.supervisor(of: id) }.first
            .map { SupervisorRef(supervisor: $0, system: self) }
    }
}

extension ActorSystemError {
    static func cancelled(_ name: String) -> ActorSystemError {
        ActorSystemError(.cancelled, "the task that started \(name) was cancelled")
    }
}
