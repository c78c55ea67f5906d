// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "probe",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "REPOSITORY_URL", exact: "0.0.1")],
    targets: [
        .executableTarget(
            name: "probe",
            dependencies: [
                .product(name: "WasmActor", package: "swift-wasm-actors"),
                .product(name: "WasmComponentModel", package: "swift-wasm-actors"),
                .product(name: "WasmCore", package: "swift-wasm-actors"),
            ],
            exclude: ["wit-swift.json"],
            plugins: [.plugin(name: "WITBindingsPlugin", package: "swift-wasm-actors")]
        )
    ]
)
