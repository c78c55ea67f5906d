import Foundation
public import WasmComponentModel

/// Instantiates a component through the bindings: its imports are defined in a linker, its exports are bound.
public final class CorpusProbe: CorpusCheck, @unchecked Sendable {
    // Unchecked as the superclass is; what it holds is immutable and sendable.
    private let host: any AnyObject & Sendable
    private let define: @Sendable (inout Linker) throws(WasmError) -> Void
    private let bind: @Sendable (borrowing Store, Instance) throws(WasmError) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - host: The host behind the imports.
    ///   - define: Calls the world's `define`.
    ///   - bind: Makes the world of an instance.
    public init(
        host: any AnyObject & Sendable,
        define: @escaping @Sendable (inout Linker) throws(WasmError) -> Void,
        bind: @escaping @Sendable (borrowing Store, Instance) throws(WasmError) -> Void
    ) {
        self.host = host
        self.define = define
        self.bind = bind
    }

    nonisolated(nonsending) public override func run(_ files: [String]) async throws -> String {
        let engine = try Self.engine(forEverything: files.contains("everything"))
        let component = try Component(engine: engine, bytes: [UInt8](Data(contentsOf: URL(filePath: files[0]))))
        var linker = Linker(engine: engine)
        try define(&linker)
        if files.contains("skipped") { try linker.defineMissingAsTraps(for: component) }
        var configuration = StoreConfiguration()
        configuration.data = host
        let store = try Store(engine: engine, configuration: configuration)
        let instance = try await store.instantiateAsync(component, linker: linker.finish())
        try bind(store, instance)
        return ""
    }
}
