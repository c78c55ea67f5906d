import Synchronization
import WasmActor
import WasmActorTestKit
import WasmCore
import WasmRuntime

/// How often something happened in a run.
struct Happenings {
    enum Kind: CaseIterable {
        case passivation, upgrade, restart, childSpawn, childEnd, deadLetter, lateReply, redelivery
    }

    var counts: [Kind: Int] = [:]

    /// What never happened in all of these runs.
    static func missing(in runs: [Happenings]) -> [Kind] {
        Kind.allCases.filter { kind in runs.allSatisfy { $0.counts[kind] == nil } }
    }
}

/// What must hold at the end of a run.
extension Scenario {
    /// Each request of `request-later` has exactly one response.
    func readResponses() async throws -> [String] {
        var violations: [String] = []
        for relay in Self.relays {
            var waiting = counts.withLock { $0.later[relay] ?? [:] }
            var answered: [CorrelationID: Ledger.Entry] = [:]
            let notes = try await actor(relay).ask("notes").split(separator: "\n")
            for note in notes {
                let words = note.split(separator: " ", maxSplits: 2).map(String.init)
                guard words.count == 3, let id = CorrelationID(words[1]), var entry = waiting.removeValue(forKey: id)
                else {
                    violations.append("\(relay) was told `\(note)`, for which nothing waited")
                    continue
                }
                entry.fate = Ledger.Fate(reply: words[2])
                answered[id] = entry
            }
            // In the order in which they were sent.
            let entries = answered.sorted { $0.key < $1.key }.map(\.value)
            ledger.withLock { $0.entries += entries }
            violations += waiting.values.map { "\($0.tag) has no response" }
        }
        return violations
    }

    func checkSums() async throws -> [String] {
        var violations: [String] = []
        for tally in Self.tallies {
            let sum = try await actor(tally).ask("get", timeout: Self.hour)
            let expected = counts.withLock { $0.sums[tally] ?? 0 }
            if sum != "\(expected)" { violations.append("\(tally) has the sum \(sum), \(expected) were added") }
        }
        return violations
    }

    func checkEnd(_ report: ShutdownReport) -> [String] {
        var violations: [String] = []
        let metrics = system.metrics
        if !system.list().isEmpty { violations.append("actors are left") }
        if metrics.engine.liveInstances != 0 { violations.append("\(metrics.engine.liveInstances) instances are left") }
        if !report.cutOff.isEmpty { violations.append("cut off: \(report.cutOff)") }
        var lost: UInt64 = 0
        for event in events.pending {
            note(event)
            switch event {
            case .deadLetter(let letter):
                switch letter.reason {
                case .crashed, .ended: lost += 1
                default: break
                }
            case .guestError(let id, let error): violations.append("\(id) answered with \(error)")
            case .upgradeFailed(let id, let reason), .passivationFailed(let id, let reason):
                violations.append("\(id): \(reason)")
            default: break
            }
        }
        let accounted = metrics.messagesHandled + metrics.messagesDropped + metrics.messagesExpired + lost
        if metrics.messagesAccepted != accounted {
            violations.append("\(metrics.messagesAccepted) messages were accepted, \(accounted) are accounted for")
        }
        return violations
    }

    /// What an event counts as.
    private func note(_ event: ActorEvent) {
        let kind: Happenings.Kind
        switch event {
        case .passivated: kind = .passivation
        case .upgraded: kind = .upgrade
        case .restarted: kind = .restart
        case .spawned(Self.chaos[Self.child], _): kind = .childSpawn
        case .ended(Self.chaos[Self.child], _): kind = .childEnd
        case .deadLetter(let letter): kind = letter.reason == .lateReply ? .lateReply : .deadLetter
        default: return
        }
        ledger.withLock { $0.happenings.counts[kind, default: 0] += 1 }
    }

    /// How often what could break a law did happen.
    var happenings: Happenings {
        ledger.withLock { ledger in
            var happenings = ledger.happenings
            if !ledger.redelivered.isEmpty { happenings.counts[.redelivery] = ledger.redelivered.count }
            return happenings
        }
    }

    func closeLedger() -> [String] {
        ledger.withLock { ledger in
            ledger.handled = log.entries.filter { $0.message.contains(".") && !$0.message.contains(" ") }.map(\.message)
            for letter in system.deadLetters {
                guard letter.reason != .lateReply else {
                    ledger.lateReplies += 1
                    continue
                }
                guard letter.message.text.hasPrefix("log ") else { continue }
                let hasBegun = if case .crashed = letter.reason { true } else { false }
                ledger.letters.append(.init(tag: String(letter.message.text.dropFirst(4)), hasBegun: hasBegun))
            }
            return ledger.violations
        }
    }
}
