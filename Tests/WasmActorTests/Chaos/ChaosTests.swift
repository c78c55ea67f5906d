import Foundation
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Hundreds of actors to which everything happens at once: kills, traps, loops, upgrades, full mailboxes, lifetimes that
/// end, storage that fails, passivation. At the end every message is accounted for.
///
/// `WASM_ACTORS_CHAOS_SECONDS` says how long it goes on [5], `WASM_ACTORS_SEED` where chance begins.
@Suite(.timeLimit(.minutes(10))) struct ChaosTests {
    @Test func everyMessageIsHandledOrADeadLetterWithAReason() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["WASM_ACTORS_SEED"].flatMap(UInt64.init) ?? .random(in: 1...UInt64.max)
        let seconds = environment["WASM_ACTORS_CHAOS_SECONDS"].flatMap(Int.init) ?? 5
        let run = try await ChaosRun(seed: seed)
        let ledger = try await run.ledger(for: .seconds(seconds))
        print("chaos with seed \(seed) for \(seconds) s: \(ledger)")
        #expect(ledger.accepted == ledger.handled + ledger.letters + ledger.kept, "\(ledger), seed \(seed)")
        #expect(ledger.unanswered == 0, "\(ledger), seed \(seed)")
        #expect(ledger.doubled == 0, "\(ledger), seed \(seed)")
        #expect(ledger.instances == 0, "\(ledger), seed \(seed)")
        // All of it did happen.
        #expect(ledger.restarts > 0 && ledger.kills > 0 && ledger.upgrades > 0 && ledger.passivations > 0)
        #expect(ledger.children > 0 && ledger.trees > 0)
        #expect(ledger.logged > 0)
    }
}

/// What became of all messages of a run.
struct ChaosLedger: CustomStringConvertible {
    var accepted: UInt64 = 0
    var handled: UInt64 = 0
    /// Dead letters of accepted messages; replies that came late, and messages that no mailbox took, are not among them.
    var letters: UInt64 = 0
    /// Those that were left in storage for the next actor of their id, which accepts them anew.
    var kept: UInt64 = 0
    var refused = 0
    var answered = 0
    /// Questions that ended in no way at all.
    var unanswered = 0
    /// Messages that guests say they have handled, of actors that try none again.
    var logged = 0
    /// Messages that were a dead letter twice, or were answered and a dead letter, or that a guest handled twice, or though
    /// it was a dead letter before its turn.
    var doubled = 0
    var restarts: UInt64 = 0
    var kills = 0
    /// Trees that were ended as a whole and started again.
    var trees = 0
    /// Actors that guests spawned.
    var children = 0
    var upgrades = 0
    var passivations = 0
    var instances = 0

    var description: String {
        """
        \(accepted) accepted = \(handled) handled + \(letters) dead letters + \(kept) kept; \(logged) logged, \
        \(refused) refused, \(answered) answered, \(unanswered) unanswered, \(doubled) doubled, \(restarts) restarts, \(kills) kills, \(trees) trees replaced, \
        \(children) children, \(upgrades) upgrades, \
        \(passivations) passivations, \(instances) instances left
        """
    }
}
