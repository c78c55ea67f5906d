import TestSupport
import Testing
import WasmActor
import WasmCore
import WasmRuntime

@testable import WasmActorTrees

@Suite struct TreeWritingTests {
    private func read(_ json: String) throws -> SupervisorSpec {
        try SupervisorSpec(json: Array(json.utf8), file: "t.json")
    }

    @Test func theExampleIsTheSameAfterwards() throws {
        let json = try SupervisorSpec(file: Fixture.folderPath + "/trees/demo.json").json()
        #expect(try read(json).json() == json)
        #expect(json.contains(#""limits": { "memoryBytes": "16MiB", "cpuTime": "500ms", "mailboxMessages": 100 }"#))
    }

    @Test func whatHasItsDefaultIsLeftOut() throws {
        let id = try ActorID("a/b/c")
        let spec = SupervisorSpec("t", children: [.actor(ChildSpec(id: id, component: .path("c.wasm")))])
        #expect(
            try spec.json() == """
                {
                    "name": "t",
                    "children": [
                        { "id": "a/b/c", "component": "c.wasm" }
                    ]
                }

                """
        )
    }

    @Test func everythingThatASpecificationSaysComesBack() throws {
        var child = ChildSpec(id: try ActorID("a/b/c"), component: .named("c"), restart: .temporary)
        child.rules = [RestartRule(.denied(.send, try Pattern("a/**")), .escalate), RestartRule(.abnormal, .stop)]
        child.shutdown = .within(.milliseconds(1500))
        child.isSignificant = true
        child.options.grants = Grants(try Capability.Kind.allCases.map { try Grant($0, to: "x/*/\($0)") })
        child.options.limits = ResourceLimits(
            memoryBytes: 1 << 20,
            tableElements: 5,
            instances: 6,
            turnTime: 7_000_000,
            cpuTime: 8_000_001,
            fuelPerTurn: 9,
            messageBytes: 1000,
            hostCallBytes: 11,
            mailboxMessages: 12,
            logBytesPerSecond: 13,
            storageBytes: 14
        )
        child.options.environment = [Field(name: "B", value: "\u{1}\"\\é😀"), Field(name: "A", value: "")]
        child.options.arguments = [0xFF, 0x00, 0x80]
        child.options.overflow = .dropOldest
        child.options.mailboxBytes = 12_345
        child.options.messageLifetime = .milliseconds(2500)
        child.options.persistence = .stateAndMessages
        child.options.retry = .once
        child.options.health = HealthPolicy(interval: nil, unhealthyAnswers: nil, degradedAnswers: 7)
        child.options.onDenial = .stop
        child.options.maxDescendants = 9
        let inner = SupervisorSpec(
            "inner",
            strategy: .dynamic,
            restart: .transient,
            rules: [RestartRule(.limit(.memory), .stop)],
            isSignificant: true
        )
        let spec = SupervisorSpec(
            "outer",
            strategy: .oneForAll,
            intensity: 9,
            period: .nanoseconds(1_500_000),
            backOff: BackOff(first: .milliseconds(1), longest: .seconds(60), jitter: 0.75),
            autoShutdown: .allSignificant,
            restart: .temporary,
            children: [.actor(child), .supervisor(inner)]
        )
        let again = try read(spec.json())
        #expect((again.name, again.strategy, again.intensity, again.period) == ("outer", .oneForAll, 9, spec.period))
        #expect((again.backOff, again.autoShutdown, again.restart) == (spec.backOff, .allSignificant, .temporary))
        guard case .actor(let actor) = again.children[0], case .supervisor(let below) = again.children[1] else {
            return #expect(Bool(false), "an actor and a supervisor")
        }
        #expect((actor.id, "\(actor.component)", actor.restart) == (child.id, "c", .temporary))
        #expect((actor.rules, actor.shutdown, actor.isSignificant) == (child.rules, child.shutdown, true))
        #expect(actor.options.grants == child.options.grants)
        #expect(actor.options.limits == child.options.limits)
        #expect(actor.options.environment == child.options.environment)
        #expect(actor.options.arguments == child.options.arguments)
        #expect(actor.options.overflow == child.options.overflow)
        #expect(actor.options.mailboxBytes == 12_345 && actor.options.messageLifetime == .milliseconds(2500))
        #expect((actor.options.persistence, actor.options.retry) == (.stateAndMessages, .once))
        #expect(actor.options.health == child.options.health)
        #expect((actor.options.onDenial, actor.options.maxDescendants) == (.stop, 9))
        #expect((below.name, below.strategy, below.restart) == ("inner", .dynamic, .transient))
        #expect((below.rules, below.isSignificant) == (inner.rules, true))
    }

    @Test func whatAFileCannotSayIsRefused() throws {
        let id = try ActorID("a/b/c")
        let bytes = SupervisorSpec("t", children: [.actor(ChildSpec(id: id, component: .bytes([1, 2])))])
        #expect(throws: UnwritableSpec(message: "2 bytes is neither a file nor a name")) { try bytes.json() }
        var twice = ChildSpec(id: id, component: .path("c"))
        twice.options.environment = [Field(name: "A", value: "1"), Field(name: "A", value: "2")]
        #expect(throws: UnwritableSpec(message: "the environment has `A` twice")) {
            try SupervisorSpec("t", children: [.actor(twice)]).json()
        }
    }
}
