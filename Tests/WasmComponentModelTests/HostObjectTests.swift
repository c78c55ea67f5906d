import Synchronization
import Testing
import WasmComponentModel

private let blob = HostResourceType()
private let other = HostResourceType()
private let own = ValueType.own(ResourceType(name: "blob"))
private let borrow = ValueType.borrow(ResourceType(name: "blob"))

/// The host's objects in the store's table.
struct HostObjectTests {
    /// An object that counts how many of its kind there are.
    private final class Blob: Sendable {
        let number: UInt32
        private let alive: Counter

        init(_ number: UInt32, _ alive: Counter) {
            self.number = number
            self.alive = alive
            alive.add(1)
        }

        deinit {
            alive.add(-1)
        }
    }

    private final class Counter: Sendable {
        private let number = Atomic<Int>(0)

        var value: Int { number.load(ordering: .relaxed) }

        func add(_ change: Int) {
            number.wrappingAdd(change, ordering: .relaxed)
        }
    }

    /// A host of `Guest.hostObjects` and calls of its exports.
    private final class Host: Sendable {
        let alive = Counter()
        let handedOver = Box<(any AnyObject & Sendable)?>(nil)
        let store: Store
        private let instance: Instance

        init(
            _ kind: StoreConfiguration.Kind = .async,
            limit: Int = 10_000,
            made: HostResourceType = blob,
            readsHandedOver: Bool = true
        ) async throws {
            let (alive, handedOver) = (alive, handedOver)
            let harness = try Harness(Guest.hostObjects) { linker in
                try linker.root { (root) throws(WasmError) in
                    try root.defineResource("blob", type: blob)
                    try root.defineResource("other", type: other)
                    try root.defineTyped("make", type: FunctionType(result: own)) { _, _, result in
                        result.hostResource(Blob(7, alive), made)
                    }
                    let look = FunctionType(parameters: [.init(name: "x", type: borrow)], result: .u32)
                    try root.defineTyped("look", type: look) { (_, arguments, result) throws(WasmError) in
                        let object = try arguments.argument(0) { (reader) throws(WasmError) in
                            try reader.hostResource(blob)
                        }
                        result.u32((object as? Blob)?.number ?? 0)
                    }
                    let hand = FunctionType(parameters: [.init(name: "x", type: own)])
                    try root.defineTyped("hand-over", type: hand) { (_, arguments, _) throws(WasmError) in
                        guard readsHandedOver else { return }
                        handedOver.value = try arguments.argument(0) { (reader) throws(WasmError) in
                            try reader.hostResource(blob)
                        }
                    }
                }
            }
            let store = try harness.store(kind) { $0.limits.hostResources = limit }
            switch kind {
            case .async: instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
            case .sync: instance = try store.instantiate(harness.component, linker: harness.linker)
            }
            self.store = store
        }

        @discardableResult
        func call(_ name: String, _ arguments: Value...) async throws(WasmError) -> Value? {
            let function = try store.function(instance, name)
            return switch store.kind {
            case .async: try await store.callAsync(function, arguments)
            case .sync: try store.call(function, arguments)
            }
        }

        /// Calls a function with an object as its only argument.
        func pass(
            _ name: String,
            _ type: ValueType,
            result: ValueType? = nil,
            _ write: (inout ValueWriter) -> Void
        ) async throws(WasmError) -> Value? {
            let type = FunctionType(parameters: [.init(name: "x", type: type)], result: result)
            return try await pass(name, type) { $0.next(write) }
        }

        /// Calls a function with arguments that are written.
        func pass(
            _ name: String,
            _ type: FunctionType,
            _ write: (inout ArgumentWriter) -> Void
        ) async throws(WasmError) -> Value? {
            let function = try store.typedFunction(instance, name, type: type)
            let read = { (reader: borrowing ValueReader) throws(WasmError) -> Value? in
                type.result == nil ? nil : try reader.value()
            }
            return switch store.kind {
            case .async: try await store.callAsync(function, arguments: write, result: read)
            case .sync: try store.call(function, arguments: write, result: read)
            }
        }

        /// Has the guest give an object back.
        func give(_ type: HostResourceType) async throws(WasmError) -> any AnyObject & Sendable {
            let function = try store.typedFunction(instance, "give", type: FunctionType(result: own))
            return try await store.callAsync(function) { _ in
            } result: { (reader) throws(WasmError) in
                try reader.hostResource(type)
            }
        }
    }

    @Test(arguments: [StoreConfiguration.Kind.async, .sync])
    func objectLivesUntilTheGuestDropsIt(_ kind: StoreConfiguration.Kind) async throws {
        let host = try await Host(kind)
        try await host.call("leak", .u32(1))
        #expect(host.alive.value == 1)
        #expect(try await host.call("look-at-kept") == .u32(7))
        try await host.call("drop-kept")
        #expect(host.alive.value == 0)
    }

    @Test func objectsThatTheGuestLeaksGoWithTheStore() async throws {
        let alive: Counter
        do {
            let host = try await Host()
            alive = host.alive
            try await host.call("leak", .u32(1_000))
            #expect(alive.value == 1_000)
        }
        #expect(alive.value == 0)
    }

    @Test func tableThatIsFullIsATypedError() async throws {
        let host = try await Host(limit: 10)
        try await host.call("leak", .u32(10))
        let error = await #expect(throws: WasmError.self) { try await host.call("leak", .u32(1)) }
        #expect(error?.code == .limitExceeded)
        #expect(host.alive.value == 10)
    }

