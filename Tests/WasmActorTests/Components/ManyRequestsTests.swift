import Synchronization
import TestSupport
import Testing
import WasmCore
import WasmRuntime

@testable import WasmActor

/// As many requests as there may be, all of them open at the same moment. They have the machine's own clock: how many
/// timers it holds is what they cost.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ManyRequestsTests {
    private static let count = ActorMachine.largestPending

    private var roomy: ActorOptions {
        ActorOptions(
            grants: .all,
            limits: ResourceLimits(messageBytes: ResourceLimits.largestMessageBytes, mailboxMessages: 1_000_000)
        )
    }

    /// How many of them get a reply; the others get the end of whom they were asked.
    private static let answered = 1000

    @Test func theHostMayAskAHundredThousandQuestionsAtOnceAndEachIsAnsweredOnce() async throws {
        try await World.run { world in
            let clock = try #require(world.system.ownClock)
            let relay = try await world.spawn("relay", options: roomy)
            let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<Self.count {
                    group.addTask {
                        do throws(MessagingError) {
                            return try await relay.ask("hold", timeout: .seconds(3600))
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                await until { relay.summary.messagesAccepted == Self.count }
                // Behind all of them.
                _ = try await relay.ask("self", timeout: .seconds(3600))
                await until { clock.pendingTimers == Self.count }
                for id in 1...Self.answered { #expect(try await relay.ask("reply \(id) \(id)") == "replied") }
                #expect(relay.cell.state.withLock { $0.machine.openRequests.count } == Self.count - Self.answered)
                await relay.kill()
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            var expected = Dictionary(uniqueKeysWithValues: (1...Self.answered).map { ("\($0)", 1) })
            expected["\(MessagingError.died(.killed))"] = Self.count - Self.answered
            #expect(outcomes == expected)
            #expect(clock.pendingTimers == 0)
            #expect(world.system.deadLetters.total == 0)
        }
    }

    @Test func aGuestMayHaveAHundredThousandRequestsOpenAndGetsOneResponseToEach() async throws {
        try await World.run { world in
            let clock = try #require(world.system.ownClock)
            let relay = try await world.spawn("relay", options: roomy)
            let holder = try await world.spawn("relay", "holder", options: roomy)
            for _ in 0..<Self.count { try await relay.tell("request-later 3600000 \(holder.id) hold") }
            for each in [relay, holder] { _ = try await each.ask("self", timeout: .seconds(3600)) }
            #expect(clock.pendingTimers == Self.count)
            #expect(try await relay.ask("request-later 3600000 \(holder.id) hold").hasPrefix("quota: "))
            // Each half fits into one message of notes.
            let answered = Self.count / 2
            for id in 1...answered { try await holder.tell("reply \(id) \(id)") }
            let replies = try await relay.notes(answered)
            await holder.kill()
            // One turn for each, before the next message.
            _ = try await relay.ask("self", timeout: .seconds(3600))
            #expect(relay.cell.state.withLock { $0.machine.pendingRequests.isEmpty && $0.machine.responses.isEmpty })
            let ends = try await relay.notes(Self.count - answered)
            #expect(replies.sorted() == (1...answered).map { "response \($0) \($0)" }.sorted())
            #expect(ends.sorted() == (answered + 1...Self.count).map { "response \($0) died: killed" }.sorted())
            #expect(clock.pendingTimers == 0)
            #expect(world.system.deadLetters.total == 0)
        }
    }
}
