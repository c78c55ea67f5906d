import Testing
import WasmComponentModel

struct ComponentTests {
    private func refusal(_ bytes: [UInt8]) throws -> WasmError? {
        let engine = try Engine()
        return #expect(throws: WasmError.self) { _ = try Component(engine: engine, bytes: bytes) }
    }

    private static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]

    @Test func coreModuleIsNamedAsSuch() throws {
        let error = try refusal([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        #expect(error?.code == .notAComponent)
        #expect(error?.message.contains("core module") == true)
    }

    @Test func textIsNamedAsSuch() throws {
        let error = try refusal(Array("  (component)".utf8))
        #expect(error?.code == .notAComponent)
        #expect(error?.message.contains("text") == true)
    }

    @Test(arguments: [[], Array(magic.prefix(5))]) func beginningOfAFileIsTruncated(_ bytes: [UInt8]) throws {
        let error = try refusal(bytes)
        #expect(error?.code == .notAComponent)
        #expect(error?.message.contains("truncated") == true)
    }

    @Test func truncatedComponentIsInvalid() throws {
        let error = try refusal(Self.magic + [0x01, 0x40])
        #expect(error?.code == .invalidComponent)
        #expect(error?.details.isEmpty == false)
    }

    @Test func g7_tenMegabytesOfZerosMakeAShortError() throws {
        let error = try refusal([UInt8](repeating: 0, count: 10 << 20))
        #expect(error?.code == .notAComponent)
        #expect((error?.description.utf8.count ?? .max) < 10_000)
    }

    @Test func fileOverTheLimitIsRefusedUnread() throws {
        let engine = try Engine()
        let error = #expect(throws: WasmError.self) {
            _ = try Component(engine: engine, bytes: Self.magic, maximumSize: 4)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test func emptyComponentIsAComponent() throws {
        let component = try Component(engine: try Engine(), bytes: Self.magic)
        #expect(component.type == ComponentType())
    }

    @Test(arguments: ["(stream u8)", "(future u8)"]) func g1_streamsAndFuturesAreRefused(_ type: String) throws {
        let engine = try Engine()
        let error = #expect(throws: WasmError.self) {
            _ = try Component(
                engine: engine,
                text: "(component (type $s \(type)) (import \"f\" (func (param \"s\" $s))))"
            )
        }
        #expect(error?.code == .unsupportedType)
    }

    @Test(arguments: [("(list u8 4)", "fixed length"), ("(map string u32)", "FeatureSet.maps")])
    func typeWhoseFeatureIsOffIsRefused(_ type: String, _ hint: String) throws {
        let engine = try Engine()
        let error = #expect(throws: WasmError.self) {
            _ = try Component(
                engine: engine,
                text: "(component (type $t \(type)) (import \"f\" (func (param \"s\" $t))))"
            )
        }
        #expect(error?.code == .unsupportedType)
        #expect(error?.message.contains(hint) == true)
    }

    @Test(arguments: [
        "(core module (memory 1 1 shared))", "(core module (memory i64 1))",
        "(core module (type (struct (field i32))))", "(core module (tag))",
    ])
    func g23_featuresBeyondTheStrictSetAreRefused(_ item: String) throws {
        let engine = try Engine()
        let error = #expect(throws: WasmError.self) {
            _ = try Component(engine: engine, text: "(component \(item))")
        }
        #expect(error?.code == .invalidComponent)
    }

    @Test func g2_importOfAnotherTypeIsRefusedBeforeTheGuestRuns() throws {
        let harness = try Harness(Guest.lie) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("") }
            }
        }
        let error = #expect(throws: WasmError.self) { try harness.call("go") }
        #expect(error?.code == .typeMismatch)
        #expect(error?.message.contains("func(s: u32) -> u32") == true)
    }

    @Test func importThatNobodyDefinesIsNamed() throws {
        let harness = try Harness(Guest.host)
        let error = #expect(throws: WasmError.self) { try harness.call("callf") }
        #expect(error?.code == .missingImport)
        #expect(error?.message.contains("imports f") == true)
    }

    @Test func exportThatIsMissingIsNamed() throws {
        let harness = try Harness(Guest.many)
        for (interface, name) in [(nil, "nothing"), ("a:b/c@1.0.0", "x")] as [(String?, String)] {
            let store = try harness.store(.sync)
            let instance = try store.instantiate(harness.component, linker: harness.linker)
            let error = #expect(throws: WasmError.self) { _ = try store.function(instance, interface, name) }
            #expect(error?.code == .missingExport)
            #expect(error?.message.contains(interface ?? name) == true)
        }
    }
}
