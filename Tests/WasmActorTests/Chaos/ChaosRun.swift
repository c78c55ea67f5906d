import Foundation
import Synchronization
import TestSupport
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// One run of chaos: 500 actors of four components, free-standing and under supervisors of each strategy, and the children
/// of those that are guests' supervisors.
final class ChaosRun: Sendable {
    private struct Record {
        var ledger = ChaosLedger()
        /// The numbers of the host's messages that are dead letters.
        var buried: Set<Int> = []
        /// Those of them whose turn had not begun.
        var untouched: Set<Int> = []
        /// How often guests say that they handled a message, by its number; of those that may not do so twice.
        var logged: [Int: Int] = [:]
        /// Those of its questions that were answered.
        var answered: Set<Int> = []
        var next = 0
    }

    private let seed: UInt64
    private let system: ActorSystem
    private let engine: WasmEngine
    private let storage = UnreliableStorage()
    private let log = MemoryLog()
    private let plan: ChaosPlan
    private let trees: [SupervisorSpec]
    private let ids: [ActorID]
    private let components: [String: CompiledComponent]
    private let members: [ActorID: ChaosPlan.Member]
    private let keepers: Set<ActorID>
    private let retriers: Set<ActorID>
    private let versions: [CompiledComponent]
    private let record = Mutex(Record())
    /// What each part of the run waits for now.
    private let waits = Mutex<[String: String]>([:])

    init(seed: UInt64) async throws {
        self.seed = seed
        engine = try WasmEngine(WasmEngine.Configuration(), ticker: ThreadTicker(interval: .milliseconds(1)))
        system = try ActorSystem(
            ActorSystem.Configuration(
                engine: engine,
                storage: storage,
                components: FixtureSource(),
                log: log,
                residency: Residency(largestCount: 60, idleTime: .milliseconds(200))
            )
        )
        var components: [String: CompiledComponent] = [:]
        for name in ["tally", "tally2", "chaos", "counter", "relay"] {
            components[name] = try await system.compile(Fixture.bytes(name))
        }
        self.components = components
        versions = ["tally", "tally2"].compactMap { components[$0] }
        plan = ChaosPlan(seed: seed)
        trees = plan.trees(components)
        ids = plan.ids
        (keepers, retriers) = (plan.keepers, plan.retriers)
        members = Dictionary(uniqueKeysWithValues: plan.free.map { ($0.id, $0) })
        for actor in plan.free {
            try await system.spawn(actor.id, component: components[actor.fixture]!, options: actor.options)
        }
        for tree in trees { try await system.start(tree) }
    }

    /// Runs for some time, ends the system, and adds everything up.
    func ledger(for time: Duration) async throws -> ChaosLedger {
        let observer = system.observe { self.note($0) }
        defer { system.endObservation(observer) }
        let watchdog = watch(atMost: time + .seconds(90))
        defer { watchdog.cancel() }
        let end = ContinuousClock.now + time
        await withTaskGroup { group in
            for number in 0..<12 {
                group.addTask { await self.send(number, until: end) }
            }
            group.addTask { await self.disturb(until: end) }
        }
        storage.failsOneIn.store(0, ordering: .relaxed)
        waits(for: "the end of the system", "shutdown")
        await system.shutdown(grace: .seconds(20))
        let metrics = system.metrics
        engine.shutdown()
        return record.withLock { record in
            record.ledger.accepted = metrics.messagesAccepted
            record.ledger.handled = metrics.messagesHandled
            record.ledger.kept = metrics.messagesKept
            record.ledger.restarts = metrics.restarts
            record.ledger.instances = engine.metrics.liveInstances
            for entry in log.entries where !retriers.contains(entry.actor) {
                if let number = Int(entry.message) { record.logged[number, default: 0] += 1 }
            }
            record.ledger.logged = record.logged.count
            record.ledger.doubled += record.logged.values.count { $0 > 1 }
            record.ledger.doubled += record.untouched.count { record.logged[$0] != nil }
            record.ledger.doubled += record.buried.intersection(record.answered).count
            return record.ledger
        }
    }

