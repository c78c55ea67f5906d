/// The functions of libwasmtime that the package may call: the component API, and what it cannot do without from the
/// rest of the library. Core modules are never run, so none of the functions that would run one is here.
enum CSymbolAllowList {
    /// Families of which every function may be called.
    static let prefixes = [
        "wasmtime_component_",
        "wasmtime_config_",
        "wasmtime_context_",
        "wasmtime_store_",
        "wasmtime_engine_",
        "wasmtime_error_",
        "wasmtime_call_future_",
        "wasmtime_pooling_",
        "wasmtime_frame_",
        "wasi_config_",
    ]

    /// Single functions, each for the reason beside it.
    static let names: Set<String> = [
        // Engines and their configuration are the standard C API's objects.
        "wasm_config_new",
        "wasm_engine_new_with_config",
        "wasm_engine_delete",
        // Strings, names and byte vectors of values, errors and configurations.
        "wasm_byte_vec_new",
        "wasm_byte_vec_new_empty",
        "wasm_byte_vec_new_uninitialized",
        "wasm_byte_vec_delete",
        // The frames of an error's backtrace.
        "wasm_frame_func_index",
        "wasm_frame_func_offset",
        "wasm_frame_module_offset",
        "wasm_frame_vec_delete",
        // Components in the text format, for tests: they go the way of those in the binary format.
        "wasmtime_wat2wasm",
        // Reflection of a component that imports or exports a core module: its type is read, to be named and refused.
        "wasmtime_module_type_export_count",
        "wasmtime_module_type_import_count",
    ]

    /// Whether `symbol` is a function of libwasmtime, by the prefixes that all of them carry.
    static func isLibrarySymbol(_ symbol: String) -> Bool {
        symbol.hasPrefix("wasm_") || symbol.hasPrefix("wasmtime_") || symbol.hasPrefix("wasi_")
    }

    /// Whether the package may call `symbol`.
    static func allows(_ symbol: String) -> Bool {
        names.contains(symbol) || prefixes.contains { symbol.hasPrefix($0) }
    }
}
