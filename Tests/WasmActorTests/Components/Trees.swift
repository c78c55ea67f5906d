import TestSupport
import WasmCore

@testable import WasmActor

extension ActorID {
    /// The id of a test's actor: `test/FIXTURE/INSTANCE`, of the text `FIXTURE/INSTANCE`.
    static func test(_ text: String) -> ActorID { try! ActorID("test/\(text)") }
}

extension SupervisorSpec.Child {
    /// An actor that runs a fixture as `test/FIXTURE/INSTANCE`.
    static func test(
        _ text: String,
        restart: RestartKind = .permanent,
        rules: [RestartRule] = [],
        shutdown: ChildShutdown = .within(.seconds(60)),
        isSignificant: Bool = false,
        options: ActorOptions = .talkative
    ) -> Self {
        .actor(
            .test(
                text,
                restart: restart,
                rules: rules,
                shutdown: shutdown,
                isSignificant: isSignificant,
                options: options
            )
        )
    }
}

extension ChildSpec {
    /// An actor that runs a fixture as `test/FIXTURE/INSTANCE`.
    static func test(
        _ text: String,
        restart: RestartKind = .permanent,
        rules: [RestartRule] = [],
        shutdown: ChildShutdown = .within(.seconds(60)),
        isSignificant: Bool = false,
        options: ActorOptions = .talkative
    ) -> ChildSpec {
        let id = ActorID.test(text)
        var options = options
        options.limits = options.limits.patient
        return ChildSpec(
            id: id,
            component: .named(id.name),
            options: options,
            restart: restart,
            rules: rules,
            shutdown: shutdown,
            isSignificant: isSignificant
        )
    }
}

extension World {
    /// The actor `test/FIXTURE/INSTANCE`, which runs.
    func actor(_ text: String) -> ActorRef { system.actor(.test(text))! }

    /// Traps an actor and waits until it runs again.
    func crash(_ text: String) async throws {
        _ = await actor(text).refusal("trap")
        try await restarted(text)
    }

    /// Waits until an actor runs again.
    func restarted(_ text: String) async throws {
        try await event { event -> Void? in
            if case .restarted(.test(text), generation: _) = event { () } else { nil }
        }
    }

    /// The ids of the actors whose ends, or restarts, came, in order, up to an event.
    func order(
        of pick: (ActorEvent) -> ActorID?,
        until last: (ActorEvent) -> Bool
    ) async -> [String] {
        var ids: [String] = []
        for await event in events {
            if let id = pick(event) { ids.append("\(id.name)/\(id.instance)") }
            if last(event) { break }
        }
        return ids
    }
}

extension ActorEvent {
    var endedActor: ActorID? { if case .ended(let id, _) = self { id } else { nil } }
    var restartedActor: ActorID? { if case .restarted(let id, _) = self { id } else { nil } }
    var endedSupervisor: String? { if case .supervisorEnded(let path, _) = self { path } else { nil } }
    var restartedSupervisor: String? { if case .supervisorRestarted(let path, _) = self { path } else { nil } }
}
