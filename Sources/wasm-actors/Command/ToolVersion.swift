import WasmComponentModel

/// What `--version` prints.
enum ToolVersion {
    /// The version of this package.
    static let package = "0.1.0"

    /// The version of the tool and of the library that it runs on.
    static var description: String { "wasm-actors \(package) (libwasmtime \(Engine.supportedLibraryVersion))" }
}
