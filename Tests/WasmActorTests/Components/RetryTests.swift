import ShopBindings
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmActor

/// Messages in whose turn an instance ended, and that the next one tries once more.
@Suite(.timeLimit(.minutes(10))) struct RetryTests {
    private var options: ActorOptions {
        var options = ActorOptions.quick
        options.retry = .once
        return options
    }

    @Test func theFreshInstanceTriesTheMessageOnceMoreAndSeesThatInIt() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: options)
            #expect(try await chaos.ask("trap-once") == "2")
            #expect(chaos.summary.restarts == 1 && chaos.summary.messagesHandled == 1)
            #expect(world.system.deadLetters.total == 0)
        }
    }

    @Test func withoutThePolicyItIsADeadLetter() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: .quick)
            #expect(await chaos.refusal("trap-once") == .died(.trap(.unreachable)))
            #expect(world.system.deadLetters.map(\.message.attempt) == [1])
            #expect(try await chaos.ask("count") == "1")
        }
    }

    @Test func aSecondCrashMakesItADeadLetterAndTellsItsAsker() async throws {
        try await World.run { world in
            let chaos = try await world.spawn("chaos", options: options)
            #expect(await chaos.refusal("trap") == .died(.trap(.unreachable)))
            let letters = world.system.deadLetters.kept
            #expect(letters.map(\.reason) == [.crashed(.trap(.unreachable))])
            #expect(letters.map(\.message.attempt) == [2])
            #expect(try await chaos.ask("count") == "1")
            #expect(chaos.summary.restarts == 2)
            #expect(chaos.summary.messagesAccepted == 2)
        }
    }

    @Test func itComesBeforeWhatWaitedBehindIt() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: options)
            async let slept = chaos.ask("sleep 10")
            await clock.waitForTimers(Timers.sleepingAsk)
            async let first = chaos.ask("trap-once")
            await clock.waitForTimers(Timers.sleepingAsk + Timers.ask)
            async let second = chaos.ask("count")
            await clock.waitForTimers(Timers.sleepingAsk + 2 * Timers.ask)
            clock.advance(by: .milliseconds(10))
            #expect(try await slept == "slept")
            #expect(try await first == "2")
            // The second message of the fresh instance.
            #expect(try await second == "2")
        }
    }

    @Test func theAskerWaitsNoLongerThanItsDeadline() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let backOff = BackOff(first: .seconds(1), jitter: 0)
            let options = ActorOptions(restart: RestartPolicy(.permanent, backOff: backOff), retry: .once)
            let chaos = try await world.spawn("chaos", options: options)
            async let refusal = chaos.refusal("trap-once", timeout: .milliseconds(500))
            await clock.waitForTimers(Timers.ask + Timers.pause)
            #expect(chaos.summary.mailboxDepth == 1)
            clock.advance(by: .milliseconds(500))
            #expect(await refusal == .timeout)
            clock.advance(by: .milliseconds(500))
            let letter = try await world.event { if case .deadLetter(let letter) = $0 { letter } else { nil } }
            #expect(letter.reason == .lateReply && letter.message.payload == Array("2".utf8))
        }
    }

    @Test func whereNoInstanceFollowsItIsADeadLetter() async throws {
        try await World.run { world in
            var options = options
            options.restart = .temporary
            let chaos = try await world.spawn("chaos", options: options)
            #expect(await chaos.refusal("trap-once") == .died(.trap(.unreachable)))
            #expect(await chaos.ended() == .trap(.unreachable))
            #expect(world.system.deadLetters.map(\.reason) == [.crashed(.trap(.unreachable))])
        }
    }

    @Test func anActorThatEndsDuringThePauseLeavesItAsTheCrashsDeadLetter() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let chaos = try await world.spawn("chaos", options: ActorOptions(retry: .once))
            async let refusal = chaos.refusal("trap-once")
            await clock.waitForTimers(Timers.ask + Timers.pause)
            await chaos.stop()
            #expect(await refusal == .died(.shutdown))
            let letters = world.system.deadLetters.kept
            #expect(letters.map(\.reason) == [.crashed(.trap(.unreachable))])
            #expect(letters.map(\.message.attempt) == [1])
        }
    }

    @Test func aCallIsNotTriedAgain() async throws {
        try await World.run { world in
            var options = options
            options.grants = .all
            let shop = try await world.shop(options: options)
            let error = await shop.refusal { shop, store in try await shop.catalog.burn(store) }
            #expect(error?.messaging == .died(.trap(.unreachable)))
            #expect(try await shop.ask("count") == "0")
            #expect(shop.summary.restarts == 1)
        }
    }

    // MARK: Under a parent

    /// Has its actor go on, or not.
    private final class DecidingParent: ActorParent {
        let falls = Atomic<Int>(0)

        func started(_ cell: ActorCell, generation: UInt64) {}
        func fell(_ cell: ActorCell, _ reason: ExitReason) { falls.add(1, ordering: .releasing) }
        func halted(_ cell: ActorCell, _ reason: ExitReason) {}
        func ended(_ cell: ActorCell, _ reason: ExitReason) {}
    }

    @Test(arguments: [true, false])
    func underAParentItWaitsUntilThatHasDecided(resumes: Bool) async throws {
        try await World.run { world in
            let parent = DecidingParent()
            let cell = ActorCell(
                id: try ActorID("test/chaos/1"),
                component: try await world.system.compile(Fixture.bytes("chaos")),
                options: options,
                environment: world.system.environment,
                parent: parent
            )
            try world.system.environment.registry.insert(cell)
            cell.activate()
            async let answer = ActorRef(cell).refusal("trap-once")
            await until { parent.falls.load(ordering: .acquiring) == 1 }
            #expect(cell.summary.mailboxDepth == 1 && world.system.deadLetters.isEmpty)
            if resumes { cell.resume(after: .zero) } else { cell.conclude(.trap(.unreachable)) }
            #expect(await answer == (resumes ? nil : .died(.trap(.unreachable))))
            #expect(world.system.deadLetters.map(\.reason) == (resumes ? [] : [.crashed(.trap(.unreachable))]))
        }
    }
}
