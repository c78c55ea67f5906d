import WasmComponentModel

/// How a script's functions are called.
enum WastMode: Hashable {
    case sync, async
}

/// One instance of a component in a store of its own.
final class WastInstance {
    private let store: Store
    private let instance: Instance
    private let mode: WastMode

    /// The instructions that one instance may execute: enough for seconds, so that a file which spins ends.
    static let fuel: UInt64 = 1_000_000_000
    /// How often a call may give up its turn.
    private static let maximumSlices = 1_000_000

    /// Instantiates a component.
    ///
    /// - Parameters:
    ///   - component: The component.
    ///   - linker: What it may import.
    ///   - mode: How its functions will be called.
    /// - Throws: Why there is no instance.
    init(_ component: Component, linker: PreparedLinker, mode: WastMode) async throws(WasmError) {
        var configuration = StoreConfiguration()
        configuration.kind = mode == .sync ? .sync : .async
        configuration.fuel = Self.fuel
        configuration.onSlice = { $0 < Self.maximumSlices ? .continue : .interrupt }
        configuration.limits.memoryBytes = 4 << 30
        configuration.limits.tableElements = 100_000
        configuration.limits.instances = 1_000
        configuration.limits.tables = 100
        configuration.limits.memories = 100
        let store = try Store(engine: component.engine, configuration: configuration)
        switch mode {
        case .sync: instance = try store.instantiate(component, linker: linker)
        case .async: instance = try await store.instantiateAsync(component, linker: linker)
        }
        self.store = store
        self.mode = mode
    }

    /// Calls an exported function.
    ///
    /// - Parameter action: The function and its arguments.
    /// - Returns: The result; none for a function without one.
    /// - Throws: Why the call did not end.
    func call(_ action: WastAction) async throws(WasmError) -> Value? {
        let function = try store.function(instance, action.interface, action.function)
        let arguments = action.arguments.map(\.value)
        return switch mode {
        case .sync: try store.call(function, arguments)
        case .async: try await store.callAsync(function, arguments)
        }
    }
}
