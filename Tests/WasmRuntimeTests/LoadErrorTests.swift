import TestSupport
import Testing
import WasmCore
import WasmRuntime

@Suite("Files that are no actor")
struct LoadErrorTests {
    private let engine: WasmEngine

    init() throws {
        engine = try WasmEngine()
    }

    private func refusal(_ bytes: [UInt8]) throws -> RuntimeError {
        let error = #expect(throws: RuntimeError.self) { try engine.compile(bytes) }
        #expect(engine.metrics.compilations == 0)
        #expect(engine.metrics.liveInstances == 0)
        return try #require(error)
    }

    @Test("a core module is called one")
    func coreModule() throws {
        let error = try refusal([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        #expect(error.code == .notAComponent)
        #expect(error.message.contains("core module"))
    }

    @Test("text where a binary is expected is called text")
    func text() throws {
        let error = try refusal(Array("(component)".utf8))
        #expect(error.code == .notAComponent)
        #expect(error.message.contains("text"))
    }

    @Test("10 MB of zeros are refused in a short message")
    func zeros() throws {
        let error = try refusal([UInt8](repeating: 0, count: 10_000_000))
        #expect(error.code == .notAComponent)
        #expect(error.description.utf8.count < 5000)
    }

    @Test("no bytes at all are refused")
    func empty() throws {
        #expect(try refusal([]).code == .notAComponent)
    }

    @Test("a component that was cut off is refused", arguments: [8, 9, 100, 5000, -1])
    func truncated(length: Int) throws {
        let whole = try Fixture.bytes("counter")
        let error = try refusal(Array(whole.prefix(length < 0 ? whole.count + length : length)))
        #expect([.invalidComponent, .notAComponent, .missingExport].contains(error.code))
    }

    @Test(
        "what does not fit the contract is named",
        arguments: [
            ("missing-interface", RuntimeError.Code.missingExport, "wasm-actors:actor/lifecycle@0.1.0"),
            ("missing-function", .missingExport, "wasm-actors:actor/lifecycle@0.1.0#initialize"),
            ("wrong-type", .wrongType, "wasm-actors:actor/lifecycle@0.1.0#initialize"),
            ("unknown-import", .unknownImport, "acme:thing/teleport"),
            ("unknown-import-function", .unknownImport, "wasm-actors:actor/messaging@0.1.0#teleport"),
            ("wrong-import-type", .wrongType, "wasm-actors:actor/messaging@0.1.0#self-id"),
            ("stream", .unsupportedType, "stream"),
        ]
    )
    func named(fixture: String, code: RuntimeError.Code, name: String) throws {
        let error = try refusal(Fixture.bytes("invalid/\(fixture)"))
        #expect(error.code == code)
        #expect(error.message.contains(name), "\(error.message) \(error.underlying ?? "")")
    }

    @Test("a wrong type is told with what was expected and what was found")
    func expectedAndFound() throws {
        let error = try refusal(Fixture.bytes("invalid/wrong-import-type"))
        #expect(error.message.contains("expected func() -> record"))
        #expect(error.message.contains("found func() -> u32"))
    }

    @Test("a component over the size limit is refused before it is read")
    func tooLarge() throws {
        var configuration = WasmEngine.Configuration()
        configuration.largestComponent = 1000
        let small = try WasmEngine(configuration)
        let error = #expect(throws: RuntimeError.self) { try small.compile(Fixture.bytes("counter")) }
        #expect(error?.code == .tooLarge)
    }

    @Test("a refused file is refused again, and a good one after it is taken")
    func again() throws {
        let bad = try Fixture.bytes("invalid/wrong-type")
        #expect(try refusal(bad).code == .wrongType)
        #expect(try refusal(bad).code == .wrongType)
        _ = try engine.compile(Fixture.bytes("counter"))
        #expect(engine.metrics.compilations == 1)
    }
}
