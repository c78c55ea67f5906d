internal import WasmBindings
internal import WasmCore

extension HostState: SupervisionImports {
    /// The most grants that one child is asked for with.
    private static let largestGrantCount = 1000

    func spawn(spec: Supervision.ChildSpec) async throws(SupervisionError) -> ActorID {
        let id = try check(.spawn, spec.id)
        let texts = spec.environment.reduce(spec.component.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard authority.carry(bytes: spec.arguments.count + texts) else {
            throw .quota("bytes of one turn's host calls (\(limits.hostCallBytes))")
        }
        guard !spec.significant || spec.restart != .permanent else {
            throw .invalidArgument("a permanent child cannot be significant: it is always started again")
        }
        let child = ChildRequest(
            id: id,
            component: spec.component,
            restart: spec.restart,
            shutdown: ChildShutdown(spec.shutdown),
            isSignificant: spec.significant,
            grants: try passOn(spec.grants),
            environment: spec.environment,
            arguments: spec.arguments
        )
        try await services.router.spawn(child, by: self.id, interruption: interruption)
        return id
    }

    func stop(id: ActorID) async throws(SupervisionError) {
        try await services.router.stop(check(.stop, id), by: self.id, interruption: interruption)
    }

    func watch(id: ActorID) async throws(SupervisionError) {
        try services.router.watch(check(.watch, id), by: self.id)
    }

    func unwatch(id: ActorID) async throws(SupervisionError) {
        try services.router.unwatch(check(.watch, id), by: self.id)
    }

    func link(id: ActorID) async throws(SupervisionError) {
        try services.router.link(self.id, with: check(.watch, id))
    }

    func unlink(id: ActorID) async throws(SupervisionError) {
        try services.router.unlink(self.id, from: check(.watch, id))
    }

    /// The gate first, so that a denied actor learns nothing else; then the form of the id.
    private func check(_ kind: Capability.Kind, _ id: ActorID) throws(SupervisionError) -> ActorID {
        let capability = Capability(kind, id.description)
        guard isAllowed(capability) else { throw .denied(capability.description) }
        do {
            try id.validate()
        } catch {
            throw .invalidArgument(error.description)
        }
        return id
    }

    /// What a child is granted: nothing that is not this actor's own.
    private func passOn(_ grants: [Supervision.Grant]) throws(SupervisionError) -> Grants {
        guard grants.count <= Self.largestGrantCount else {
            throw .invalidArgument("\(grants.count) grants; a child has \(Self.largestGrantCount) at the most")
        }
        var passed: [Grant] = []
        for grant in grants {
            let read = try Self.read(grant)
            guard authority.mayPassOn(read) else { throw .denied(read.description) }
            passed.append(read)
        }
        return Grants(passed)
    }

    private static func read(_ grant: Supervision.Grant) throws(SupervisionError) -> Grant {
        guard let kind = Capability.Kind(rawValue: grant.capability) else {
            throw .invalidArgument("`\(Printable.text(grant.capability, limit: 100))` is not a capability")
        }
        do throws(InvalidPattern) {
            return try Grant(kind, to: grant.pattern)
        } catch {
            throw .invalidArgument(error.description)
        }
    }
}

extension ChildShutdown {
    fileprivate init(_ shutdown: Supervision.ChildShutdown) {
        self =
            switch shutdown {
            case .kill: .kill
            case .within(let time): .within(.nanoseconds(Int64(clamping: time)))
            }
    }
}
