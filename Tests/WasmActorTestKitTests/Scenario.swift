import Synchronization
import TestSupport
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime

/// Many actors under one seed: clients that tell and ask, directly and through other guests; traps, kills, full mailboxes,
/// passivation and upgrades meanwhile.
final class Scenario: Sendable {
    /// What broke a law.
    struct Violations: Error, CustomStringConvertible {
        let texts: [String]
        var description: String { texts.map { "\n  - \($0)" }.joined() }
    }

    private static let clients = 4
    private static let operations = 14
    static let hour = Duration.seconds(3600)

    private let scheduler: SeededScheduler
    let system: ActorSystem
    let log = MemoryLog()
    let events: EventProbe
    let ledger = Mutex(Ledger())
    let counts = Mutex(Counts())
    private let components: Components

    /// What the actors run, compiled once for all runs.
    struct Components: Sendable {
        let chaos: CompiledComponent
        let relay: CompiledComponent
        let tally: CompiledComponent
        let successor: CompiledComponent

        init(_ engine: SeededEngine) throws {
            let compile = { (name: String) in try engine.engine.compile(Fixture.bytes(name)) }
            (chaos, relay) = (try compile("chaos"), try compile("relay"))
            (tally, successor) = (try compile("tally"), try compile("tally2"))
        }
    }

    struct Counts {
        /// What was added to each sum, by the id of the adder.
        var sums: [ActorID: Int] = [:]
        /// The requests of `request-later`, by the relay's id and the number that it gave them.
        var later: [ActorID: [CorrelationID: Ledger.Entry]] = [:]
    }

    static let chaos = ids("chaos", 6)
    /// Of these, those that nobody supervises, those of a tree, and the one that a guest spawns.
    static let (alone, inTree, child) = (0..<3, 3..<5, 5)
    static let relays = ids("relay", 2)
    /// Whose guest spawns the child.
    private static let parent = ids("parent", 1)[0]
    static let tallies = ids("tally", 3)

    private static func ids(_ name: String, _ count: Int) -> [ActorID] {
        (0..<count).compactMap { try? ActorID(namespace: "test", name: name, instance: "\($0)") }
    }

    /// Makes the system of a run.
    init(_ scheduler: SeededScheduler, _ components: Components) throws {
        self.scheduler = scheduler
        self.components = components
        system = try scheduler.makeSystem(
            .init(
                components: MemoryComponentSource(["chaos": Fixture.bytes("chaos")]),
                log: log,
                residency: Residency(largestCount: 2, idleTime: .milliseconds(300))
            )
        )
        events = EventProbe(system)
    }

    /// Runs it, and checks every law at its end.
    ///
    /// - Returns: How often what could break one did happen.
    func run() async throws -> Happenings {
        for index in Self.alone { try await spawnChaos(index) }
        try await startTree()
        for id in Self.relays { try await system.spawn(id, component: components.relay, options: patient) }
        try await system.spawn(Self.parent, component: components.relay, options: guardian)
        guard try await spawnChild() == Self.chaos[Self.child].description else {
            throw Violations(texts: ["a guest could not spawn"])
        }
        for id in Self.tallies { try await system.spawn(id, component: components.tally, options: patient) }
        try await withThrowingTaskGroup { group in
            for client in 0..<Self.clients {
                let generator = scheduler.makeGenerator()
                group.addTask { try await self.client(client, generator) }
            }
            let generator = scheduler.makeGenerator()
            group.addTask { try await self.disturb(generator) }
            try await group.waitForAll()
        }
        // Every pause and every deadline of a request is over by then.
        try await scheduler.sleep(for: .seconds(60))
        var violations = try await readResponses()
        violations += try await checkSums()
        let report = await system.shutdown()
        violations += checkEnd(report)
        violations += closeLedger()
        guard violations.isEmpty else { throw Violations(texts: violations) }
        return happenings
    }

