/// WebAssembly features beyond the strict set.
///
/// The strict set is what WASI p2 toolchains emit: MVP, multi-value, bulk memory, reference types, SIMD, tail calls,
/// multi-memory, extended constants. Shared memory and stack switching are always off, because guests could escape a
/// limit with them. `threads`, `exceptions` and `garbageCollection` are the least tried parts of libwasmtime: switch them
/// on for guests that need them, not for everybody's.
///
/// Any combination of the members makes a working engine, as long as those in `asynchronous` come with `componentAsync`
/// and with `EngineConfiguration.concurrencySupport`; `Engine.init` refuses the others. `init(named:)` knows the members
/// by the names of their proposals.
///
/// See `wasmtime_config_wasm_*_set` in `wasmtime/config.h`.
public struct FeatureSet: OptionSet, Hashable, Sendable {
    /// The bits of the set.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    ///
    /// - Parameter rawValue: the bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Nothing beyond the strict set: the default.
    public static let strict: FeatureSet = []
    /// Memories of more than 4 GiB (`wasmtime_config_wasm_memory64_set`).
    public static let memory64 = FeatureSet(rawValue: 1 << 0)
    /// Relaxed SIMD, in its deterministic form (`wasmtime_config_wasm_relaxed_simd_set`).
    public static let relaxedSIMD = FeatureSet(rawValue: 1 << 1)
    /// Custom page sizes (`wasmtime_config_wasm_custom_page_sizes_set`).
    public static let customPageSizes = FeatureSet(rawValue: 1 << 2)
    /// 128-bit arithmetic (`wasmtime_config_wasm_wide_arithmetic_set`).
    public static let wideArithmetic = FeatureSet(rawValue: 1 << 3)
    /// The component model's `map<K, V>` (`wasmtime_config_wasm_component_model_map_set`).
    public static let maps = FeatureSet(rawValue: 1 << 4)
    /// The component model's `async` functions, streams and futures, inside a component
    /// (`wasmtime_config_wasm_component_model_async_set`).
    ///
    /// Asynchronous stores can call `async` functions that a component exports. Streams and futures cannot cross to or
    /// from the host, and no host function can be imported as `async`: such a function is refused with
    /// `WasmError.Code.unsupportedType`.
    public static let componentAsync = FeatureSet(rawValue: 1 << 5)
    /// More built-in functions for `async`, cancellation above all
    /// (`wasmtime_config_wasm_component_model_more_async_builtins_set`).
    public static let moreAsyncBuiltins = FeatureSet(rawValue: 1 << 6)
    /// `async` functions without a callback, on stacks of their own
    /// (`wasmtime_config_wasm_component_model_async_stackful_set`).
    public static let asyncStackful = FeatureSet(rawValue: 1 << 7)
    /// Imports and exports that say which interface they implement
    /// (`wasmtime_config_wasm_component_model_implements_set`).
    public static let implements = FeatureSet(rawValue: 1 << 8)

    /// Atomic instructions (`wasmtime_config_wasm_threads_set`). A component with a shared memory compiles then, but is not
    /// instantiated: no limit would hold for such a memory.
    public static let threads = FeatureSet(rawValue: 1 << 9)
    /// Exceptions (`wasmtime_config_wasm_exceptions_set`).
    public static let exceptions = FeatureSet(rawValue: 1 << 10)
    /// Garbage-collected objects and typed function references (`wasmtime_config_wasm_gc_set`). The heap counts as one
    /// more memory under `StoreLimits.memoryBytes`.
    public static let garbageCollection = FeatureSet(rawValue: 1 << 11)

    /// The features that need `EngineConfiguration.concurrencySupport`.
    public static let asynchronous: FeatureSet = [.componentAsync, .moreAsyncBuiltins, .asyncStackful]
    /// Every feature beyond the strict set.
    public static let all: FeatureSet = [
        .memory64, .relaxedSIMD, .customPageSizes, .wideArithmetic, .maps, .implements, .asynchronous, .threads,
        .exceptions, .garbageCollection,
    ]
}
