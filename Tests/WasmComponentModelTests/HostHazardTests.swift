import Testing
import WasmComponentModel

/// Mistakes of host code that end the process or finish the store in the C API: here each is a typed error, or cannot be
/// written at all.
struct HostHazardTests {
    private static let addType = FunctionType(
        parameters: [.init(name: "a", type: .u32), .init(name: "b", type: .u32)],
        result: .u32
    )

    private func expectReady(_ store: borrowing Store, _ instance: Instance) throws {
        let sum = try store.call(try store.function(instance, "add"), [.u32(1), .u32(2)])
        #expect(sum == .u32(3))
    }

    @Test func h1_resultSlotIsCleanForEveryCall() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let text = try store.function(instance, "mkstr")
        for length in [UInt32(0), 40_000, 3] {
            #expect(try store.call(text, [.u32(length)]) == .string(String(repeating: "a", count: Int(length))))
            try expectReady(store, instance)
        }
    }

    @Test func h2_textIsAlwaysUTF8() throws {
        let text = String(decoding: [0x61, 0xFF], as: UTF8.self)
        #expect(try Harness(Guest.many).call("takes-str", .string(text)) == .u32(4))
    }

    @Test func h2_nameThatIsNoNameIsRefused() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let function = try store.function(instance, "takes-enum")
        let name = String(decoding: [0xFF], as: UTF8.self)
        let error = #expect(throws: WasmError.self) { try store.call(function, [.enumeration(name)]) }
        #expect(error?.code == .invalidValue)
        try expectReady(store, instance)
    }

    @Test func h3_surrogatesAreNoCharactersAndEmptyTextIsText() throws {
        #expect(Unicode.Scalar(UInt32(0xD800)) == nil)
        #expect(try Harness(Guest.many).call("takes-char", .char("\u{10FFFF}")) == .u32(0))
        #expect(try Harness(Guest.many).call("takes-str", .string("")) == .u32(0))
    }

    @Test func h4_argumentThatIsNotWrittenIsRefused() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let add = try store.typedFunction(instance, "add", type: Self.addType)
        let error = #expect(throws: WasmError.self) {
            try store.call(
                add,
                arguments: {
                    $0.next { $0.u32(1) }
                    $0.next { _ in }
                },
                result: { (reader) throws(WasmError) in try reader.u32() }
            )
        }
        #expect(error?.code == .invalidValue)
        try expectReady(store, instance)
    }

    @Test(arguments: [
        ("takes-str", [Value.u32(1)]), ("takes-enum", [.enumeration("zz")]), ("add", [.u32(1)]),
        ("add", [.u32(1), .u32(2), .u32(3)]), ("add", [.u32(1), .s32(2)]),
    ])
    func h5_wrongArgumentLeavesTheStoreReady(_ name: String, _ arguments: [Value]) throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let function = try store.function(instance, name)
        let error = #expect(throws: WasmError.self) { try store.call(function, arguments) }
        #expect(error?.code == .invalidValue)
        try expectReady(store, instance)
    }

    @Test func h5_typedFunctionOfAnotherTypeIsNotBound() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let error = #expect(throws: WasmError.self) {
            _ = try store.typedFunction(instance, "add", type: FunctionType(result: .u32))
        }
        #expect(error?.code == .typeMismatch)
    }

    struct Refusal: Error {}

    @Test func h6_hostFunctionThatReturnsNothingOrAnotherKindIsAnError() throws {
        for result in [nil, Value.string("no")] {
            let harness = try Harness.host(g: { _, _ in result })
            let error = #expect(throws: WasmError.self) { try harness.call("callg", .u32(1)) }
            #expect(error?.code == .invalidValue)
        }
    }

    @Test func h6_hostFunctionThatThrowsEndsTheGuestWithItsError() throws {
        let harness = try Harness.host(g: { _, _ in throw Refusal() })
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let error = #expect(throws: WasmError.self) {
            try store.call(try store.function(instance, "callg"), [.u32(1)])
        }
        #expect(error?.code == .hostError)
        #expect(error?.underlying is Refusal)
        #expect(store.state == .finished)
        let next = #expect(throws: WasmError.self) {
            try store.call(try store.function(instance, "add"), [.u32(1), .u32(2)])
        }
        #expect(next?.code == .storeFinished)
    }

    @Test func h6_failureOfAnotherStoreIsAHostErrorHere() throws {
        let other = try Harness(Guest.many)
        let harness = try Harness.host(g: { _, _ in try other.call("unreach") })
        let error = #expect(throws: WasmError.self) { try harness.call("callg", .u32(1)) }
        #expect(error?.code == .hostError)
        #expect((error?.underlying as? WasmError)?.trap == .unreachable)
    }

    @Test func h7_functionOfAnotherStoreIsRefused() throws {
        let harness = try Harness(Guest.many)
        let first = try harness.store(.sync)
        let second = try harness.store(.sync)
        let instance = try first.instantiate(harness.component, linker: harness.linker)
        let other = try second.instantiate(harness.component, linker: harness.linker)
        let add = try first.function(instance, "add")
        let call = #expect(throws: WasmError.self) { try second.call(add, [.u32(1), .u32(2)]) }
        #expect(call?.code == .wrongStore)
        let lookup = #expect(throws: WasmError.self) { _ = try second.function(instance, "add") }
        #expect(lookup?.code == .wrongStore)
        try expectReady(first, instance)
        try expectReady(second, other)
    }

    @Test func h8_componentOfAnotherEngineIsRefused() throws {
        let first = try Harness(Guest.many)
        let second = try Harness(Guest.many)
        let store = try first.store(.sync)
        for (component, linker) in [(second.component, first.linker), (first.component, second.linker)] {
            let error = #expect(throws: WasmError.self) { _ = try store.instantiate(component, linker: linker) }
            #expect(error?.code == .wrongEngine)
        }
    }

    @Test func h9_storeLivesUntilItsRunningCallEnds() async throws {
        let harness = try Harness(Guest.many)
        var future: CallFuture
        do {
            let store = try harness.store(.async)
            let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
            future = try store.startCall(try store.function(instance, "add"), [.u32(40), .u32(2)])
        }
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(42))
    }

    @Test func h10_secondCallAtOnceIsRefused() async throws {
        let harness = try Harness(Guest.many)
        let shared = try SharedStore(harness.store(.sync))
        let instance = try shared.store.instantiate(harness.component, linker: harness.linker)
        let work = try shared.store.function(instance, "work")
        let outcomes = await withTaskGroup(of: WasmError.Code?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        do throws(WasmError) {
                            _ = try shared.store.call(work, [.u32(2_000)])
                        } catch {
                            return error.code
                        }
                    }
                    return nil
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .storeBusy })
        #expect(shared.store.state == .ready)
    }

    @Test func h11_valueNestedTooDeepIsRefused() throws {
        var value = Value.u8(1)
        var type = ValueType.u8
        for _ in 0..<150 {
            value = .option(value)
            type = .option(type)
        }
        let (nested, nestedType) = (value, type)
        let deep = #expect(throws: WasmError.self) { try nested.validate(against: nestedType) }
        #expect(deep?.code == .tooLarge)
        let other = #expect(throws: WasmError.self) { try nested.validate(against: .option(.u8)) }
        #expect(other?.code == .invalidValue)
        var linker = Linker(engine: try Engine())
        let definition = #expect(throws: WasmError.self) {
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: FunctionType(result: nestedType)) { _, _ in nested }
            }
        }
        #expect(definition?.code == .unsupportedType)
    }

    @Test(arguments: [-1, Int.max]) func h12_impossibleCountIsRefusedBeforeAnythingIsAllocated(_ count: Int) throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let add = try store.typedFunction(instance, "add", type: Self.addType)
        let error = #expect(throws: WasmError.self) {
            try store.call(
                add,
                arguments: {
                    $0.next { $0.record(count) { _ in } }
                    $0.next { $0.tuple(count) { _ in } }
                },
                result: { (reader) throws(WasmError) in try reader.u32() }
            )
        }
        #expect(error?.code == .invalidValue)
        try expectReady(store, instance)
    }

    @Test func h12_hugeListIsRefusedBeforeItIsBuilt() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let type = FunctionType(parameters: [.init(name: "s", type: .list(.u8))], result: .u32)
        let function = try store.typedFunction(instance, "takes-list", type: type)
        let bytes = [UInt8](repeating: 0, count: 2_796_203)
        let error = #expect(throws: WasmError.self) {
            try store.call(
                function,
                arguments: { $0.next { $0.bytes(bytes) } },
                result: { (reader) throws(WasmError) in try reader.u32() }
            )
        }
        #expect(error?.code == .tooLarge)
        try expectReady(store, instance)
    }
}

/// A store that several tasks refer to.
final class SharedStore: Sendable {
    let store: Store

    init(_ store: consuming Store) {
        self.store = store
    }
}
