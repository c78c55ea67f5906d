// swift-tools-version: 6.2
import PackageDescription

/// What every target is held to: Swift 6 mode, the upcoming features, and no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The targets that touch C mark every unsafe expression besides.
let strictWithC: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
    name: "swift-wasm-actors",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "WasmActor", targets: ["WasmActor"]),
        .library(name: "WasmRuntime", targets: ["WasmRuntime"]),
        .library(name: "WasmComponentModel", targets: ["WasmComponentModel"]),
        .library(name: "WasmBindings", targets: ["WasmBindings"]),
        .library(name: "WasmCore", targets: ["WasmCore"]),
        .library(name: "WasmActorTrees", targets: ["WasmActorTrees"]),
        .library(name: "WasmStorage", targets: ["WasmStorage"]),
        .library(name: "WasmActorTestKit", targets: ["WasmActorTestKit"]),
        .plugin(name: "WITBindingsPlugin", targets: ["WITBindingsPlugin"]),
        .executable(name: "wasm-actors", targets: ["wasm-actors"]),
        .executable(name: "wit-swift", targets: ["wit-swift"]),
    ],
    targets: [
        // The layers: Actor -> Runtime -> Core. Tests/ArchitectureTests holds every edge.
        .target(name: "WasmCore", swiftSettings: strict),
        .systemLibrary(
            name: "CWasmtime",
            pkgConfig: "wasmtime",
            providers: [.apt(["libwasmtime-dev"]), .brew(["wasmtime"])]
        ),
        .target(name: "WasmComponentModel", dependencies: ["CWasmtime"], swiftSettings: strictWithC),
        .target(
            name: "WasmBindings",
            dependencies: ["WasmComponentModel", "WasmCore"],
            exclude: ["wit-swift.json"],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),
        .target(
            name: "WasmRuntime",
            dependencies: ["WasmBindings", "WasmComponentModel", "WasmCore"],
            swiftSettings: strict
        ),
        .target(name: "WasmActor", dependencies: ["WasmRuntime", "WasmCore"], swiftSettings: strict),

        // What users test their own actors with. It knows no test framework.
        .target(
            name: "WasmActorTestKit",
            dependencies: ["WasmActor", "WasmRuntime", "WasmCore"],
            swiftSettings: strict
        ),

        // Trees of supervisors from files of JSON.
        .target(
            name: "WasmActorTrees",
            dependencies: ["WasmActor", "WasmRuntime", "WasmCore"],
            swiftSettings: strict
        ),

        // Storage that outlives the process, for those who want it.
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        .target(name: "WasmStorage", dependencies: ["CSQLite", "WasmCore"], swiftSettings: strictWithC),

        // The bindings generator: parse -> resolve -> translate -> render.
        .target(name: "WITModel", swiftSettings: strict),
        .target(
            name: "WITSwift",
            dependencies: ["WITModel"],
            // What generated guests bring along: Swift for the guest, not for this package.
            resources: [
                .embedInCode("Guest/Runtime/ActorDefaults.swift"),
                .embedInCode("Guest/Runtime/CanonicalABI.swift"),
                .embedInCode("Guest/Runtime/ExportedResource.swift"),
                .embedInCode("Guest/Runtime/GuestHeap.swift"),
                .embedInCode("Guest/Runtime/GuestMath.swift"),
                .embedInCode("Guest/Runtime/GuestMemory.swift"),
                .embedInCode("Guest/Runtime/LogConsole.swift"),
                .embedInCode("Guest/Runtime/ResourceBox.swift"),
                .embedInCode("Guest/Runtime/SilentConsole.swift"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "wit-swift", dependencies: ["WITSwift"], swiftSettings: strict),
        .plugin(
            name: "WITBindingsPlugin",
            capability: .buildTool(),
            dependencies: ["wit-swift"],
            path: "Sources/WITBindingsPlugin"
        ),

        // The command. CallFloor is the C loop that its benchmark compares with, linked here alone.
        .target(name: "CallFloor", dependencies: ["CWasmtime"]),
        .executableTarget(
            name: "wasm-actors",
            dependencies: [
                "WasmActorTrees", "WasmActor", "WasmRuntime", "WasmComponentModel", "WasmBindings", "WasmCore",
                "WasmStorage", "CallFloor", "WITSwift", "WITModel", "WasmActorTestKit",
            ],
            exclude: ["wit", "wit-swift.json", "Guest/Contract/README.md"],
            // What a new guest begins with: its own files, and the contract. `Guest/Contract` is a link to `wit`.
            resources: [
                .embedInCode("Guest/Templates/ActorTemplate.md"),
                .embedInCode("Guest/Templates/ActorTemplate.swift"),
                .embedInCode("Guest/Templates/ActorTemplate.wit"),
                .embedInCode("Guest/Templates/PlainTemplate.md"),
                .embedInCode("Guest/Templates/PlainTemplate.swift"),
                .embedInCode("Guest/Templates/PlainTemplate.wit"),
                .embedInCode("Guest/Contract/errors.wit"),
                .embedInCode("Guest/Contract/lifecycle.wit"),
                .embedInCode("Guest/Contract/messaging.wit"),
                .embedInCode("Guest/Contract/services.wit"),
                .embedInCode("Guest/Contract/storage.wit"),
                .embedInCode("Guest/Contract/supervision.wit"),
                .embedInCode("Guest/Contract/types.wit"),
                .embedInCode("Guest/Contract/world.wit"),
            ],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),

        .target(name: "TestSupport", dependencies: ["WasmCore"], path: "Tests/TestSupport", swiftSettings: strict),
        // A world of a user's own, which includes the actor contract, and a host for it.
        .target(
            name: "ShopBindings",
            dependencies: ["WasmRuntime", "WasmBindings", "WasmComponentModel", "WasmCore"],
            path: "Tests/ShopBindings",
            exclude: ["wit-swift.json"],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(name: "WasmCoreTests", dependencies: ["WasmCore", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WasmComponentModelTests",
            dependencies: ["WasmComponentModel", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WasmStorageTests",
            dependencies: ["WasmStorage", "CSQLite", "WasmCore", "StorageSupport", "TestSupport"],
            swiftSettings: strict
        ),
        .target(
            name: "StorageSupport",
            dependencies: ["FaultyFileSystem"],
            path: "Tests/StorageSupport",
            swiftSettings: strict
        ),
        .target(name: "FaultyFileSystem", dependencies: ["CSQLite"], path: "Tests/FaultyFileSystem"),
        .testTarget(name: "WITModelTests", dependencies: ["WITModel", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WITSwiftTests",
            dependencies: ["WITSwift", "WITModel", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BindingsTests",
            dependencies: ["WasmComponentModel"],
            exclude: ["wit", "wit-swift.json", "probe.wat", "probe.wasm", "tables.wat", "tables.wasm"],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),
        .testTarget(
            name: "GuestBindingsTests",
            dependencies: ["WasmComponentModel", "TestSupport"],
            exclude: ["wit-swift.json"],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),
        .testTarget(
            name: "ResourceBindingsTests",
            dependencies: ["WasmComponentModel", "TestSupport"],
            exclude: ["wit-swift.json"],
            swiftSettings: strict,
            plugins: ["WITBindingsPlugin"]
        ),
        // The same files as in ResourceBindingsTests: generated code means the same in targets of other settings.
        .testTarget(
            name: "MainActorBindingsTests",
            dependencies: ["WasmComponentModel", "TestSupport"],
            exclude: ["wit-swift.json"],
            swiftSettings: strictWithC + [.defaultIsolation(MainActor.self)],
            plugins: ["WITBindingsPlugin"]
        ),
        .testTarget(
            name: "Swift5BindingsTests",
            dependencies: ["WasmComponentModel", "TestSupport"],
            exclude: ["wit-swift.json"],
            swiftSettings: [.swiftLanguageMode(.v5), .treatAllWarnings(as: .error)],
            plugins: ["WITBindingsPlugin"]
        ),
        .testTarget(
            name: "WasmRuntimeTests",
            dependencies: [
                "WasmRuntime", "WasmBindings", "WasmComponentModel", "WasmCore", "WasmActorTestKit", "TestSupport",
                "ShopBindings",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WasmActorTests",
            dependencies: [
                "WasmActor", "WasmStorage", "WasmRuntime", "WasmComponentModel", "WasmCore", "WasmActorTestKit",
                "TestSupport", "StorageSupport", "ShopBindings",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WasmActorTestKitTests",
            dependencies: ["WasmActorTestKit", "WasmActor", "WasmRuntime", "WasmCore", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WasmActorTreesTests",
            dependencies: ["WasmActorTrees", "WasmActor", "WasmRuntime", "WasmCore", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "wasm-actors", "WasmActorTrees", "WasmActor", "WasmRuntime", "WasmComponentModel", "WasmCore",
                "WITModel",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
    ]
)
