import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmRuntime

@Suite("Limits and traps of a guest", .timeLimit(.minutes(10)))
struct LimitTests {
    @Test(
        "a trap has its code, and the instance is finished",
        arguments: [
            ("trap", TrapCode.unreachable), ("oob", .memoryOutOfBounds), ("null", .indirectCallToNull),
            ("recurse", .stackOverflow),
        ]
    )
    func trap(command: String, code: TrapCode) async throws {
        let guest = try await Harness("chaos", engine: Harness.ownEngine())
        let error = try #require(await guest.failure(command))
        #expect(error.code == .trap)
        #expect(error.exitReason == .trap(code))
        #expect(error.actor == guest.id)
        #expect(error.export == "handle-message")
        let later = try #require(await guest.failure("echo x"))
        #expect(later.code == .instanceFinished)
        #expect(later.exitReason == .trap(code))
        #expect(guest.engine.metrics.liveInstances == 0)
    }

    @Test("the backtrace names the guest's functions")
    func backtrace() async throws {
        let guest = try await Harness("chaos")
        let error = try #require(await guest.failure("trap"))
        #expect(error.frames.contains { $0.contains("Chaos") }, "\(error.frames)")
    }

    @Test("a guest error is an ordinary answer: the instance lives on")
    func guestError() async throws {
        let guest = try await Harness("chaos")
        #expect(try await guest.answer("error sorry") == .failure(.failed("sorry")))
        #expect(try await guest.ask("echo on") == "on")
    }

    @Test("an endless loop ends at its executing time")
    func loop() async throws {
        let guest = try await Harness(
            "chaos",
            limits: ResourceLimits(turnTime: Harness.patient.turnTime, cpuTime: 20_000_000),
            engine: Harness.ownEngine()
        )
        let error = try #require(await guest.failure("loop"))
        #expect(error.code == .limit)
        #expect(error.exitReason == .limit(.cpuTime))
    }

    @Test("an endless loop ends at its wall time")
    func wallTime() async throws {
        let guest = try await Harness("chaos", limits: ResourceLimits(turnTime: 20_000_000))
        #expect(await guest.failure("loop")?.exitReason == .limit(.turnTime))
    }

    @Test("a wait in a host call ends at the turn's wall time")
    func waiting() async throws {
        let clock = ManualClock()
        let guest = try await Harness("chaos", limits: ResourceLimits(turnTime: 1_000_000_000), clock: clock)
        async let failure = guest.failure("sleep 3600000")
        await clock.waitForTimers(2)
        clock.advance(by: .seconds(1))
        #expect(await failure?.exitReason == .limit(.turnTime))
    }

    @Test("an endless loop is ended from outside")
    func interrupted() async throws {
        let guest = try await Harness("chaos", engine: Harness.ownEngine())
        async let failure = guest.failure("loop")
        while guest.engine.metrics.slices < 3 && !Task.isCancelled { await Task.yield() }
        guest.engine.interrupt(guest.handle, reason: .killed)
        let error = await failure
        #expect(error?.code == .interrupted)
        #expect(error?.exitReason == .killed)
    }

    @Test("an endless loop lets others run after it has waited in a host call, too")
    func loopAfterWait() async throws {
        let executor = try GuestExecutor(threads: 1)
        let guest = try await Harness("chaos", engine: Harness.ownEngine())
        #expect(try await guest.ask("sleep 1") == "slept")
        let loop = Task(executorPreference: executor) { await guest.failure("loop") }
        while guest.engine.metrics.slices < 3 && !Task.isCancelled { await Task.yield() }
        // The one thread comes to this only where the guest's task gives it up between two slices.
        await Task(executorPreference: executor) { guest.engine.interrupt(guest.handle, reason: .killed) }.value
        #expect(await loop.value?.exitReason == .killed)
        executor.shutdown()
    }

    @Test("cancelling the calling task does not end the turn")
    func cancellation() async throws {
        let guest = try await Harness("chaos")
        let task = Task { try await guest.ask("sleep 1") }
        task.cancel()
        #expect(try await task.value == "slept")
    }

    @Test("a guest with our bindings that is refused memory is ended by its limit of memory")
    func memory() async throws {
        let guest = try await Harness(
            "chaos",
            limits: ResourceLimits(memoryBytes: 8 << 20, turnTime: Harness.patient.turnTime)
        )
        let error = try #require(await guest.failure("allocate"))
        #expect(error.exitReason == .limit(.memory))
    }