    private var patient: ActorOptions {
        var options = ActorOptions(grants: .all)
        options.limits.turnTime = 7_200_000_000_000
        return options
    }

    /// Comes back when its child fell too often, or when it was told to fall.
    private var guardian: ActorOptions {
        var options = patient
        options.restart = RestartPolicy(.permanent, intensity: 1000)
        return options
    }

    private func spawnChaos(_ index: Int) async throws {
        var options = patient
        options.limits.mailboxMessages = 3
        options.overflow = [.suspend, .dropOldest, scheduler.seed.isMultiple(of: 2) ? .fail : .dropNewest][index]
        options.restart =
            index == 2 ? RestartPolicy(.transient, intensity: 1) : RestartPolicy(.permanent, intensity: 1000)
        options.messageLifetime = index == 1 ? .milliseconds(20) : nil
        try await system.spawn(Self.chaos[index], component: components.chaos, options: options)
    }
}

// MARK: - What happens

extension Scenario {
    /// Two that stand and fall together, or one by one: the seed says.
    private func startTree() async throws {
        let strategies: [Strategy] = [.oneForOne, .oneForAll, .restForOne]
        let children = Self.chaos[Self.inTree].map { id in
            SupervisorSpec.Child.actor(ChildSpec(id: id, component: .compiled(components.chaos), options: patient))
        }
        try await system.start(
            SupervisorSpec(
                "shift",
                strategy: strategies[Int(scheduler.seed % 3)],
                intensity: 1000,
                children: children
            )
        )
    }
}

extension Scenario {
    private func client(_ client: Int, _ first: SplitMix64) async throws {
        var generator = first
        var placesInTallies = Self.tallies.map { _ in 0 }
        for number in 0..<Self.operations {
            let tag = "\(client).\(number)"
            let chaos = Self.chaos[generator.next(below: Self.chaos.count)]
            let relay = Self.relays[generator.next(below: Self.relays.count)]
            let tally = generator.next(below: Self.tallies.count)
            switch generator.next(below: 20) {
            case 0...3: await tell(tag, to: chaos, client)
            case 4...6: await ask(tag, chaos, client, timeout: Self.hour)
            case 7: await ask(tag, chaos, client, timeout: .milliseconds(generator.next(below: 8)))
            case 8...9: try await relayed("ask \(chaos) log \(tag)", tag, chaos, relay, client)
            case 10...11: try await relayed("send \(chaos) log \(tag)", tag, chaos, relay, client)
            case 12...13: try await later(tag, chaos, relay, within: generator.next(below: 2) * 4995 + 5)
            case 14: try? await system.actor(chaos)?.tell("trap")
            case 15: try? await system.actor(chaos)?.tell("sleep \(generator.next(below: 10))")
            case 16...17:
                placesInTallies[tally] += 1
                try await actor(Self.tallies[tally]).tell("in-order \(client) \(placesInTallies[tally])")
            case 18:
                try await actor(Self.tallies[tally]).tell("add 1")
                counts.withLock { $0.sums[Self.tallies[tally], default: 0] += 1 }
            default:
                _ = try await actor(Self.tallies[tally]).ask("add 1", timeout: Self.hour)
                counts.withLock { $0.sums[Self.tallies[tally], default: 0] += 1 }
            }
            if generator.next(below: 3) == 0 {
                try await scheduler.sleep(for: .milliseconds(generator.next(below: 100)))
            }
        }
    }

    private func disturb(_ first: SplitMix64) async throws {
        var generator = first
        for _ in 0..<6 {
            try await scheduler.sleep(for: .milliseconds(generator.next(below: 150)))
            switch generator.next(below: 6) {
            case 0:
                let index = generator.next(below: Self.chaos.count)
                await system.actor(Self.chaos[index])?.kill()
                if Self.alone.contains(index) { try await spawnChaos(index) }
            case 1: await system.upgrade(matching: try Pattern("test/tally/*"), to: components.successor)
            case 2: redeliver()
            case 3: try await actor(Self.parent).tell("stop \(Self.chaos[Self.child])")
            case 4: try await actor(Self.parent).tell("exit failed told")
            default:
                for index in Self.alone where system.actor(Self.chaos[index]) == nil {
                    try await spawnChaos(index)
                }
                _ = try? await spawnChild()
            }
        }
    }

