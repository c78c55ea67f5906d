import Testing
import WasmComponentModel

/// A guest with one page of memory that grows it as it is told.
struct MemoryLimitTests {
    private static let text = """
        (component
          (core module $module
            (memory (export "memory") 1)
            (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
          (core instance $instance (instantiate $module))
          (func (export "grow") (param "pages" s32) (result s32) (canon lift (core func $instance "grow"))))
        """

    /// What `memory.grow` answers, one call after the other, in an instance that may have 10 pages.
    private func answers(_ pages: [Int32]) throws -> [Value?] {
        let engine = try Engine()
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.limits.memoryBytes = 10 << 16
        let store = try Store(engine: engine, configuration: configuration)
        let component = try Component(engine: engine, text: Self.text)
        let instance = try store.instantiate(component, linker: Linker(engine: engine).finish())
        let grow = try store.function(instance, "grow")
        return try pages.map { try store.call(grow, [.s32($0)]) }
    }

    @Test("memory grows to the limit's last page")
    func lastPage() throws {
        #expect(try answers([8, 1]) == [.s32(1), .s32(9)])
        #expect(try answers([9]) == [.s32(1)])
    }

    @Test("the page beyond the limit is refused, and the memory stays as it was")
    func pageBeyond() throws {
        #expect(try answers([10]) == [.s32(-1)])
        #expect(try answers([9, 1, 0]) == [.s32(1), .s32(-1), .s32(10)])
    }
}