    @Test("an instance that begins with more memory than it may have is no instance")
    func memoryAtStart() async throws {
        let error = await #expect(throws: RuntimeError.self) {
            _ = try await Harness("chaos", limits: ResourceLimits(memoryBytes: 65_536))
        }
        #expect(error?.code == .limit)
        #expect(error?.exitReason == .limit(.memory))
    }

    @Test("fuel is filled anew each turn, and ends the turn when it is used up")
    func fuel() async throws {
        var configuration = WasmEngine.Configuration()
        configuration.countsFuel = true
        let engine = try WasmEngine(configuration)
        let guest = try await Harness(
            "chaos",
            limits: ResourceLimits(fuelPerTurn: 2_000_000),
            engine: engine
        )
        for _ in 0..<50 { #expect(try await guest.ask("echo x") == "x") }
        #expect(await guest.failure("loop")?.exitReason == .limit(.fuel))
    }

    @Test("a limit of fuel needs an engine that counts it")
    func fuelWithoutCounting() async throws {
        let error = await #expect(throws: RuntimeError.self) {
            _ = try await Harness("chaos", limits: ResourceLimits(fuelPerTurn: 1000))
        }
        #expect(error?.code == .invalidLimits)
        #expect(error?.message.contains("countsFuel") == true)
    }

    @Test("limits that make no sense are named at load")
    func invalid() async throws {
        let error = await #expect(throws: RuntimeError.self) {
            _ = try await Harness("chaos", limits: ResourceLimits(cpuTime: 0))
        }
        #expect(error?.code == .invalidLimits)
        #expect(error?.message.contains("cpuTime") == true)
    }

    @Test("a message and a reply may have the limit's bytes and no more")
    func messageBytes() async throws {
        let guest = try await Harness("chaos", limits: ResourceLimits(messageBytes: 1000))
        let longest = "echo " + String(repeating: "x", count: 995)
        #expect(try await guest.ask(longest)?.utf8.count == 995)
        #expect(await guest.failure(longest + "x")?.code == .tooLarge)
        #expect(try await guest.ask("big 1000")?.utf8.count == 1000)
        #expect(await guest.failure("big 1001")?.code == .tooLarge)
        #expect(try await guest.ask("echo on") == "on")
    }

    @Test("a guest error's text is held to the limit of a reply")
    func errorText() async throws {
        let guest = try await Harness("relay", limits: ResourceLimits(messageBytes: 1000))
        #expect(await guest.failure(String(repeating: "x", count: 1000))?.code == .tooLarge)
        #expect(try await guest.ask("self") == "\(guest.id)")
    }

    @Test("payloads of every byte value and of edge sizes come back equal", arguments: [0, 1, 256, 65_537, 1_048_571])
    func payloads(count: Int) async throws {
        let guest = try await Harness("chaos")
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let answer = try await guest.engine.callHandleMessage(
            guest.handle,
            ComponentMessage(payload: Array("echo ".utf8) + bytes)
        )
        #expect(try answer.get() == bytes)
    }

    @Test("an initialize that refuses, traps or loops leaves no instance")
    func initialize() async throws {
        let engine = try Harness.ownEngine()
        await #expect(throws: ActorError.failed("no")) {
            _ = try await Harness("chaos", arguments: "refuse no", engine: engine)
        }
        for command in ["trap", "loop"] {
            await #expect(throws: RuntimeError.self) {
                _ = try await Harness(
                    "chaos",
                    limits: ResourceLimits(cpuTime: 10_000_000),
                    arguments: command,
                    engine: engine
                )
            }
        }
        #expect(engine.metrics.liveInstances == 0)
    }

    @Test("a refusal of more than 64 KiB is not kept")
    func refusalText() async throws {
        let error = await #expect(throws: RuntimeError.self) {
            _ = try await Harness(
                "chaos",
                arguments: "refuse " + String(repeating: "x", count: (64 << 10) + 1)
            )
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.export == "initialize")
    }

    @Test("a second call while a turn runs is refused as busy, and the turn goes on")
    func busy() async throws {
        let clock = ManualClock()
        let guest = try await Harness("chaos", clock: clock)
        async let slept = guest.ask("sleep 1000")
        await clock.waitForTimers(2)
        #expect(await guest.failure("echo x")?.code == .busy)
        clock.advance(by: .seconds(1))
        #expect(try await slept == "slept")
        #expect(try await guest.ask("echo x") == "x")
    }

    @Test("a handle whose instance was unloaded is stale, and never another instance")
    func stale() async throws {
        let guest = try await Harness("counter")
        guest.engine.unload(guest.handle)
        guest.engine.unload(guest.handle)
        #expect(await guest.failure("get")?.code == .staleHandle)
        let other = try await Harness("counter", engine: guest.engine)
        #expect(await guest.failure("get")?.code == .staleHandle)
        #expect(try await other.ask("get") == "0")
        #expect(other.handle != guest.handle)
    }

    @Test("a handle of another engine is refused")
    func otherEngine() async throws {
        let guest = try await Harness("counter")
        let other = try WasmEngine()
        let error = await #expect(throws: RuntimeError.self) { try await other.health(guest.handle) }
        #expect(error?.code == .staleHandle)
    }

    @Test("the log is held to so many bytes per second")
    func logQuota() async throws {
        let clock = ManualClock()
        let guest = try await Harness("chaos", limits: ResourceLimits(logBytesPerSecond: 1000), clock: clock)
        let accepted = try #require(Int(try await guest.ask("flood 1000") ?? ""))
        #expect(accepted > 0 && accepted < 1000)
        #expect(guest.log.messages.count == accepted)
    }

    @Test("an entry without text counts as a line of the log")
    func emptyEntries() async throws {
        let guest = try await Harness(
            "chaos",
            limits: ResourceLimits(logBytesPerSecond: 100),
            clock: ManualClock()
        )
        for _ in 0..<6 { #expect(try await guest.ask("log ") == "logged") }
        #expect(try await guest.answer("log ") == .failure(.failed("log bytes: 100 per second")))
        #expect(guest.log.messages.count == 6)
    }

    @Test("a failure's text lies in the log before the trap")
    func lastWords() async throws {
        let guest = try await Harness("chaos")
        _ = await guest.failure("trap")
        #expect(guest.log.messages.contains { $0.contains("told to trap") }, "\(guest.log.messages)")
    }
}
