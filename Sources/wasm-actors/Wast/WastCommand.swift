import Foundation
import WasmComponentModel

/// `wast`: test scripts of the component model.
enum WastCommand: Subcommand {
    static let name = "wast"
    static let summary = "Runs converted .wast test scripts of the component model."
    static let help = """
        Runs test scripts of the component model: load, instantiate, call, and compare.

        Usage: wasm-actors wast [--features LIST] [--compile-only] [--sync | --async] [--verbose] DIR...

        Each DIR is searched for .json files as `wasm-tools json-from-wast FILE.wast -o FILE.json --wasm-dir DIR` writes
        them; one such file may be named too. Prints a line for each command that fails, and at last
        'N passed, N failed, N unsupported'. Unsupported is what the features or libwasmtime's C API do not offer.

          --features LIST  The proposals to switch on, with commas between: \(FeatureSet.all.names.joined(separator: ", ")).
                           None by default. With 'async' the engine keeps the books of concurrency.
          --compile-only   Compiles the components and does not instantiate them.
          --async          Calls in asynchronous stores; the default.
          --sync           Calls in synchronous stores.
          --verbose        Prints a line for every command.

        A script finds the imports that the component model's own tests need ('host', 'host-return-two', ...), and WASI p2
        with an empty world where it says "wasi": true. Every instance has a store of its own.
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(
            line,
            options: ["--features"],
            flags: ["--compile-only", "--sync", "--async", "--verbose"]
        )
        guard !arguments.positional.isEmpty else {
            throw .usage("wast takes a folder", hint: "Write: wasm-actors wast [OPTIONS] DIR...")
        }
        guard !(arguments.has("--sync") && arguments.has("--async")) else {
            throw .usage("--sync and --async exclude each other", hint: "Give one of them.")
        }
        let options = WastRunner.Options(
            engine: try engine(features: arguments.value(of: "--features") ?? ""),
            mode: arguments.has("--sync") ? .sync : .async,
            compilesOnly: arguments.has("--compile-only")
        )
        var report = WastReport(console: console, isVerbose: arguments.has("--verbose"))
        for path in arguments.positional {
            for script in try scripts(in: path) {
                await report.run(script, options: options)
            }
        }
        report.printTotals()
        if report.failed > 0 {
            throw .failure(report.failed == 1 ? "1 command failed" : "\(report.failed) commands failed")
        }
    }

    private static func engine(features list: String) throws(CommandError) -> Engine {
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let features: FeatureSet
        do {
            features = try FeatureSet(named: names)
        } catch {
            throw .usage("--features: \(error.message)")
        }
        return try Engine.forCommand { configuration in
            configuration.features = features
            configuration.concurrencySupport = !features.isDisjoint(with: .asynchronous)
            // A script's calls are bounded by fuel, which needs nobody who ticks.
            configuration.epochInterruption = false
            configuration.consumeFuel = true
        }
    }

    /// The scripts that a path names, sorted, each as the path continues.
    private static func scripts(in path: String) throws(CommandError) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .failure("\(path): no such file or folder", hint: "Name a folder with converted .wast files.")
        }
        guard isDirectory.boolValue else { return [path] }
        let files = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        let scripts = files.filter { $0.hasSuffix(".json") }.sorted()
        guard !scripts.isEmpty else {
            throw .failure(
                "\(path): no .json file in it",
                hint: "Convert a script: wasm-tools json-from-wast FILE.wast -o DIR/FILE.json --wasm-dir DIR"
            )
        }
        return scripts.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
}
