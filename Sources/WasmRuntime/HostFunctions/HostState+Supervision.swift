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
        try services.router.watch(check(id), by: self.id)
    }

    func unwatch(id: ActorID) async throws(SupervisionError) {
        try services.router.unwatch(check(id), by: self.id)
    }

    func link(id: ActorID) async throws(SupervisionError) {
        try services.router.link(self.id, with: check(id))
    }

    func unlink(id: ActorID) async throws(SupervisionError) {
        try services.router.unlink(self.id, from: check(id))
    }

    /// The gate first, so that a denied actor learns nothing else; then the form of the id.
    private func check(_ id: ActorID) throws(SupervisionError) -> ActorID {
        let capability = Capability(.watch, id.description)
        guard isAllowed(capability) else { throw .denied(capability.description) }
        do {
            try id.validate()
        } catch {
            throw .invalidArgument(error.description)
        }
        return id
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
