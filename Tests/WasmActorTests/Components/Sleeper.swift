import Testing
import WasmActorTestKit

@testable import WasmActor

/// A relay that sleeps until the clock is moved by 10 ms: what is sent to it meanwhile waits in its mailbox.
struct Sleeper {
    let relay: ActorRef
    private let clock: ManualClock
    /// The answer of its turn.
    let slept: Task<String, any Error>

    /// Spawns a relay, and has it sleep.
    init(in world: World, _ clock: ManualClock, _ options: ActorOptions) async throws {
        let relay = try await world.spawn("relay", options: options)
        (self.relay, self.clock) = (relay, clock)
        slept = Task { try await relay.ask("sleep 10") }
        await clock.waitForTimers(Timers.sleepingAsk)
    }

    /// Moves the clock, and waits until its turn is over.
    func wake() async throws {
        clock.advance(by: .milliseconds(10))
        #expect(try await slept.value == "slept")
    }
}