    /// Ends the process, and says what waits for what, where the run does not end.
    private func watch(atMost time: Duration) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .seconds(Int(time.components.seconds)))
        timer.setEventHandler {
            let waits = self.waits.withLock { $0 }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            let actors = self.system.environment.registry.cellsInOrder.compactMap { cell -> String? in
                let (machine, wait) = cell.state.withLock { ($0.machine, $0.wait) }
                guard machine.isHeld || machine.phase != .running && machine.phase != .passive || machine.depth > 0
                else { return nil }
                return "\(cell.id): \(machine.phase), held \(machine.isHeld), \(machine.depth) messages, waits for "
                    + "\(wait.map { "\($0)" } ?? "nobody")"
            }
            let resident = "\(self.system.environment.residency.count) durable actors in memory"
            let lines = [resident] + waits + actors
            FileHandle.standardError.write(Data(lines.joined(separator: "\n").utf8))
            fatalError("chaos with seed \(self.seed) does not end")
        }
        timer.resume()
        return timer
    }

    private func waits(for what: String, _ part: String) { waits.withLock { $0[part] = what } }

    private func note(_ event: ActorEvent) {
        record.withLock { record in
            switch event {
            case .spawned(let id, _) where id.namespace == "child": record.ledger.children += 1
            case .passivated: record.ledger.passivations += 1
            case .upgraded: record.ledger.upgrades += 1
            case .deadLetter(let letter):
                switch letter.reason {
                // Neither was ever in a mailbox.
                case .lateReply, .refused: return
                default: record.ledger.letters += 1
                }
                guard letter.message.sender == nil, let number = letter.message.contentType.flatMap({ Int($0) })
                else { return }
                if case .crashed = letter.reason {} else { record.untouched.insert(number) }
                guard !record.buried.insert(number).inserted else { break }
                // Where storage did not forget a message, the next actor of the id has it again, which its mark tells.
                let isMarked = letter.target.map(keepers.contains) ?? false && letter.message.attempt > 1
                if !isMarked { record.ledger.doubled += 1 }
            default: break
            }
        }
    }

    // MARK: Messages

    private func send(_ sender: Int, until end: ContinuousClock.Instant) async {
        var random = SplitMix64(seed: seed &+ UInt64(sender))
        defer { waits(for: "nothing", "sender \(sender)") }
        while ContinuousClock.now < end {
            guard let id = ids.randomElement(using: &random), let actor = system.actor(id) else {
                await Task.yield()
                continue
            }
            let number = record.withLock { record in
                record.next += 1
                return record.next
            }
            let payload = Array(plan.message(to: id, number, among: ids, using: &random).utf8)
            waits(for: "\(id), \(number)", "sender \(sender)")
            if Bool.random(using: &random) {
                await ask(actor, payload, number)
            } else {
                do throws(MessagingError) {
                    try await actor.tell(payload, contentType: "\(number)")
                } catch {
                    record.withLock { $0.ledger.refused += 1 }
                }
            }
        }
    }

    private func ask(_ actor: ActorRef, _ payload: [UInt8], _ number: Int) async {
        record.withLock { $0.ledger.unanswered += 1 }
        do throws(MessagingError) {
            _ = try await actor.ask(payload, contentType: "\(number)", timeout: .seconds(2))
            record.withLock { record in
                record.answered.insert(number)
                record.ledger.answered += 1
            }
        } catch {
            record.withLock { $0.ledger.refused += 1 }
        }
        record.withLock { $0.ledger.unanswered -= 1 }
    }

    // MARK: Disturbances

    private func disturb(until end: ContinuousClock.Instant) async {
        var random = SplitMix64(seed: seed &+ 1000)
        defer { waits(for: "nothing", "disturbance") }
        // However few there is time for: what is rare comes once.
        if let tree = trees.randomElement(using: &random) {
            waits(for: "the end of \(tree.name)", "disturbance")
            await replace(tree)
        }
        while ContinuousClock.now < end {
            guard let id = ids.randomElement(using: &random) else { return }
            switch Int.random(in: 0..<10, using: &random) {
            case 0: storage.failsOneIn.store([0, 3, 20].randomElement(using: &random) ?? 0, ordering: .relaxed)
            case 1..<4:
                waits(for: "the end of \(id)", "disturbance")
                await kill(id)
            case 4 where Int.random(in: 0..<20, using: &random) == 0:
                guard let tree = trees.randomElement(using: &random) else { break }
                waits(for: "the end of \(tree.name)", "disturbance")
                await replace(tree)
            default:
                guard id.name == "tally", let version = versions.randomElement(using: &random) else { break }
                waits(for: "the upgrade of \(id)", "disturbance")
                _ = try? await system.upgrade(id, to: version)
            }
            await Task.yield()
        }
    }

    /// Kills an actor. One that nobody supervises is spawned anew, one of a tree is started again by its supervisor.
    private func kill(_ id: ActorID) async {
        if let actor = system.actor(id) {
            await actor.kill()
            record.withLock { $0.ledger.kills += 1 }
        }
        // Storage may fail meanwhile: who did not come back then has another chance at the next kill.
        if let supervisor = system.supervisor(of: id) {
            _ = try? await supervisor.restart(id)
            return
        }
        guard let member = members[id], let component = components[member.fixture] else { return }
        _ = try? await system.spawn(id, component: component, options: member.options)
    }

    /// Kills or stops a tree as a whole, and starts it anew: with the children that were killed one by one, too.
    private func replace(_ tree: SupervisorSpec) async {
        if let supervisor = system.supervisor(tree.name) {
            if record.withLock({ $0.ledger.trees.isMultiple(of: 2) }) {
                await supervisor.kill()
            } else {
                await supervisor.stop()
            }
            record.withLock { $0.ledger.trees += 1 }
        }
        _ = try? await system.start(tree)
    }
}
