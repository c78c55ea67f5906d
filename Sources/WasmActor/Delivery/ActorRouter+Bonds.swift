import WasmCore

extension ActorRouter {
    func watch(_ target: ActorID, by watcher: ActorID) throws(SupervisionError) {
        if let other = cell.environment.registry[target] { return try cell.watch(other) }
        let reason = cell.environment.registry.end(of: target) ?? .hostError("no actor \(target) runs")
        try cell.watch(ended: target, reason)
    }

    func unwatch(_ target: ActorID, by watcher: ActorID) { cell.unwatch(target) }

    func link(_ first: ActorID, with second: ActorID) throws(SupervisionError) {
        guard let other = cell.environment.registry[second] else { throw .notFound(second.description) }
        try cell.link(other)
    }

    func unlink(_ first: ActorID, from second: ActorID) { cell.unlink(second) }
}