    /// The guest says how it went; a child that is there already is left alone.
    private func spawnChild() async throws -> String {
        try await actor(Self.parent).ask("spawn \(Self.chaos[Self.child]) chaos", timeout: Self.hour)
    }

    private func redeliver() {
        let again = system.deadLetters.redeliver { letter in
            if case .crashed = letter.reason { false } else { letter.message.text.hasPrefix("log ") }
        }
        for redelivery in again where redelivery.outcome == .delivered {
            ledger.withLock { _ = $0.redelivered.insert(String(redelivery.letter.message.text.dropFirst(4))) }
        }
    }

    func actor(_ id: ActorID) throws -> ActorRef {
        guard let actor = system.actor(id) else { throw Violations(texts: ["\(id) is gone"]) }
        return actor
    }

    private func enter(_ tag: String, _ sender: String, _ target: ActorID, _ fate: Ledger.Fate) {
        let entry = Ledger.Entry(tag: tag, sender: sender, target: target.description, fate: fate)
        ledger.withLock { $0.entries.append(entry) }
    }

    private func tell(_ tag: String, to chaos: ActorID, _ client: Int) async {
        var fate = Ledger.Fate.absent
        if let target = system.actor(chaos) {
            do throws(MessagingError) {
                try await target.tell("log \(tag)")
                fate = .taken
            } catch {
                fate = Ledger.Fate(error)
            }
        }
        enter(tag, "client \(client)", chaos, fate)
    }

    private func ask(_ tag: String, _ chaos: ActorID, _ client: Int, timeout: Duration) async {
        var fate = Ledger.Fate.absent
        if let target = system.actor(chaos) {
            do throws(MessagingError) {
                fate = Ledger.Fate(reply: try await target.ask("log \(tag)", timeout: timeout))
            } catch {
                fate = Ledger.Fate(error)
            }
        }
        enter(tag, "client \(client)", chaos, fate)
    }

    private func relayed(
        _ command: String,
        _ tag: String,
        _ chaos: ActorID,
        _ relay: ActorID,
        _ client: Int
    ) async throws {
        let reply = try await actor(relay).ask(command, timeout: Self.hour)
        enter(tag, "client \(client) by \(relay)", chaos, Ledger.Fate(reply: reply))
    }

    private func later(_ tag: String, _ chaos: ActorID, _ relay: ActorID, within milliseconds: Int) async throws {
        let command = "request-later \(milliseconds) \(chaos) log \(tag)"
        let reply = try await actor(relay).ask(command, timeout: Self.hour)
        let fate = CorrelationID(reply) == nil ? Ledger.Fate(reply: reply) : .taken
        let entry = Ledger.Entry(tag: tag, sender: "\(relay), later", target: chaos.description, fate: fate)
        guard let id = CorrelationID(reply) else { return ledger.withLock { $0.entries.append(entry) } }
        counts.withLock { $0.later[relay, default: [:]][id] = entry }
    }
}

extension Ledger.Fate {
    init(_ error: MessagingError) {
        self =
            switch error {
            case .timeout, .cancelled: .gaveUp
            case .mailboxFull: .overflow
            case .notFound: .absent
            case .died: .died
            default: .wrong("\(error)")
            }
    }

    /// Reads the answer of a guest.
    init(reply: String) {
        self =
            switch reply.prefix(while: { $0 != ":" && $0 != " " }) {
            case "logged": .answered
            case "sent": .taken
            case "timeout", "cancelled": .gaveUp
            case "mailbox-full": .overflow
            case "not-found": .absent
            case "died": .died
            default: .wrong(reply)
            }
    }
}
