/// The layers of the package: which module may use which. The one table that the manifest, every `import` and every
/// built object are held to.
enum Layers {
    /// Every target of the manifest under `Sources`, with all that it may depend on and import.
    static let edges: [String: Set<String>] = [
        "WasmCore": [],
        "CWasmtime": [],
        "WasmComponentModel": ["CWasmtime"],
        "WasmBindings": ["WasmComponentModel", "WasmCore"],
        "WasmRuntime": ["WasmBindings", "WasmComponentModel", "WasmCore"],
        "WasmActor": ["WasmRuntime", "WasmCore"],
        "WasmActorTestKit": ["WasmActor", "WasmRuntime", "WasmCore"],
        "WasmActorTrees": ["WasmActor", "WasmRuntime", "WasmCore"],
        "CSQLite": [],
        "WasmStorage": ["CSQLite", "WasmCore"],
        "WITModel": [],
        "WITSwift": ["WITModel"],
        "wit-swift": ["WITSwift"],
        "WITBindingsPlugin": ["wit-swift"],
        "wasm-actors": [
            "WasmActorTrees", "WasmActor", "WasmRuntime", "WasmComponentModel", "WasmBindings", "WasmCore",
            "WasmStorage", "CallFloor", "WITSwift", "WITModel", "WasmActorTestKit",
        ],
        // The exception: the C loop that the benchmark compares with calls the library itself, and nothing but the
        // command links it.
        "CallFloor": ["CWasmtime"],
    ]

    /// Modules of the toolchain that single targets may import besides. Foundation stays with the tools, and with the two
    /// that read text files.
    static let systemModules: [String: Set<String>] = [
        "WITBindingsPlugin": ["PackagePlugin", "Foundation"],
        "WITModel": ["Foundation"],
        "WasmActorTrees": ["Foundation"],
        "wit-swift": ["Foundation"],
        "wasm-actors": ["Foundation"],
    ]

    /// Modules that any target may import: the standard library's own and the C libraries of the system.
    static let everywhere: Set<String> = [
        "Swift", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin",
    ]

    /// The targets that may import a C library at all, for the shapes of its API stay behind them.
    static let importersOfC: Set<String> = ["WasmComponentModel", "WasmStorage"]

    /// The entries of the repository's top folder; hidden ones besides.
    static let topLevel: Set<String> = [
        "Package.swift", "Sources", "Tests", "wit", "Fixtures", "Scripts", "Benchmarks", "Examples",
        "README.md", "LICENSE", "SECURITY.md",
    ]
}
