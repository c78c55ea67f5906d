import TestSupport
import Testing
import WasmActorTestKit
import WasmCore

@testable import WasmRuntime

@Suite("Host functions, from a guest")
struct HostFunctionTests {
    @Test("a message goes to the router with sender, target and payload")
    func send() async throws {
        let guest = try await Harness("relay", grants: .all)
        #expect(try await guest.ask("send a/b/c hello there") == "sent")
        let expected = RecordingRouter.Delivery(
            sender: guest.id,
            target: try ActorID("a/b/c"),
            payload: Array("hello there".utf8)
        )
        #expect(guest.router.deliveries == [expected])
    }

    @Test("a request's reply reaches the guest")
    func request() async throws {
        let router = RecordingRouter { delivery, _ in .success(Array(delivery.payload.reversed())) }
        let guest = try await Harness("relay", grants: .all, router: router)
        #expect(try await guest.ask("ask a/b/c abc") == "cba")
    }

    @Test(
        "each messaging error reaches the guest as it is",
        arguments: [
            (MessagingError.timeout, "timeout"), (.cancelled, "cancelled"), (.quota("x"), "quota: x"),
            (.died(.trap(.stackOverflow)), "died: trap stack-overflow"),
            (.guestError(.failed("no")), "guest-error: failed: no"),
            (.tooLarge(SizeLimit(size: 2, limit: 1)), "too-large: 2 of 1"),
        ]
    )
    func errors(error: MessagingError, text: String) async throws {
        let guest = try await Harness("relay", grants: .all, router: RecordingRouter { _, _ in .failure(error) })
        #expect(try await guest.ask("ask a/b/c x") == text)
    }

    @Test("a target that is no id is an invalid argument, not a trap", arguments: ["A/b/c", "a/b/.."])
    func invalidTarget(target: String) async throws {
        let guest = try await Harness("relay", grants: .all)
        let reply = try #require(try await guest.ask("send \(target) x"))
        #expect(reply.hasPrefix("invalid-argument"), "\(reply)")
        #expect(guest.router.deliveries.isEmpty)
    }

    @Test("a payload over the limit is refused to the guest")
    func tooLarge() async throws {
        let guest = try await Harness("relay", grants: .all, limits: ResourceLimits(messageBytes: 100))
        #expect(try await guest.ask("send a/b/c \(String(repeating: "x", count: 80))") == "sent")
        let limited = try await Harness("chaos", limits: ResourceLimits(messageBytes: 100))
        #expect(await limited.failure(String(repeating: "x", count: 101))?.code == .tooLarge)
    }

    @Test("more bytes than a turn may carry end the turn")
    func hostCallBytes() async throws {
        let guest = try await Harness("relay", grants: .all, limits: ResourceLimits(hostCallBytes: 100))
        #expect(try await guest.ask("send a/b/c \(String(repeating: "x", count: 100))") == "sent")
        let error = await guest.failure("send a/b/c \(String(repeating: "x", count: 101))")
        #expect(error?.exitReason == .limit(.hostCallBytes))
    }

    @Test("a listing takes 1 to 1000 ids")
    func listLimit() async throws {
        let guest = try await Harness("relay", grants: .all)
        for limit in ["0", "1001"] {
            let reply = try #require(try await guest.ask("list ** \(limit)"))
            #expect(reply.hasPrefix("invalid-argument"), "\(reply)")
        }
    }

    @Test("a guest knows who it is")
    func selfID() async throws {
        let guest = try await Harness("relay", id: "demo/relay/seven")
        #expect(try await guest.ask("self") == "demo/relay/seven")
    }

    @Test("time is the injected clock's")
    func time() async throws {
        let clock = ManualClock()
        let guest = try await Harness("relay", clock: clock)
        #expect(try await guest.ask("time") == String(clock.wallTime))
        clock.advance(by: .seconds(1))
        #expect(try await guest.ask("time") == String(clock.wallTime))
        #expect(try await guest.ask("monotonic") == "1001000000000")
    }

    @Test("a sleep lasts as long as the clock says, and ends at a kill")
    func sleep() async throws {
        let clock = ManualClock()
        let guest = try await Harness("relay", clock: clock)
        async let slept = guest.ask("sleep 1000")
        await clock.waitForTimers(2)
        clock.advance(by: .seconds(1))
        #expect(try await slept == "slept")
        #expect(clock.pendingTimers == 0)

        async let killed = guest.failure("sleep 1000")
        await clock.waitForTimers(2)
        guest.engine.interrupt(guest.handle, reason: .killed)
        #expect(await killed?.exitReason == .killed)
        #expect(clock.pendingTimers == 0)
    }

    @Test("random bytes come in the number asked for, up to 1 MiB")
    func random() async throws {
        let guest = try await Harness(
            "relay",
            limits: ResourceLimits(turnTime: Harness.patient.turnTime, messageBytes: 2 << 20)
        )
        #expect(try await guest.answer("random 0").get() == [])
        #expect(try await guest.answer("random 1048576").get()?.count == 1 << 20)
        let refused = try #require(try await guest.ask("random 1048577"))
        #expect(refused.hasPrefix("too-large"))
        let (one, two) = (try await guest.answer("random 32").get(), try await guest.answer("random 32").get())
        #expect(one != two)
    }

