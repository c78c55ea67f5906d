import WasmActorTrees

/// The command as a value: which subcommands there are, and what happens to a line of arguments.
struct CommandLineTool: Sendable {
    /// The subcommands, in the order in which the help lists them.
    let subcommands: [any Subcommand.Type]

    /// The tool as it is shipped.
    static let standard = CommandLineTool(subcommands: [
        RunCommand.self, CheckCommand.self, DemoCommand.self, InspectCommand.self, InvokeCommand.self,
        GuestCommand.self, WastCommand.self,
        BenchCommand.self,
        ResidencyCommand.self,
    ])

    /// Runs one line of arguments and reports a failure on the console's error stream.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - console: Where the output goes.
    /// - Returns: The exit code: 0, 1 for a failure, 2 for a line that makes no sense.
    func run(_ arguments: [String], console: Console) async -> ExitCode {
        let code = await perform(arguments, console: console)
        // Work whose output is lost is not done.
        guard let failure = console.failure() else { return code }
        console.printError("wasm-actors: standard output cannot be written: \(failure)")
        return code == .success ? .failure : code
    }

    private func perform(_ arguments: [String], console: Console) async -> ExitCode {
        do {
            try await dispatch(arguments, console: console)
            return .success
        } catch {
            console.printError("wasm-actors: \(error.message)")
            if let hint = error.hint { console.printError(hint) }
            return error.exitCode
        }
    }

    private func dispatch(_ arguments: [String], console: Console) async throws(CommandError) {
        guard let first = arguments.first else {
            throw .usage("no command given", hint: helpText)
        }
        switch first {
        case "--help", "-h":
            console.print(helpText)
        case "help":
            try help(on: Array(arguments.dropFirst()), console: console)
        case "--version":
            console.print(ToolVersion.description)
        case _ where first.hasPrefix("-"):
            throw .usage("unknown option \(first)", hint: "Try: wasm-actors --help")
        default:
            let rest = Array(arguments.dropFirst())
            let subcommand = try named(first)
            if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
                console.print(subcommand.help)
            } else {
                try await subcommand.run(rest, console: console)
            }
        }
    }

    private func help(on topics: [String], console: Console) throws(CommandError) {
        switch topics.first {
        case nil, "help", "--help", "-h": console.print(helpText)
        case let topic?: console.print(try named(topic).help)
        }
    }

    private func named(_ name: String) throws(CommandError) -> any Subcommand.Type {
        if let found = subcommands.first(where: { $0.name == name }) { return found }
        let names = subcommands.map { $0.name } + ["help"]
        if let near = Suggestion.nearest(to: name, among: names) {
            throw .usage("unknown command '\(name)'", hint: "Did you mean '\(near)'? All commands: wasm-actors --help")
        }
        throw .usage("unknown command '\(name)'", hint: "The commands are: \(names.joined(separator: ", ")).")
    }

    /// What `wasm-actors --help` prints.
    var helpText: String {
        let width = (subcommands.map { $0.name.count }.max() ?? 0) + 2
        let lines = subcommands.map { command in
            "  " + command.name + String(repeating: " ", count: width - command.name.count) + command.summary
        }
        let rest = String(repeating: " ", count: width - 4)
        return """
            Runs WebAssembly components, as supervised actors or one call at a time.

            Usage: wasm-actors COMMAND [ARGUMENTS...]

            Commands:
            \(lines.joined(separator: "\n"))
              help\(rest)Says how a command is used.

            Options:
              --help     Prints this text, or a command's own after its name.
              --version  Prints the version of the tool and of libwasmtime.

            Exit codes: 0 done, 1 failed, 2 the arguments make no sense.
            """
    }
}
