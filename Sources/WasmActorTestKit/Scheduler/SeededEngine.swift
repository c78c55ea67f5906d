internal import Synchronization
public import WasmRuntime

/// An engine for seeded runs: its ticks come from the run, and its fuel ends guests that never return.
///
/// Share one among all runs of a process: what it has compiled stays compiled. Runs that share it come one after the
/// other; a run must not begin another one of the same engine in its body.
public final class SeededEngine: Sendable {
    /// The engine. Nothing but seeded runs may call its components: no other clock ticks.
    public let engine: WasmEngine
    let ticker = ManualTicker()
    private let use = Mutex(())

    /// The fuel of a turn where nothing else is said: 200,000,000, which is less than a second.
    public static let defaultFuelPerTurn: UInt64 = 200_000_000

    /// Makes an engine.
    ///
    /// - Parameter fuelPerTurn: The fuel of a turn of actors whose limits say none: nothing else ends a guest that never
    ///   returns [200,000,000].
    /// - Throws: `RuntimeError`, as `WasmEngine`.
    public init(fuelPerTurn: UInt64 = defaultFuelPerTurn) throws(RuntimeError) {
        var configuration = WasmEngine.Configuration()
        configuration.countsFuel = true
        configuration.defaultFuelPerTurn = fuelPerTurn
        engine = try WasmEngine(configuration, ticker: ticker)
    }

    deinit { engine.shutdown() }

    /// Has one run at a time.
    func exclusively<Value>(_ body: () -> Value) -> Value {
        use.withLock { _ in body() }
    }
}
