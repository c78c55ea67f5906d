/// WebAssembly features beyond the strict set.
///
/// The strict set is what WASI p2 toolchains emit: MVP, multi-value, bulk memory, reference types, SIMD, tail calls,
/// multi-memory, extended constants. Always off, because guests could abort the process or escape a limit with them:
/// component-model async (streams, futures), threads, shared memory, garbage collection, function references,
/// exceptions and stack switching.
///
/// Any combination of the members makes a working engine.
public struct FeatureSet: OptionSet, Hashable, Sendable {
    /// The bits of the set.
    public let rawValue: UInt8

    /// Makes a set from its bits.
    ///
    /// - Parameter rawValue: the bits.
    public init(rawValue: UInt8) {
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
}
