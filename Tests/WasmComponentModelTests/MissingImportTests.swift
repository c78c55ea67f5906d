import Testing
import WasmComponentModel

/// Components whose imports are not all defined.
struct MissingImportTests {
    /// A component that imports `f` and `g`, of which only `g` is defined; the rest become traps.
    private static func partly() throws -> (Component, PreparedLinker) {
        let engine = try Engine(Harness.engineConfiguration)
        let component = try Component(engine: engine, text: Guest.host)
        var linker = Linker(engine: engine)
        try linker.root { (root) throws(WasmError) in
            try root.define("g", type: Harness.hostG) { _, arguments in arguments[0] }
        }
        try linker.defineMissingAsTraps(for: component)
        return (component, linker.finish())
    }

    @Test func whatIsDefinedStays() throws {
        let (component, linker) = try Self.partly()
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        let store = try Store(engine: component.engine, configuration: configuration)
        let instance = try store.instantiate(component, linker: linker)
        #expect(try store.call(try store.function(instance, "callg"), [.u32(7)]) == .u32(7))
    }

    @Test func callOfWhatIsMissingNamesIt() async throws {
        let (component, linker) = try Self.partly()
        let store = try Store(engine: component.engine)
        let instance = try await store.instantiateAsync(component, linker: linker)
        let function = try store.function(instance, "callf")
        let error = await #expect(throws: WasmError.self) { try await store.callAsync(function, []) }
        #expect(error?.code == .missingImport)
        #expect(error?.details.contains("`f`") == true)
        #expect(store.state == .finished)
    }

    @Test func anotherComponentIsStillChecked() throws {
        let (component, linker) = try Self.partly()
        let other = try Component(engine: component.engine, text: #"(component (import "h" (func)))"#)
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        let store = try Store(engine: component.engine, configuration: configuration)
        let error = #expect(throws: WasmError.self) { try store.instantiate(other, linker: linker) }
        #expect(error?.code == .missingImport)
    }

    @Test func componentOfAnotherEngineIsRefused() throws {
        var linker = Linker(engine: try Engine(Harness.engineConfiguration))
        let component = try Component(engine: Engine(Harness.engineConfiguration), text: Guest.host)
        var code: WasmError.Code?
        do throws(WasmError) { try linker.defineMissingAsTraps(for: component) } catch { code = error.code }
        #expect(code == .wrongEngine)
    }
}
