internal import WasmBindings
internal import WasmCore

extension HostState: SupervisionImports {
    func spawn(spec: Supervision.ChildSpec) async throws(SupervisionError) -> ActorID {
        try refuse(.spawn, spec.id, "supervision.spawn")
        return spec.id
    }

    func stop(id: ActorID) async throws(SupervisionError) {
        try refuse(.stop, id, "supervision.stop")
    }

    func watch(id: ActorID) async throws(SupervisionError) {
        try refuse(.watch, id, "supervision.watch")
    }

    func unwatch(id: ActorID) async throws(SupervisionError) {
        try refuse(.watch, id, "supervision.unwatch")
    }

    func link(id: ActorID) async throws(SupervisionError) {
        try refuse(.watch, id, "supervision.link")
    }

    func unlink(id: ActorID) async throws(SupervisionError) {
        try refuse(.watch, id, "supervision.unlink")
    }

    /// Denied without the grant, as every function is; with it, what this host does not offer.
    private func refuse(
        _ kind: Capability.Kind,
        _ id: ActorID,
        _ function: String
    ) throws(SupervisionError) {
        let capability = Capability(kind, id.description)
        guard isAllowed(capability) else { throw .denied(capability.description) }
        throw .unsupported(function)
    }
}
