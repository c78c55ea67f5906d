public import WasmComponentModel

/// What is done with the bindings of one world: its imports are defined in a linker, its exports are bound.
public final class CorpusProbe: Sendable {
    let host: any AnyObject & Sendable
    let define: @Sendable (inout Linker) throws(WasmError) -> Void
    let bind: @Sendable (borrowing Store, Instance) throws(WasmError) -> Void

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

    /// Instantiates a component through the bindings, in an asynchronous store.
    ///
    /// - Parameters:
    ///   - bytes: The component.
    ///   - features: What it needs beyond the strict set.
    /// - Throws: What the bindings or the component are refused for.
    public func run(_ bytes: [UInt8], features: FeatureSet) async throws(WasmError) {
        var engineConfiguration = EngineConfiguration()
        engineConfiguration.features = features
        let engine = try Engine(engineConfiguration)
        var linker = Linker(engine: engine)
        try define(&linker)
        var configuration = StoreConfiguration()
        configuration.data = host
        let store = try Store(engine: engine, configuration: configuration)
        let component = try Component(engine: engine, bytes: bytes)
        let instance = try await store.instantiateAsync(component, linker: linker.finish())
        try bind(store, instance)
    }

    /// The probe as what a function with a C name can return; the caller owns it.
    public var retained: UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }
}
