import Testing
import WasmComponentModel

/// Misuses of asynchronous calls: here each is impossible or a typed error.
struct AsyncHazardTests {
    /// A guest whose host function `g` waits for a gate to open, and then returns its argument.
    private static func waiting(_ gate: Gate) throws -> Harness {
        try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("reply") }
                try root.defineAsync("g", type: Harness.hostG) { _, arguments in
                    await gate.wait()
                    return arguments[0]
                }
            }
        }
    }

    @Test func a1_pollAfterTheEndDoesNothing() async throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        var future = try store.startCall(try store.function(instance, "add"), [.u32(1), .u32(2)])
        #expect(future.poll() == .ready)
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(3))
        #expect(store.state == .ready)
    }

    @Test func a2_storeThatIsDroppedFirstLivesUntilItsFutureEnds() async throws {
        let gate = Gate()
        let harness = try Self.waiting(gate)
        var future: CallFuture
        do {
            let store = try harness.store(.async)
            let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
            future = try store.startCall(try store.function(instance, "callg"), [.u32(7)])
            #expect(future.poll() == .waiting)
        }
        gate.open()
        await future.waitForHost()
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(7))
    }

    @Test func a3_secondCallIsRefusedAndTheFirstGoesOn() async throws {
        let gate = Gate()
        let harness = try Self.waiting(gate)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let add = try store.function(instance, "add")
        var future = try store.startCall(try store.function(instance, "callg"), [.u32(7)])
        #expect(future.poll() == .waiting)
        let error = await #expect(throws: WasmError.self) { try await store.callAsync(add, [.u32(1), .u32(2)]) }
        #expect(error?.code == .storeBusy)
        gate.open()
        await future.waitForHost()
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(7))
        #expect(try await store.callAsync(add, [.u32(1), .u32(2)]) == .u32(3))
    }

    @Test func a4_futureMayBePolledByOneTaskAfterTheOther() async throws {
        let harness = try Harness(Guest.many)
        let results = try await Ticker.during(harness.engine) {
            try await withThrowingTaskGroup(of: Value?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await harness.callAsync("work", .u32(3_000_000)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(Set(results).count == 1)
    }

    struct Refusal: Error {}

    @Test func a5_hostFunctionThatFailsAtOnceEndsTheCall() async throws {
        let harness = try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("") }
                try root.defineTypedAsync("g", type: Harness.hostG) { (_, _) throws(WasmError) in
                    throw WasmError(.hostError, "refused", underlying: Refusal())
                }
            }
        }
        let error = await #expect(throws: WasmError.self) { try await harness.callAsync("callg", .u32(1)) }
        #expect(error?.code == .hostError)
        #expect(error?.underlying is Refusal)
    }

    @Test func a6_argumentsAreReadBeforeTheGuestIsSuspended() async throws {
        let seen = Box<[Value]>([])
        let harness = try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("g", type: Harness.hostG) { _, arguments in arguments[0] }
                try root.defineAsync("f", type: Harness.hostF) { _, arguments in
                    for _ in 0..<10 { await Task.yield() }
                    seen.value = arguments
                    return arguments[0]
                }
            }
        }
        #expect(try await harness.callAsync("callf") == .string("hello"))
        #expect(seen.value == [.string("hello")])
    }

    @Test func a7_hostFunctionThatFailsLateEndsTheCall() async throws {
        let harness = try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("") }
                try root.defineAsync("g", type: Harness.hostG) { _, _ in
                    await Task.yield()
                    throw Refusal()
                }
            }
        }
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let function = try store.function(instance, "callg")
        let error = await #expect(throws: WasmError.self) { try await store.callAsync(function, [.u32(1)]) }
        #expect(error?.code == .hostError)
        #expect(error?.underlying is Refusal)
        #expect(store.state == .finished)
    }

    @Test func a8_callThatIsDroppedWhileItsHostFunctionWaitsIsGone() async throws {
        let gate = Gate()
        let harness = try Self.waiting(gate)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let function = try store.function(instance, "callg")
        do {
            var future = try store.startCall(function, [.u32(7)])
            #expect(future.poll() == .waiting)
        }
        gate.open()
        #expect(store.state == .finished)
        let error = await #expect(throws: WasmError.self) { try await store.callAsync(function, [.u32(7)]) }
        #expect(error?.code == .storeFinished)
    }

    @Test func a8_droppedCallsReleaseTheirStoresAndHostFunctions() async throws {
        final class Token: Sendable {}
        final class Weak { weak var token: Token? }
        var released: [Weak] = []
        let gate = Gate()
        let harness = try Self.waiting(gate)
        for round in 0..<50 {
            let token = Token()
            released.append(Weak())
            released[round].token = token
            let store = try harness.store(.async) { $0.data = token }
            let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
            var future = try store.startCall(try store.function(instance, "callg"), [.u32(7)])
            if round % 2 == 0 { #expect(future.poll() == .waiting) }
        }
        #expect(released.allSatisfy { $0.token == nil })
        gate.open()
    }

    @Test func a9_hostFunctionMayCallIntoAnotherStore() async throws {
        let other = try Harness(Guest.many)
        let harness = try Harness.host(g: { _, arguments in try other.call("add", arguments[0], .u32(1)) })
        #expect(try await harness.callAsync("callg", .u32(41)) == .u32(42))
    }

    @Test func a10_recursionEndsAsATrapAndLeavesRoomForTheHost() async throws {
        let harness = try Harness(Guest.many)
        let error = await #expect(throws: WasmError.self) { try await harness.callAsync("rec", .u32(1)) }
        #expect(error?.trap == .stackOverflow)
    }
}

/// Something that asynchronous host functions wait for.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() {
        continuation.finish()
    }

    func wait() async {
        for await _ in stream {}
    }
}
