import Synchronization

/// The trees of a system, in the order of their start.
final class SupervisorRegistry: Sendable {
    private struct State {
        var roots: [Supervisor] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Takes a tree up under its name.
    func insert(_ root: Supervisor) throws(ActorRegistry.Refusal) {
        try state.withLock { state throws(ActorRegistry.Refusal) in
            guard !state.isClosed else { throw .closed }
            guard !state.roots.contains(where: { $0.path == root.path }) else { throw .nameTaken }
            state.roots.append(root)
        }
    }

    /// Forgets a tree that is gone.
    func remove(_ root: Supervisor) { state.withLock { $0.roots.removeAll { $0 === root } } }

    /// Takes none up any more.
    func close() { state.withLock { $0.isClosed = true } }

    /// Every tree, in the order of their start.
    var roots: [Supervisor] { state.withLock { $0.roots } }
}
