import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages from the host to an actor.
@Suite(.timeLimit(.minutes(10))) struct MessageTests {
    @Test func aQuestionHasACorrelationAndATellHasNone() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let relay = try await world.spawn("relay")
            try await relay.tell("hold told")
            async let asked = relay.refusal("hold asked", timeout: .seconds(1))
            await clock.waitForTimers(Timers.ask)
            let notes = try await relay.ask("notes").split(separator: "\n")
            #expect(notes.count == 2)
            #expect(notes.first == "held - told")
            let words = notes.last?.split(separator: " ") ?? []
            #expect(words.count == 3 && UInt64(words[1]) != nil && words[2] == "asked")
            clock.advance(by: .seconds(1))
            #expect(await asked == .timeout)
        }
    }

    @Test func anAskGetsTheReplyOfItsOwnMessage() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            for number in 1...50 { #expect(try await counter.ask("increment") == "\(number)") }
            #expect(counter.summary.messagesHandled == 50)
        }
    }

    @Test func everyByteArrives() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            let text = String((1..<128).map { Character(Unicode.Scalar($0)) })
            #expect(try await chaos.ask("echo \(text)") == text)
        }
    }

    @Test func tellsOfOneSenderComeInTheirOrder() async throws {
        try await World.run { world in
            let relay = try await world.spawn("relay")
            for number in 0..<500 { try await relay.tell("note \(number)") }
            #expect(try await relay.ask("notes") == (0..<500).map { "\($0)" }.joined(separator: "\n"))
        }
    }

    @Test func asksOfManyTasksAreAllAnsweredOnce() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            let counts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<100 { group.addTask { try await counter.ask("increment") } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(counts == Set((1...100).map { "\($0)" }))
        }
    }

    @Test func aGuestErrorComesBackAndTheActorLivesOn() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            #expect(await chaos.refusal("error no") == .guestError(.failed("no")))
            #expect(await chaos.refusal("invalid what") == .guestError(.invalidMessage("what")))
            #expect(try await chaos.ask("count") == "3")
            let told = try await world.event { event -> ActorError? in
                if case .guestError(chaos.id, let error) = event { error } else { nil }
            }
            #expect(told == .failed("no"))
            #expect(world.system.metrics.guestErrors == 2)
            #expect(chaos.summary.restarts == 0)
        }
    }

    @Test func aTrapFailsItsAskAtOnceWithTheReason() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
        }
    }

    @Test func anAskEndsAtItsDeadlineAndTheLateReplyIsADeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos")
            async let refusal = chaos.refusal("sleep 100", timeout: .milliseconds(50))
            await clock.waitForTimers(Timers.sleepingAsk)
            clock.advance(by: .milliseconds(50))
            #expect(await refusal == .timeout)
            clock.advance(by: .milliseconds(50))
            let letter = try await world.event { event -> DeadLetter? in
                if case .deadLetter(let letter) = event { letter } else { nil }
            }
            #expect(letter.reason == .lateReply)
            #expect(letter.target == nil)
            #expect(letter.message.sender == chaos.id)
            #expect(letter.message.payload == Array("slept".utf8))
            #expect(world.system.deadLetters.kept == [letter])
        }
    }

    @Test func anAskOfAGuestThatNeverReturnsEndsAtItsDeadline() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: .tireless)
            async let refusal = chaos.refusal("loop", timeout: .milliseconds(50))
            await clock.waitForTimers(Timers.ask)
            clock.advance(by: .milliseconds(50))
            #expect(await refusal == .timeout)
            #expect(chaos.cell.state.withLock { $0.machine.isHeld })
        }
    }

    @Test func anAskEndsWithItsTask() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            let asking = Task { await chaos.refusal("none") }
            await until { chaos.summary.messagesHandled == 1 }
            asking.cancel()
            #expect(await asking.value == .cancelled)
            #expect(try await chaos.ask("echo on") == "on")
        }
    }

    @Test func anOpenRequestEndsWithItsActor() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            async let refusal = chaos.refusal("none")
            await until { chaos.summary.messagesHandled == 1 }
            await chaos.kill()
            #expect(await refusal == .died(.killed))
        }
    }

    @Test func anActorThatIsGoneRefusesWithItsReason() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            #expect(await chaos.stop() == .shutdown)
            #expect(await chaos.refusal("count") == .died(.shutdown))
            await #expect(throws: MessagingError.died(.shutdown)) { try await chaos.tell("count") }
            #expect(world.system.actor(chaos.id) == nil)
        }
    }

    @Test func aMessageOverTheLimitIsNotTaken() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: ActorOptions(limits: .init(messageBytes: 64)))
            let text = "echo " + String(repeating: "x", count: 60)
            #expect(await chaos.refusal(text) == .tooLarge(SizeLimit(size: 65, limit: 64)))
            #expect(try await chaos.ask("count") == "1")
        }
    }

    @Test func aReplyOverTheLimitIsAGuestError() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: ActorOptions(limits: .init(messageBytes: 64)))
            guard case .guestError(.failed)? = await chaos.refusal("big 65") else {
                return #expect(Bool(false), "the guest is told off")
            }
            #expect(try await chaos.ask("count") == "2")
        }
    }

    @Test func healthIsAskedBetweenMessages() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos")
            #expect(try await chaos.health() == .healthy)
            _ = try await chaos.ask("health degraded tired")
            #expect(try await chaos.health() == .degraded("tired"))
        }
    }

    @Test func metadataIsKnownAfterSpawn() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            #expect(counter.metadata?.name == "counter")
            #expect(world.system.list().map(\.id) == [counter.id])
        }
    }
}
