import Synchronization
import WasmCore

/// Watching and linking. Each actor's part is under its own lock, and no two are held at once.
extension ActorCell {
    /// Has this actor told when another one ends.
    func watch(_ target: ActorCell, incarnation: UInt64) throws(SupervisionError) {
        guard target !== self else { throw .invalidArgument("an actor cannot watch itself") }
        try state.withLock { state throws(SupervisionError) in
            guard state.runs(incarnation) else { throw Self.gone }
            guard state.bonds.watched.count < Bonds<ActorCell>.largestCount, !state.machine.hasTooManyDowns else {
                throw Self.watchesTooMany
            }
            state.bonds.watched.insert(target)
        }
        let end = target.state.withLock { state in
            guard case .ended(let reason) = state.machine.phase else {
                state.bonds.watchers.insert(self)
                return ExitReason?.none
            }
            return reason
        }
        if let end { tellDown(of: target, end) }
    }

    /// Tells this actor of the end of one that is gone already.
    func watch(ended id: ActorID, _ reason: ExitReason, incarnation: UInt64) throws(SupervisionError) {
        // Each such watch is a notice at once, and a guest may ask for any number of them in one turn.
        try state.withLock { state throws(SupervisionError) in
            guard !state.machine.hasTooManyDowns else { throw Self.watchesTooMany }
            // One notice tells of one end, however often it was asked for meanwhile.
            if state.runs(incarnation) { state.machine.withdrawDown(of: id) }
        }
        notify(.down(id, reason), incarnation: incarnation)
    }

    /// The guest of an instance that is gone asks.
    private static var gone: SupervisionError { .invalidArgument("the instance that asks is gone") }

    private static var watchesTooMany: SupervisionError {
        .quota("actors that one actor watches (\(Bonds<ActorCell>.largestCount))")
    }

    /// Takes a watch back.
    func unwatch(_ id: ActorID, incarnation: UInt64) {
        let watched = state.withLock { state -> [ActorCell] in
            guard state.runs(incarnation) else { return [] }
            state.machine.withdrawDown(of: id)
            return state.bonds.watched.removeAll { $0.id == id }
        }
        for target in watched { target.state.withLock { _ = $0.bonds.watchers.remove(self) } }
    }

    /// Binds two actors.
    func link(_ other: ActorCell, incarnation: UInt64?) throws(SupervisionError) {
        guard other !== self else { throw .invalidArgument("an actor cannot be linked to itself") }
        try state.withLock { state throws(SupervisionError) in
            guard state.runs(incarnation) else { throw Self.gone }
            guard state.bonds.links.count < Bonds<ActorCell>.largestCount else {
                throw .quota("links of one actor (\(Bonds<ActorCell>.largestCount))")
            }
            state.bonds.links.insert(other)
        }
        let end = other.state.withLock { state in
            guard case .ended(let reason) = state.machine.phase else {
                state.bonds.links.insert(self)
                return ExitReason?.none
            }
            return reason
        }
        if let end { return breakLink(to: other, end) }
        // One that is gone tells of its end no more.
        if case .ended(let reason) = status { other.breakLink(to: self, reason) }
    }

    /// Takes a link back.
    func unlink(_ id: ActorID, incarnation: UInt64?) {
        let linked = state.withLock { state -> [ActorCell] in
            state.runs(incarnation) ? state.bonds.links.removeAll { $0.id == id } : []
        }
        for other in linked { other.state.withLock { _ = $0.bonds.links.remove(self) } }
    }

    /// This actor is gone: tells those to whom that matters, each once.
    func dissolveBonds(_ reason: ExitReason) {
        let bonds = state.withLock { $0.bonds.removeAll() }
        for target in bonds.watched.elements { target.state.withLock { _ = $0.bonds.watchers.remove(self) } }
        for watcher in bonds.watchers.elements { watcher.tellDown(of: self, reason) }
        for other in bonds.links.elements { other.breakLink(to: self, reason) }
    }

    private func tellDown(of target: ActorCell, _ reason: ExitReason) {
        // Whoever takes the bond out tells: a watch is told once, also where its target ends at that moment.
        let isWatched = state.withLock { state in
            guard state.bonds.watched.remove(target) else { return false }
            // One notice tells of one end.
            state.machine.withdrawDown(of: target.id)
            return true
        }
        guard isWatched else { return }
        notify(.down(target.id, reason))
    }

    /// One that this actor is linked to has ended.
    func breakLink(to other: ActorCell, _ reason: ExitReason) {
        guard state.withLock({ $0.bonds.links.remove(other) }), reason.isAbnormal else { return }
        exit(.failed("\(other.id), to which it is linked, ended: \(reason)"))
    }
}
