import WasmCore
import WasmRuntime

/// A child whose component is compiled.
indirect enum PlannedChild: Sendable {
    case actor(ChildSpec, any InstanceSource)
    case supervisor(PlannedSupervisor)

    /// What the machine of its supervisor knows of it.
    var rule: SupervisorMachine.Rule {
        switch self {
        case .actor(let spec, _):
            SupervisorMachine.Rule(
                restart: spec.restart,
                rules: spec.rules,
                shutdown: spec.shutdown,
                isSignificant: spec.isSignificant
            )
        case .supervisor(let planned):
            SupervisorMachine.Rule(
                restart: planned.spec.restart,
                rules: planned.spec.rules,
                shutdown: nil,
                isSignificant: planned.spec.isSignificant
            )
        }
    }

    /// Its name in texts.
    var name: String {
        switch self {
        case .actor(let spec, _): spec.id.description
        case .supervisor(let planned): planned.spec.name
        }
    }
}

/// A supervisor whose children's components are compiled.
struct PlannedSupervisor: Sendable {
    let spec: SupervisorSpec
    var children: [PlannedChild]

    /// Where an actor is among the children; nil where it is not.
    func place(of id: ActorID) -> Int? {
        children.firstIndex { if case .actor(let spec, _) = $0 { spec.id == id } else { false } }
    }
}

extension ActorSystem {
    /// Compiles all that a tree runs, before any of it is started.
    func plan(_ spec: SupervisorSpec) async throws(ActorSystemError) -> PlannedSupervisor {
        var children: [PlannedChild] = []
        for child in spec.children {
            switch child {
            case .actor(let actor): children.append(.actor(actor, try await resolve(actor.component)))
            case .supervisor(let supervisor): children.append(.supervisor(try await plan(supervisor)))
            }
        }
        return PlannedSupervisor(spec: spec, children: children)
    }

    /// Finds and compiles a component.
    func resolve(_ component: ComponentReference) async throws(ActorSystemError) -> any InstanceSource {
        switch component {
        case .compiled(let compiled): return compiled
        case .standIn(let standIn): return standIn.source
        case .bytes(let bytes, let world): return try await compile(bytes, world: world)
        case .path(let path, let world): return try await compile(path: path, world: world)
        case .named(let name, let world):
            let bytes: [UInt8]
            do throws(ComponentSourceError) {
                bytes = try await environment.components.component(named: name)
            } catch {
                throw ActorSystemError(.unknownComponent, error.description)
            }
            return try await compile(bytes, world: world)
        }
    }

    /// Reads and compiles a component's file.
    func compile(path: String, world: WorldExtension?) async throws(ActorSystemError) -> CompiledComponent {
        let bytes = await environment.spawner.run {
            Result { () throws(ComponentFile.Failure) in try ComponentFile.read(path) }
        }
        switch bytes {
        case .success(let bytes): return try await compile(bytes, world: world)
        case .failure(let error):
            throw ActorSystemError(.unreadableFile, "\(path) cannot be read: \(error.text)")
        }
    }
}
