import TestSupport
import WasmComponentModel

/// An instance of the guest `resources`, bound through the generated bindings.
struct BlobGuest: ~Copyable {
    let store: Store
    let world: ResourcesWorld

    private static let component = Result { () throws(WasmError) in
        let engine = try Engine(EngineConfiguration())
        do {
            return try Component(engine: engine, bytes: Fixture.bytes("resources"))
        } catch let error as WasmError {
            throw error
        } catch {
            throw WasmError(.invalidComponent, "the fixture cannot be read: \(error)")
        }
    }

    init() async throws {
        let component = try Self.component.get()
        var linker = Linker(engine: component.engine)
        try ResourcesWorld.define(in: &linker, host: BlobHost.self)
        var configuration = StoreConfiguration()
        configuration.data = BlobHost()
        let store = try Store(engine: component.engine, configuration: configuration)
        let instance = try await store.instantiateAsync(component, linker: linker.finish())
        world = try ResourcesWorld(store: store, instance: instance)
        self.store = store
    }
}
