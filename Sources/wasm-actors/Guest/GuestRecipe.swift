/// The steps from Swift and WIT to a component, as command lines. Every path but the WIT's is relative to the folder
/// that they run in, so that the component has the same bytes wherever it is built.
struct GuestRecipe {
    /// One run of a program.
    struct Step {
        /// What is being done, for the person who waits.
        let title: String
        /// The program.
        let tool: GuestToolchain.Program
        /// Its arguments.
        let arguments: [String]
    }

    /// The name of the component, without `.wasm`.
    let name: String
    /// The Swift module that the guest is.
    let module: String
    /// The Swift files.
    let files: [String]
    /// The WIT file or folder, absolute.
    let wit: String
    /// The world; none where the package has one only.
    let world: String?
    /// The `@unstable` features to let in; none for all.
    let features: [String]?

    /// The component, when all steps are done.
    var component: String { "\(name).component.wasm" }

    /// The steps, in order.
    ///
    /// - Parameter unicodeTables: The library of the tables that strings need.
    /// - Returns: What to run.
    func steps(unicodeTables: String) -> [Step] {
        [
            Step(title: "compiling \(module)", tool: .compiler, arguments: compilation),
            // malloc and free are wrapped, for Swift does not let them be defined under their own names. The stack
            // lies first, so that one that overflows leaves memory instead of overwriting data.
            Step(
                title: "linking",
                tool: .linker,
                arguments: [
                    "--no-entry", "--gc-sections", "--stack-first", "-z", "stack-size=131072", "--wrap=malloc",
                    "--wrap=free", "\(name).o", unicodeTables, "-o", "\(name).wasm",
                ]
            ),
            Step(
                title: "making the component",
                tool: .wasmTools,
                arguments: [
                    "strip", "--delete", "^(producers|target_features)$", "\(name).wasm", "-o", "\(name).stripped.wasm",
                ]
            ),
            Step(title: "", tool: .wasmTools, arguments: embedding),
            Step(
                title: "",
                tool: .wasmTools,
                arguments: ["component", "new", "\(name).embedded.wasm", "-o", component]
            ),
            Step(title: "", tool: .wasmTools, arguments: ["validate", "--features", "all", component]),
        ]
    }

    private var compilation: [String] {
        // Debug assertions are what gives a trap its text; the stack protector would need a runtime.
        [
            "-target", GuestToolchain.target, "-wmo", "-Osize", "-swift-version", "6", "-parse-as-library",
            "-module-name", module, "-enable-experimental-feature", "Embedded", "-enable-experimental-feature",
            "Extern", "-assert-config", "Debug", "-Xfrontend", "-disable-stack-protector", "-c",
        ] + files + ["-o", "\(name).o"]
    }

    private var embedding: [String] {
        var arguments = ["component", "embed", wit]
        // Quoted as in WIT: it may be called like a keyword.
        if let world { arguments += ["--world", world.contains("/") ? world : "%\(world)"] }
        switch features {
        case nil: arguments.append("--all-features")
        case let some? where !some.isEmpty: arguments += ["--features", some.joined(separator: ",")]
        default: break
        }
        return arguments + ["\(name).stripped.wasm", "-o", "\(name).embedded.wasm"]
    }
}