    @Test func droppedObjectMakesRoom() async throws {
        let host = try await Host(limit: 1)
        for _ in 0..<3 {
            try await host.call("leak", .u32(1))
            try await host.call("drop-kept")
        }
        #expect(host.alive.value == 0)
    }

    @Test(arguments: [StoreConfiguration.Kind.async, .sync])
    func lentObjectIsSeenDuringTheCallOnly(_ kind: StoreConfiguration.Kind) async throws {
        let host = try await Host(kind, limit: 1)
        // More often than libwasmtime has places for handles, so that each must be given back.
        for number in 0..<UInt32(100_100) {
            let seen = try await host.pass("visit", borrow, result: .u32) {
                $0.lentHostResource(Blob(number, host.alive), blob)
            }
            guard seen == .u32(number), host.alive.value == 0 else {
                Issue.record(
                    "call \(number) answered \(String(describing: seen)), \(host.alive.value) objects are left"
                )
                return
            }
        }
    }

    @Test func objectIsGivenToTheGuestAndKeptThere() async throws {
        let host = try await Host()
        _ = try await host.pass("keep", own) { $0.hostResource(Blob(12, host.alive), blob) }
        #expect(host.alive.value == 1)
        #expect(try await host.call("look-at-kept") == .u32(12))
    }

    @Test func objectComesBackAsItself() async throws {
        let host = try await Host(limit: 1)
        try await host.call("hand-over")
        #expect((host.handedOver.value as? Blob)?.number == 7)
        let given = try await host.give(blob)
        #expect((given as? Blob)?.number == 7)
        #expect(host.alive.value == 2)
        host.handedOver.value = nil
        #expect(host.alive.value == 1)
    }

    @Test func objectThatTheHostDoesNotReadIsReleased() async throws {
        let host = try await Host(limit: 1, readsHandedOver: false)
        for _ in 0..<3 {
            try await host.call("hand-over")
        }
        #expect(host.alive.value == 0)
    }

    @Test func objectOfAnotherTypeIsATypedError() async throws {
        let host = try await Host()
        let error = await #expect(throws: WasmError.self) { _ = try await host.give(other) }
        #expect(error?.code == .typeMismatch)
        #expect(host.store.state == .ready)
        let wrong = try await Host(made: other)
        let made = await #expect(throws: WasmError.self) { try await wrong.call("leak", .u32(1)) }
        #expect(made?.code == .typeMismatch)
    }

    @Test func callThatIsRefusedReleasesItsObjects() async throws {
        let host = try await Host(limit: 1)
        for _ in 0..<3 {
            let error = await #expect(throws: WasmError.self) {
                _ = try await host.pass("keep", own) { $0.lentHostResource(Blob(1, host.alive), blob) }
            }
            #expect(error?.code == .invalidValue)
            #expect(host.alive.value == 0)
        }
        let twice = await #expect(throws: WasmError.self) {
            _ = try await host.pass("keep", own) {
                $0.hostResource(Blob(1, host.alive), blob)
                $0.u32(1)
            }
        }
        #expect(twice?.code == .invalidValue)
        #expect(host.alive.value == 0)
        #expect(host.store.state == .ready)
    }

    @Test func representationThatIsInNoTableIsATypedError() async throws {
        let host = try await Host()
        let forged = ResourceHandle(blob, representation: 4_711)
        let error = await #expect(throws: WasmError.self) { try await host.call("keep", .resource(forged)) }
        #expect(error?.code == .invalidValue)
        #expect(host.store.state == .ready)
    }

    @Test func handleOfAValueComesBackAndIsPassedOn() async throws {
        let host = try await Host()
        guard let value = try await host.call("give"), case .resource(let handle) = value else {
            Issue.record("no resource came back")
            return
        }
        let lent = ResourceHandle(blob, representation: try #require(handle.representation), isOwned: false)
        #expect(try await host.call("visit", .resource(lent)) == .u32(7))
        try await host.call("keep", value)
        try await host.call("drop-kept")
        #expect(host.alive.value == 0)
        let again = await #expect(throws: WasmError.self) { try await host.call("keep", value) }
        #expect(again?.code == .invalidValue)
    }

    @Test func objectsOfOneStoreAreNotSeenInAnother() async throws {
        let first = try await Host()
        let second = try await Host()
        guard let value = try await first.call("give") else {
            Issue.record("no resource came back")
            return
        }
        let error = await #expect(throws: WasmError.self) { try await second.call("keep", value) }
        #expect(error?.code == .invalidValue)
    }

    @Test func handleOfAnotherTypeIsTheGuestsFault() async throws {
        let host = try await Host()
        let error = await #expect(throws: WasmError.self) { try await host.call("look-at-own") }
        #expect(error?.trap == .abiViolation)
    }

    @Test func lentObjectIsNotTheGuestsToGive() async throws {
        let host = try await Host()
        let error = await #expect(throws: WasmError.self) {
            _ = try await host.pass("hand-over-lent", borrow) { $0.lentHostResource(Blob(1, host.alive), blob) }
        }
        #expect(error?.trap == .abiViolation)
        #expect(host.alive.value == 0)
    }

    @Test func objectThatIsGivenAndLentInOneCall() async throws {
        let host = try await Host()
        let type = FunctionType(
            parameters: [.init(name: "a", type: own), .init(name: "b", type: borrow)],
            result: .u32
        )
        #expect(
            try await host.pass("two", type) {
                $0.next { $0.hostResource(Blob(1, host.alive), blob) }
                $0.next { $0.lentHostResource(Blob(2, host.alive), blob) }
            } == .u32(2)
        )
        #expect(host.alive.value == 0)
    }
}
