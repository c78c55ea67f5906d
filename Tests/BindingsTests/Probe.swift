import Foundation
import WasmComponentModel

/// An instance of `probe.wasm`, bound through the generated bindings, with a `EchoHost` behind its imports.
final class Probe {
    let host = EchoHost()
    let store: Store
    let instance: Instance
    let world: ProbeWorld

    private static let engine = Result { () throws(WasmError) in try Engine(EngineConfiguration()) }

    static func component() throws -> Component {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "probe.wasm")
        return try Component(engine: engine.get(), bytes: [UInt8](Data(contentsOf: path)))
    }

    /// Makes one whose calls are asynchronous.
    init() async throws {
        var linker = try Linker(engine: Self.engine.get())
        try ProbeWorld.define(in: &linker, host: EchoHost.self)
        var configuration = StoreConfiguration()
        configuration.data = host
        store = try Store(engine: Self.engine.get(), configuration: configuration)
        instance = try await store.instantiateAsync(Self.component(), linker: linker.finish())
        world = try ProbeWorld(store: store, instance: instance)
    }

    /// Makes one whose calls are synchronous; its `wait` does not wait.
    init(synchronousWithData data: (any AnyObject & Sendable)?) throws {
        var linker = try Linker(engine: Self.engine.get())
        try Values.define(in: &linker, host: EchoHost.self)
        try linker.root { (root) throws(WasmError) in
            try root.defineTyped(ProbeWorld.ImportedFunctions.wait) { (_, arguments, result) throws(WasmError) in
                let turns = try arguments.argument(0) { (value) throws(WasmError) in try value.u32() }
                result.u32(turns)
            }
        }
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.data = data
        store = try Store(engine: Self.engine.get(), configuration: configuration)
        instance = try store.instantiate(Self.component(), linker: linker.finish())
        world = try ProbeWorld(store: store, instance: instance)
    }
}
