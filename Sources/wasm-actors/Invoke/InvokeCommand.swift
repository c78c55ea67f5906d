import WasmComponentModel

/// `invoke`: one call of an export of any component.
enum InvokeCommand: Subcommand {
    static let name = "invoke"
    static let summary = "Calls one export of a component and prints the result."
    static let help = """
        Calls one export of a component and prints its result.

        Usage: wasm-actors invoke FILE.wasm EXPORT [ARGUMENTS...]

        EXPORT is interface#function or interface.function, the interface with or without its package and version, or
        the function alone where no other interface has one of that name.

        Arguments and result are in WAVE, the WebAssembly Value Encoding:
          true  -7  1.5  'x'  "text"  [1, 2]  (1, "a")  {x: 1, y: 2}  some(1)  none  ok(1)  err("no")  {read, write}
        A string keeps its double quotes, which a shell would take away: write '"text"'.

        A result err(...) is printed like any other; a trap is a failure. WASI is served with an empty world: output and
        clocks, no files, no network. Any other import fails when it is called.

        Example: wasm-actors invoke words.wasm count#top '"to be or not to be"' 2
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(line, optionsEndAfter: 2)
        guard arguments.positional.count >= 2 else {
            throw .usage(
                "invoke takes a file and an export",
                hint:
                    "Write: wasm-actors invoke FILE.wasm EXPORT [ARGUMENTS...]. The exports: wasm-actors inspect FILE.wasm"
            )
        }
        let file = try ComponentFile(path: arguments.positional[0])
        // Nobody interrupts the one call: it ends with the process.
        let component = try file.compile(for: .forCommand { $0.epochInterruption = false })
        let function = try ExportedFunction.named(
            arguments.positional[1],
            among: ExportedFunction.all(of: component.type)
        )
        let values = try function.arguments(Array(arguments.positional.dropFirst(2)))
        let result: Value?
        do {
            result = try Invocation(component: component, console: console).call(function, values)
        } catch {
            guard error.code != .exit || error.exitStatus != 0 else { return }
            throw failure(of: function, error)
        }
        if let result { console.print(WAVEWriter.text(of: result)) }
    }

    private static func failure(of function: ExportedFunction, _ error: WasmError) -> CommandError {
        // libwasmtime's own text tells the same frames once more.
        let frames = error.frames.map { "  at \($0)" }.joined(separator: "\n")
        return .failure("\(function.fullName): \(error.message)", hint: frames.isEmpty ? error.detailLines : frames)
    }
}
