import WasmCore

extension ActorRouter {
    func spawn(
        _ child: ChildRequest,
        by parent: ActorID,
        interruption: Interruption
    ) async throws(SupervisionError) {
        try await children.spawn(child, for: cell, incarnation, interruption)
    }

    func stop(_ child: ActorID, by parent: ActorID, interruption: Interruption) async throws(SupervisionError) {
        try await children.stop(child, for: cell, incarnation, interruption)
    }

    func watch(_ target: ActorID, by watcher: ActorID) throws(SupervisionError) {
        if let other = cell.environment.registry[target] { return try cell.watch(other, incarnation: incarnation) }
        let reason = cell.environment.registry.end(of: target) ?? .hostError("no actor \(target) runs")
        try cell.watch(ended: target, reason, incarnation: incarnation)
    }

    func unwatch(_ target: ActorID, by watcher: ActorID) { cell.unwatch(target, incarnation: incarnation) }

    func link(_ first: ActorID, with second: ActorID) throws(SupervisionError) {
        guard let other = cell.environment.registry[second] else { throw .notFound(second.description) }
        try cell.link(other, incarnation: incarnation)
    }

    func unlink(_ first: ActorID, from second: ActorID) { cell.unlink(second, incarnation: incarnation) }
}
