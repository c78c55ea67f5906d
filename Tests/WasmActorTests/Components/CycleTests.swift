import ShopBindings
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Actors that would wait for each other, whoever waits: guests, or the host's own code in a turn.
@Suite(.timeLimit(.minutes(10))) struct CycleTests {
    @Test(arguments: [2, 3])
    func ofThoseWhoAskEachOtherAtTheSameMomentOneIsRefusedAtTheMost(count: Int) async throws {
        try await World.run { world in
            let relays = try await (0..<count).asyncMap { try await world.spawn("relay", "\($0)", options: .talkative) }
            for _ in 0..<200 {
                let answers = try await withThrowingTaskGroup(of: String.self) { group in
                    for (index, relay) in relays.enumerated() {
                        let next = relays[(index + 1) % count]
                        group.addTask { try await relay.ask("ask \(next.id) self") }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.filter { $0.hasPrefix("cycle: ") }.count <= 1)
                #expect(answers.filter { $0.hasPrefix("test/relay/") }.count >= count - 1)
            }
        }
    }

    @Test func aCallsCodeThatAsksItsOwnActorIsRefusedAtOnce() async throws {
        let clock = ManualClock()
        try await World.run(clock: clock) { world in
            let shop = try await world.shop()
            let refusals = try await shop.call(ShopWorld.self) { _, _ in
                let asked = await shop.refusal("count")
                let called = await shop.refusal { _, _ in }?.messaging
                let health = await #expect(throws: MessagingError.self) { try await shop.health() }
                return [asked, called, health]
            }
            #expect(refusals == Array(repeating: .cycle([shop.id]), count: 3))
            #expect(try await shop.ask("count") == "0")
            #expect(shop.cell.wait == nil)
        }
    }

    @Test func aCallsCodeMayFillItsOwnMailboxButNotWaitForRoomInIt() async throws {
        try await World.run { world in
            let limits = ResourceLimits(mailboxMessages: 1)
            let shop = try await world.shop(options: ActorOptions(grants: .all, limits: limits))
            try await shop.call(ShopWorld.self) { _, _ in
                try await shop.tell("count")
                await #expect(throws: MessagingError.cycle([shop.id])) { try await shop.tell("count") }
            }
            await until { shop.summary.messagesHandled == 2 }
        }
    }

    @Test func aGuestThatTheCodeAsksMayNotAskBack() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let relay = try await world.spawn("relay", options: .talkative)
            let answers = try await shop.call(ShopWorld.self) { _, _ in
                [try await relay.ask("ask \(shop.id) count"), try await relay.ask("self")]
            }
            #expect(answers == ["cycle: \(relay.id), \(shop.id)", "\(relay.id)"])
        }
    }

    @Test func whatIsNoPartOfTheTurnIsAnswered() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let over = OneShot<Void>()
            let (detached, later) = try await shop.call(ShopWorld.self) { _, _ in
                let later = Task {
                    await over.value()
                    return try await shop.ask("count")
                }
                return (Task.detached { try await shop.ask("count") }, later)
            }
            over.resolve(())
            #expect(try await detached.value == "0")
            #expect(try await later.value == "0")
        }
    }

    @Test func aTurnThatTheCodeSetsOffIsNoPartOfIt() async throws {
        try await World.run { world in
            let shop = try await world.shop()
            let relay = try await world.spawn("relay", options: .talkative)
            try await shop.call(ShopWorld.self) { _, _ in try await relay.tell("ask \(shop.id) count") }
            await until { shop.summary.messagesHandled == 2 && relay.summary.messagesHandled == 1 }
        }
    }
}
