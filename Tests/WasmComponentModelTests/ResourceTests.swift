import Testing
import WasmComponentModel

struct ResourceTests {
    private static let handle = ResourceType(name: "r")

    /// The host of `Guest.hostResource`, which counts what is dropped.
    private static func hosted(
        dropped: Box<[UInt32]>,
        look: @escaping @Sendable (borrowing ArgumentReader) throws(WasmError) -> UInt32
    ) throws -> Harness {
        try Harness(Guest.hostResource) { linker in
            try linker.root { (root) throws(WasmError) in
                let type = try root.defineResource("r") { _, representation in
                    dropped.value.append(representation)
                }
                try root.define("make", type: FunctionType(result: .own(handle))) { _, _ in
                    .resource(ResourceHandle(type, representation: 42))
                }
                let lookType = FunctionType(parameters: [.init(name: "x", type: .borrow(handle))], result: .u32)
                try root.defineTyped("look", type: lookType) { (_, arguments, result) throws(WasmError) in
                    result.u32(try look(arguments))
                }
            }
        }
    }

    @Test func hostResourceIsLentUsedAndDropped() throws {
        let dropped = Box<[UInt32]>([])
        let harness = try Self.hosted(dropped: dropped) { (arguments) throws(WasmError) in
            try arguments.argument(0) { (reader) throws(WasmError) in try reader.resource().representation ?? 0 }
        }
        #expect(try harness.call("use") == .u32(42))
        #expect(dropped.value == [42])
    }

    @Test func h19_borrowThatIsNeverReadIsNoError() throws {
        let dropped = Box<[UInt32]>([])
        let harness = try Self.hosted(dropped: dropped) { (_) throws(WasmError) in 7 }
        #expect(try harness.call("use") == .u32(7))
    }

    @Test func hostResourceComesBackAsItsRepresentation() throws {
        let harness = try Self.hosted(dropped: Box([])) { (_) throws(WasmError) in 0 }
        guard case .resource(let handle)? = try harness.call("give") else {
            Issue.record("no resource came back")
            return
        }
        #expect(handle.representation == 42)
        #expect(handle.isOwned)
    }

    @Test func g19_dataOfTheStoreIsReleasedWithItsLeakedResources() throws {
        final class Table: Sendable {}
        weak var released: Table?
        let dropped = Box<[UInt32]>([])
        let harness = try Self.hosted(dropped: dropped) { (_) throws(WasmError) in 0 }
        do {
            let table = Table()
            released = table
            let store = try harness.store(.sync) { $0.data = table }
            let instance = try store.instantiate(harness.component, linker: harness.linker)
            #expect(try store.call(try store.function(instance, "keep"), []) == nil)
        }
        #expect(dropped.value.isEmpty)
        #expect(released == nil)
    }

    @Test func handleThatDoesNotExistIsATrap() throws {
        let harness = try Self.hosted(dropped: Box([])) { (_) throws(WasmError) in 0 }
        let error = #expect(throws: WasmError.self) { try harness.call("bad-drop") }
        #expect(error?.trap == .abiViolation)
    }

    @Test func importedResourceThatNobodyDefinesIsNamed() throws {
        let harness = try Harness(Guest.hostResource)
        let error = #expect(throws: WasmError.self) { try harness.call("use") }
        #expect(error?.code == .missingImport)
    }

    @Test func h20_guestsResourceIsDroppedByTheFormOfItsStore() async throws {
        let harness = try Harness(Guest.ownResource)
        let sync = try harness.store(.sync)
        let instance = try sync.instantiate(harness.component, linker: harness.linker)
        let given = try sync.call(try sync.function(instance, "give"), [])
        guard case .resource(let handle)? = given else {
            Issue.record("no resource came back")
            return
        }
        try sync.drop(handle)
        let async = try harness.store(.async)
        let other = try await async.instantiateAsync(harness.component, linker: harness.linker)
        let second = try await async.callAsync(try async.function(other, "give"), [])
        guard case .resource(let asyncHandle)? = second else {
            Issue.record("no resource came back")
            return
        }
        let error = #expect(throws: WasmError.self) { try async.drop(asyncHandle) }
        #expect(error?.code == .storeKind)
        #expect(async.state == .ready)
        try await async.dropAsync(asyncHandle)
        #expect(async.liveResourceCount == 0)
    }

    @Test func h21_handleDroppedTwiceOrInAnotherStoreIsATypedError() throws {
        let harness = try Harness(Guest.ownResource)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let other = try harness.store(.sync)
        let otherInstance = try other.instantiate(harness.component, linker: harness.linker)
        let given = try store.call(try store.function(instance, "give"), [])
        guard case .resource(let handle)? = given else {
            Issue.record("no resource came back")
            return
        }
        let crossed = #expect(throws: WasmError.self) { try other.drop(handle) }
        #expect(crossed?.code == .wrongStore)
        let look = try other.function(otherInstance, "look")
        let passed = #expect(throws: WasmError.self) { try other.call(look, [.resource(handle)]) }
        #expect(passed?.code == .wrongStore)
        try store.drop(handle)
        #expect(throws: WasmError.self) { try store.drop(handle) }
    }

    @Test func aTypeThatIsTwoWhereTheComponentMeansOneIsRefusedByName() throws {
        let text = #"""
            (component (import "host" (instance
              (export "a" (type $a (sub resource))) (export "b" (type (eq $a))))))
            """#
        let harness = try Harness(text) { linker in
            try linker.instance("host") { (host) throws(WasmError) in
                _ = try host.defineResource("a") { _, _ in }
                _ = try host.defineResource("b") { _, _ in }
            }
        }
        let store = try harness.store(.sync)
        let error = #expect(throws: WasmError.self) {
            _ = try store.instantiate(harness.component, linker: harness.linker)
        }
        #expect(error?.code == .missingImport)
        #expect(error?.details.contains("mismatched resource types") == true)
    }
}
