// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "dependent",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "REPOSITORY_URL", exact: "0.0.1")],
    targets: [
        .executableTarget(
            name: "visits",
            dependencies: [
                .product(name: "WasmActor", package: "swift-wasm-actors"),
                .product(name: "WasmCore", package: "swift-wasm-actors"),
            ]
        ),
        .executableTarget(
            name: "adder",
            dependencies: [.product(name: "WasmComponentModel", package: "swift-wasm-actors")],
            exclude: ["wit-swift.json"],
            plugins: [.plugin(name: "WITBindingsPlugin", package: "swift-wasm-actors")]
        ),
        .executableTarget(
            name: "bank",
            dependencies: [
                .product(name: "WasmActor", package: "swift-wasm-actors"),
                .product(name: "WasmRuntime", package: "swift-wasm-actors"),
                .product(name: "WasmBindings", package: "swift-wasm-actors"),
                .product(name: "WasmComponentModel", package: "swift-wasm-actors"),
                .product(name: "WasmCore", package: "swift-wasm-actors"),
            ],
            exclude: ["wit-swift.json"],
            plugins: [.plugin(name: "WITBindingsPlugin", package: "swift-wasm-actors")]
        ),
    ]
)
