import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Messages that outlive the system.
@Suite(.timeLimit(.minutes(10))) struct KeptMessageTests {
    private static let options = ActorOptions(grants: .all, persistence: .stateAndMessages)

    private func count(_ storage: MemoryStorage, _ id: ActorID) async throws -> UInt64 {
        try await storage.usage(of: .mailbox(id), quota: 0).keys
    }

    /// Waits until nothing is kept: a message is forgotten after its turn.
    private func untilNothingIsKept(_ storage: MemoryStorage, _ id: ActorID) async throws {
        while try await count(storage, id) > 0, !Task.isCancelled { await Task.yield() }
    }

    @Test func whatWasNotHandledIsThereForTheNextSystemInOrder() async throws {
        let storage = MemoryStorage()
        let clock = ManualClock()
        try await World(clock: clock, storage: storage, residency: Residency(idleTime: nil)).run { world in
            let tally = try await world.spawn("tally", options: Self.options)
            let relay = try await world.spawn("relay", options: Self.options)
            async let sleeping = relay.ask("sleep 60000", timeout: .seconds(600))
            await clock.waitForTimers(Timers.sleepingAsk)
            for text in ["note a", "note b"] { try await relay.tell(text) }
            _ = try await tally.ask("add 5")
            // The relay never comes to its messages; the question in whose turn it sleeps is lost with that.
            async let report = world.system.shutdown(grace: .seconds(1))
            await clock.waitForTimers(Timers.sleepingAsk + Timers.grace)
            clock.advance(by: .seconds(1))
            await until { tally.status.isEnded && relay.status == .stopping }
            await clock.waitForTimers(Timers.sleepingAsk + Timers.grace)
            clock.advance(by: .seconds(1))
            #expect(await report.keptMessages == 2)
            #expect(world.system.metrics.messagesKept == 2)
            #expect(await report.lostMessages == 1)
            _ = try? await sleeping
            #expect(try await count(storage, relay.id) == 2)
        }
        try await World(storage: storage).run { world in
            let relay = try await world.spawn("relay", options: Self.options)
            try await relay.tell("note c")
            #expect(try await relay.ask("notes") == "a\nb\nc")
            try await untilNothingIsKept(storage, relay.id)
            let tally = try await world.spawn("tally", options: Self.options)
            #expect(try await tally.ask("get") == "5")
        }
    }

    @Test func whatComesAgainIsMarked() async throws {
        let storage = MemoryStorage()
        let id = try ActorID("test/chaos/1")
        let store = MailboxStore(storage: storage)
        var names = KeptMessages()
        // The guest traps in the first attempt.
        try await store.save(ComponentMessage(payload: Array("trap-once".utf8)), as: names.next(now: 7), of: id)
        try await World(storage: storage).run { world in
            let chaos = try await world.spawn("chaos", options: Self.options)
            try await untilNothingIsKept(storage, id)
            #expect(chaos.summary.messagesHandled == 1)
            #expect(world.system.metrics.crashes == 0)
        }
    }

    @Test func aClockThatWentBackHidesNothingThatAnEarlierProcessLeft() {
        var (earlier, names) = (KeptMessages(), KeptMessages())
        let (old, new) = (earlier.next(now: 9), names.next(now: 5))
        #expect(new < old)
        #expect(names.isEarlier(old) && !names.isEarlier(new))
        // Behind what this process has kept before, too.
        let next = names.next(now: 3)
        #expect(next > new && !names.isEarlier(next))
        names.takenUp(old)
        let last = names.next(now: 3)
        #expect(last > old)
    }

    @Test func theEndWaitsForWhatStorageHasToForget() async throws {
        let (storage, clock) = (UnreliableStorage(), ManualClock())
        try await World(clock: clock, storage: storage).run { world in
            var options = Self.options
            options.overflow = .dropOldest
            options.limits.mailboxMessages = 1
            options.limits.turnTime = 3_600_000_000_000
            let relay = try await world.spawn("relay", options: options)
            async let sleeping = relay.refusal("sleep 60000", timeout: .seconds(600))
            await clock.waitForTimers(Timers.sleepingAsk)
            storage.holdDeletions()
            for text in ["note a", "note b"] { try await relay.tell(text) }
            async let end = relay.kill()
            await until { relay.status.isEnded }
            // Whoever came under the id now would find what is a dead letter already.
            #expect(world.system.actor(relay.id) != nil)
            storage.release()
            #expect(await end == .killed)
            #expect(await sleeping == .died(.killed))
            #expect(try await count(storage.storage, relay.id) == 1)
            #expect(world.system.metrics.messagesKept == 1)
        }
    }

    @Test func whatWasRefusedIsNotThereForTheNextActor() async throws {
        let (storage, clock) = (MemoryStorage(), ManualClock())
        try await World(clock: clock, storage: storage).run { world in
            var options = Self.options
            options.limits.mailboxMessages = 1
            options.limits.turnTime = 3_600_000_000_000
            let relay = try await world.spawn("relay", options: options)
            async let sleeping = relay.refusal("sleep 60000", timeout: .seconds(600))
            await clock.waitForTimers(Timers.sleepingAsk)
            try await relay.tell("note a")
            let waiting = Task { () -> MessagingError? in
                do throws(MessagingError) {
                    try await relay.tell(Array("note b".utf8))
                    return nil
                } catch {
                    return error
                }
            }
            await until { relay.cell.state.withLock { $0.machine.mailbox.waiting } == 1 }
            #expect(await relay.kill() == .killed)
            // That of the sender which got an error is gone when the end is told.
            #expect(try await count(storage, relay.id) == 1)
            #expect(await waiting.value == .died(.killed))
            #expect(await sleeping == .died(.killed))
            await #expect(throws: MessagingError.died(.killed)) { try await relay.tell("note c") }
            #expect(try await count(storage, relay.id) == 1)
        }
    }

    @Test func aMessageOfEveryKindIsReadAsItWasWritten() async throws {
        let store = MailboxStore(storage: MemoryStorage())
        let id = try ActorID("test/tally/1")
        let messages = [
            ComponentMessage(payload: []),
            ComponentMessage(
                sender: id,
                payload: (0...255).map { UInt8($0) },
                topic: "a/b",
                contentType: "text/plain; charset=utf-8",
                sentAt: .max,
                attempt: .max
            ),
        ]
        var keys = KeptMessages()
        // The second comes of a clock that ran backwards.
        for (time, message) in zip([9, 3] as [UInt64], messages) {
            try await store.save(message, as: keys.next(now: time), of: id)
        }
        #expect(try await store.load(id).map(\.message) == messages)
    }

    @Test(arguments: [[], [2], Array(repeating: 255, count: 40)] as [[UInt8]])
    func damagedMessagesAreAnErrorAndStayWhereTheyAre(bytes: [UInt8]) async throws {
        let storage = MemoryStorage()
        let id = try ActorID("test/tally/1")
        try await storage.set("1", to: bytes, in: .mailbox(id), quota: .max)
        try await World(storage: storage).run { world in
            var options = Self.options
            options.restart = .temporary
            await #expect {
                try await world.spawn("tally", options: options)
            } throws: { "\(($0 as? ActorSystemError)?.exitReason, default: "")".contains("damaged") }
            let left = try await count(storage, id)
            #expect(left == 1)
        }
    }

    @Test func aMessageIsNoYoungerInTheNextSystem() async throws {
        let storage = MemoryStorage()
        let id = try ActorID("test/tally/1")
        let clock = ManualClock()
        let store = MailboxStore(storage: storage)
        var keys = KeptMessages()
        for (text, expiry) in [("note late", clock.wallTime), ("note early", clock.wallTime + 1_000_000_000)] {
            let message = ComponentMessage(payload: Array(text.utf8))
            try await store.save(message, expiry: expiry, as: keys.next(now: 7), of: id)
        }
        try await World(clock: clock, storage: storage).run { world in
            let tally = try await world.spawn("tally", options: Self.options)
            #expect(try await tally.ask("notes") == "early")
            #expect(world.system.deadLetters.kept.map(\.reason) == [.expired])
            try await untilNothingIsKept(storage, id)
        }
    }

    @Test func whatIsKeptForAnActorCanBeRemovedWhileItDoesNotRun() async throws {
        let storage = MemoryStorage()
        let id = try ActorID("test/tally/1")
        try await storage.set("1", to: [2], in: .mailbox(id), quota: .max)
        try await World(storage: storage).run { world in
            try await world.system.forgetMessages(of: id)
            let tally = try await world.spawn("tally", options: Self.options)
            #expect(try await tally.ask("get") == "0")
            await #expect(throws: ActorSystemError.self) { try await world.system.forgetMessages(of: id) }
        }
    }

    @Test func aMessageThatCannotBeKeptIsNotTaken() async throws {
        let storage = UnreliableStorage()
        try await World(storage: storage).run { world in
            let tally = try await world.spawn("tally", options: Self.options)
            storage.failures.store(1, ordering: .relaxed)
            await #expect(throws: MessagingError.self) { try await tally.tell("add 1") }
            try await tally.tell("add 2")
            #expect(try await tally.ask("get") == "2")
        }
    }

    @Test func deadLettersAreKeptNoLonger() async throws {
        let storage = MemoryStorage()
        try await World(storage: storage).run { world in
            var options = Self.options
            options.restart = RestartPolicy(.permanent, intensity: 10, backOff: .none)
            let chaos = try await world.spawn("chaos", options: options)
            try await chaos.tell("trap")
            _ = try await chaos.ask("count")
            #expect(world.system.deadLetters.count == 1)
            try await untilNothingIsKept(storage, chaos.id)
        }
    }
}
