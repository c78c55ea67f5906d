import Testing
import WasmComponentModel

struct CallTests {
    @Test func synchronousCallReturnsItsResult() throws {
        #expect(try Harness(Guest.many).call("add", .u32(40), .u32(2)) == .u32(42))
    }

    @Test func asynchronousCallReturnsItsResult() async throws {
        #expect(try await Harness(Guest.many).callAsync("add", .u32(40), .u32(2)) == .u32(42))
    }

    @Test func synchronousHostFunctionServesASynchronousCall() throws {
        let harness = try Harness.host(g: { _, arguments in
            guard case .u32(let number) = arguments[0] else { return nil }
            return .u32(number + 1)
        })
        #expect(try harness.call("callg", .u32(7)) == .u32(8))
        #expect(try harness.call("callf") == .string("reply"))
    }

    @Test func asynchronousHostFunctionServesAnAsynchronousCall() async throws {
        let harness = try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("") }
                try root.defineAsync("g", type: Harness.hostG) { _, arguments in
                    await Task.yield()
                    return arguments[0]
                }
            }
        }
        #expect(try await harness.callAsync("callg", .u32(7)) == .u32(7))
    }

    @Test func typedCallWritesAndReadsWithoutValues() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let type = FunctionType(
            parameters: [.init(name: "a", type: .u32), .init(name: "b", type: .u32)],
            result: .u32
        )
        let add = try store.typedFunction(instance, "add", type: type)
        for number in UInt32(0)..<10 {
            let sum = try store.call(
                add,
                arguments: {
                    $0.next { $0.u32(number) }
                    $0.next { $0.u32(2) }
                },
                result: { (reader) throws(WasmError) in try reader.u32() }
            )
            #expect(sum == number + 2)
        }
        #expect(store.state == .ready)
    }
}
