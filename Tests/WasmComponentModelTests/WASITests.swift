import Testing
import WasmComponentModel

struct WASITests {
    private static func harness() throws -> Harness {
        try Harness(Guest.wasi) { linker in try linker.addWASIPreview2() }
    }

    @Test func g15_worldIsThereWithoutAsking() throws {
        guard case .list(let bytes)? = try Self.harness().call("random", .u32(16)) else {
            Issue.record("no list came back")
            return
        }
        #expect(bytes.count == 16)
    }

    @Test(arguments: [(UInt32(0), Int32(0)), (1, 1)]) func exitIsTyped(_ argument: UInt32, _ status: Int32) async throws
    {
        let error = await #expect(throws: WasmError.self) {
            try await Self.harness().callAsync("exit", .u32(argument))
        }
        #expect(error?.code == .exit)
        #expect(error?.exitStatus == status)
    }

    @Test func outputGoesToTheHost() throws {
        let harness = try Self.harness()
        let output = Box<[UInt8]>([])
        let store = try harness.store(.sync) { configuration in
            configuration.wasi.standardOutput = { output.value += $0 }
        }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        _ = try store.call(try store.function(instance, "print"), [])
        #expect(String(decoding: output.value, as: UTF8.self) == "printed")
    }

    @Test func outputIsDroppedWhereNobodyListens() throws {
        #expect(try Self.harness().call("print") == nil)
    }

    @Test func withoutWASIItsInterfacesAreMissing() throws {
        let error = #expect(throws: WasmError.self) { try Harness(Guest.wasi).call("print") }
        #expect(error?.code == .missingImport)
        #expect(error?.message.contains("wasi:random/random@0.2.0") == true)
    }

    @Test func offeringItTwiceIsRefused() throws {
        var linker = Linker(engine: try Engine())
        try linker.addWASIPreview2()
        do throws(WasmError) {
            try linker.addWASIPreview2()
            Issue.record("it was accepted")
        } catch {
            #expect(error.code == .alreadyDefined)
        }
    }
}