    @Test("a log entry has the actor, its level and its fields")
    func log() async throws {
        let guest = try await Harness("relay")
        #expect(try await guest.ask("log warning something is off") == "logged")
        let entry = try #require(guest.log.all.first)
        #expect(entry.actor == guest.id)
        #expect(entry.level == .warning)
        #expect(entry.message == "something is off")
        #expect(entry.fields == [Field(name: "actor", value: "relay")])
    }

    @Test("storage keeps what was stored, for this actor alone, and shared areas for all with a grant")
    func storage() async throws {
        let storage = MemoryStorage()
        let one = try await Harness("relay", grants: .all, id: "a/b/one", storage: storage)
        let two = try await Harness("relay", grants: .all, engine: one.engine, id: "a/b/two", storage: storage)
        #expect(try await one.ask("set private k secret") == "stored")
        #expect(try await one.ask("get private k") == "secret")
        #expect(try await two.ask("get private k") == "none")
        #expect(try await one.ask("set shared:pool k common") == "stored")
        #expect(try await two.ask("get shared:pool k") == "common")
        #expect(try await two.ask("exists private k") == "false")
        #expect(try await one.ask("exists private k") == "true")
        #expect(try await one.ask("delete private k") == "true")
        #expect(try await one.ask("delete private k") == "false")
    }

    @Test("keys come in pages")
    func paging() async throws {
        let guest = try await Harness("relay", grants: .all)
        for key in ["p/a", "p/b", "p/c", "q"] { _ = try await guest.ask("set private \(key) x") }
        #expect(try await guest.ask("keys private p/ 2") == "p/a\np/b\ncursor p/b")
        #expect(try await guest.ask("keys private p/ 2 p/b") == "p/c")
    }

    @Test("compare-and-set changes nothing where the value is another")
    func compareAndSet() async throws {
        let guest = try await Harness("relay", grants: .all)
        #expect(try await guest.ask("swap private k - one") == "swapped")
        #expect(try await guest.ask("swap private k - two") == "conflict")
        #expect(try await guest.ask("swap private k one two") == "swapped")
        #expect(try await guest.ask("get private k") == "two")
    }

    @Test("the storage quota is exact at its boundary")
    func quota() async throws {
        let guest = try await Harness("relay", grants: .all, limits: ResourceLimits(storageBytes: 10))
        #expect(try await guest.ask("set private k 123456789") == "stored")
        #expect(try await guest.ask("usage private") == "1 keys, 10 of 10 bytes")
        let refused = try #require(try await guest.ask("set private k 1234567890"))
        #expect(refused.hasPrefix("quota"), "\(refused)")
        #expect(try await guest.ask("get private k") == "123456789")
    }

    @Test("a key may have 512 bytes")
    func longestKey() async throws {
        let guest = try await Harness("relay", grants: .all)
        #expect(try await guest.ask("set private \(String(repeating: "k", count: 512)) x") == "stored")
        let refused = try #require(try await guest.ask("set private \(String(repeating: "k", count: 513)) x"))
        #expect(refused.hasPrefix("invalid-argument"))
    }

    @Test("an area's name that is none is refused")
    func areaName() async throws {
        let guest = try await Harness("relay", grants: .all)
        let refused = try #require(try await guest.ask("set shared:A k x"))
        #expect(refused.hasPrefix("invalid-argument"), "\(refused)")
    }

    @Test("metadata and health are the guest's own words")
    func metadata() async throws {
        let guest = try await Harness("chaos")
        #expect(try await guest.engine.metadata(guest.handle).name == "chaos")
        #expect(try await guest.engine.health(guest.handle) == .healthy)
        _ = try await guest.ask("health degraded tired")
        #expect(try await guest.engine.health(guest.handle) == .degraded("tired"))
    }

    @Test("handle-response and handle-down reach the guest with what they carry")
    func callbacks() async throws {
        let guest = try await Harness("relay")
        try await guest.engine.callHandleResponse(guest.handle, correlationID: 7, response: .success([0x68, 0x69]))
        try await guest.engine.callHandleResponse(guest.handle, correlationID: 8, response: .failure(.timeout))
        try await guest.engine.callHandleDown(guest.handle, id: ActorID("a/b/c"), reason: .killed)
        #expect(try await guest.ask("notes") == "response 7 hi\nresponse 8 timeout\ndown a/b/c killed")
    }

    @Test("shutdown is called with its reason and may still do things")
    func shutdown() async throws {
        let guest = try await Harness("chaos")
        _ = try await guest.ask("shutdown log bye")
        try await guest.engine.callShutdown(guest.handle, reason: .shutdown)
        #expect(guest.log.messages.contains("bye"))
    }
}
