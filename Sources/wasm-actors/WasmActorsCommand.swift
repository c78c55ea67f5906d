import Foundation

/// The program: hands the arguments to `CommandLineTool` and turns its answer into the exit code.
@main
struct WasmActorsCommand {
    static func main() async {
        ProcessStream.prepare()
        let code = await CommandLineTool.standard.run(
            Array(CommandLine.arguments.dropFirst()),
            console: .standard
        )
        exit(code.rawValue)
    }
}
