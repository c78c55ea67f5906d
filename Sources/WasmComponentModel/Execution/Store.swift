import CWasmtime
import Synchronization

/// The context of one component instance: its memory, its fuel, its limits, and the host's data.
///
/// A store is synchronous or asynchronous from its creation and holds one instance. One call runs at a time: a second
/// one fails with `WasmError.Code.storeBusy`, and after a trap, an interruption, an exit or a host error everything fails
/// with `WasmError.Code.storeFinished`; a restart is a new store. Dropping a store frees it as soon as nothing runs in it.
///
/// See `wasmtime/store.h`.
@safe public struct Store: ~Copyable, Sendable {
    let core: StoreCore

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - engine: the engine of the components that will be instantiated.
    ///   - configuration: the settings.
    /// - Throws: `WasmError.Code.invalidConfiguration` for settings that do not fit each other or the engine, and
    ///   `WasmError.Code.admission` where the process holds as many stores as it can.
    public init(engine: Engine, configuration: StoreConfiguration = StoreConfiguration()) throws(WasmError) {
        core = try StoreCore(engine: engine, configuration: configuration)
    }

    /// The engine that the store was made for.
    public var engine: Engine { core.engine }

    /// How the store's guests are called.
    public var kind: StoreConfiguration.Kind { core.kind }

    /// Ends what the store runs; it may be kept and used on any thread.
    public var interruptHandle: InterruptHandle { core.interruptHandle }

    /// What a store is doing.
    public enum State: Hashable, Sendable {
        /// It takes a call.
        case ready
        /// It runs a call.
        case busy
        /// It takes no more calls.
        case finished
    }

    /// What the store is doing at this moment.
    public var state: State {
        switch core.state.load(ordering: .relaxed) {
        case StoreCore.State.idle: .ready
        case StoreCore.State.running: .busy
        default: .finished
        }
    }

    /// What finished the store; nil while it takes calls, and where a call was given up that nothing ended.
    public var failure: WasmError? {
        core.state.load(ordering: .acquiring) == StoreCore.State.finished ? core.failure : nil
    }

    /// Ends the store's use; the memory of its guests is freed.
    public consuming func close() {}

    /// Reads the fuel that is left.
    ///
    /// - Returns: the number of units.
    /// - Throws: `WasmError.Code.invalidConfiguration` where the engine counts no fuel, and
    ///   `WasmError.Code.storeBusy` while a call runs.
    public borrowing func fuel() throws(WasmError) -> UInt64 {
        try use { (core) throws(WasmError) -> UInt64 in
            guard let fuel = core.remainingFuel else { throw Self.noFuel }
            return fuel
        }
    }

    /// Sets the fuel that is left.
    ///
    /// - Parameter fuel: the number of units.
    /// - Throws: `WasmError.Code.invalidConfiguration` where the engine counts no fuel, and
    ///   `WasmError.Code.storeBusy` while a call runs.
    public borrowing func setFuel(_ fuel: UInt64) throws(WasmError) {
        try use { (core) throws(WasmError) in
            if let error = unsafe wasmtime_context_set_fuel(core.context, fuel) {
                unsafe wasmtime_error_delete(error)
                throw Self.noFuel
            }
        }
    }

    private static var noFuel: WasmError {
        WasmError(.invalidConfiguration, "the engine counts no fuel; set EngineConfiguration.consumeFuel")
    }

    /// Takes the store for something else than a call.
    borrowing func use<R>(_ body: (StoreCore) throws(WasmError) -> R) throws(WasmError) -> R {
        let core = core
        try core.enter()
        defer { core.leave() }
        return try body(core)
    }
}
