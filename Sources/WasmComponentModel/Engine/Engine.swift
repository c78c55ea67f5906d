import CWasmtime
import Synchronization

/// What compiles components and what their stores share: libwasmtime's `wasm_engine_t`.
///
/// An engine is thread-safe and cheap to share; a program usually has one. It lives as long as anything made of it.
///
/// See `wasm_engine_t` in `wasm.h` and `wasmtime/engine.h`.
@safe public final class Engine: Sendable {
    /// The settings that the engine was made with.
    public let configuration: EngineConfiguration

    /// Thread-safe by libwasmtime's own promise (`wasmtime.h`, *Thread Safety*) and freed in `deinit` alone.
    nonisolated(unsafe) let pointer: OpaquePointer

    private let epochs = Atomic<UInt64>(0)

    /// Makes an engine.
    ///
    /// - Parameter configuration: the settings; the default is the strict set.
    /// - Throws: `WasmError.Code.invalidConfiguration` for a value outside its range, and
    ///   `WasmError.Code.libraryMismatch` where another libwasmtime than this package is built for was loaded.
    public init(_ configuration: EngineConfiguration = EngineConfiguration()) throws(WasmError) {
        try configuration.validate()
        try LibraryCheck.require()
        guard let config = unsafe configuration.makeCConfiguration(),
            let engine = unsafe wasm_engine_new_with_config(config)
        else {
            throw WasmError(.internalError, "libwasmtime made no engine of a valid configuration; report this as a bug")
        }
        self.configuration = configuration
        unsafe pointer = engine
    }

    deinit {
        unsafe wasm_engine_delete(pointer)
    }

    /// Advances the engine's epoch by one: every guest that runs longer than its deadline yields or is interrupted.
    ///
    /// Call it at a steady pace, 1 to 10 ms apart, as long as a guest runs. Callable from any thread.
    public func incrementEpoch() {
        epochs.wrappingAdd(1, ordering: .relaxed)
        unsafe wasmtime_engine_increment_epoch(pointer)
    }

    /// How often `incrementEpoch()` was called.
    public var epoch: UInt64 { epochs.load(ordering: .relaxed) }

    /// How many stores live in this process, over all engines.
    public static var liveStores: Int { StoreAdmission.live }

    /// How many stores may live in this process as far as this engine is concerned.
    ///
    /// See `EngineConfiguration.maximumStores`.
    public var maximumStores: Int {
        configuration.maximumStores ?? StoreAdmission.derivedMaximum(pooling: configuration.pooling != nil)
    }

    /// The version of libwasmtime that this package is built for, as in `50.0.1`.
    public static let supportedLibraryVersion = LibraryCheck.supportedVersion
}
