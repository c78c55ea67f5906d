import Testing
import WasmActorTrees

@testable import wasm_actors

@Suite struct CommandLineToolTests {
    private let recording = RecordingConsole()

    @Test func helpListsEveryCommandAndTheExitCodes() async {
        #expect(await recording.run("--help") == .success)
        for command in CommandLineTool.standard.subcommands {
            #expect(recording.out.contains("\n  \(command.name) "))
        }
        #expect(recording.out.contains("0 done, 1 failed, 2 the arguments make no sense"))
        #expect(recording.error.isEmpty)
    }

    @Test(arguments: CommandLineTool.standard.subcommands.map { $0.name })
    func everyCommandExplainsItselfInThreeWays(name: String) async {
        let afterwards = RecordingConsole()
        let amongArguments = RecordingConsole()
        #expect(await recording.run("help", name) == .success)
        #expect(await afterwards.run(name, "--help") == .success)
        #expect(await amongArguments.run(name, "x", "-h") == .success)
        #expect(recording.out.contains("Usage: wasm-actors \(name)"))
        #expect(recording.out == afterwards.out)
        #expect(recording.out == amongArguments.out)
    }

    @Test func noCommandIsAUsageErrorThatShowsTheHelp() async {
        #expect(await recording.run() == .usage)
        #expect(recording.error.contains("no command given"))
        #expect(recording.error.contains("Commands:"))
        #expect(recording.out.isEmpty)
    }

    @Test func versionNamesTheToolAndTheLibrary() async {
        #expect(await recording.run("--version") == .success)
        #expect(recording.out.hasPrefix("wasm-actors \(ToolVersion.package) (libwasmtime 50."))
    }

    @Test func aMisspeltCommandIsCorrected() async {
        #expect(await recording.run("inpsect") == .usage)
        #expect(recording.error.contains("unknown command 'inpsect'"))
        #expect(recording.error.contains("Did you mean 'inspect'?"))
    }

    @Test func aStrangeCommandListsWhatThereIs() async {
        #expect(await recording.run("frobnicate") == .usage)
        let names = CommandLineTool.standard.subcommands.map { $0.name } + ["help"]
        #expect(recording.error.contains("The commands are: \(names.joined(separator: ", "))."))
    }

    @Test func anUnknownOptionIsAUsageError() async {
        #expect(await recording.run("--verbose") == .usage)
        #expect(await recording.run("bench", "--roundz", "3") == .usage)
        #expect(recording.error.contains("Did you mean --rounds?"))
    }
}

@Suite struct ArgumentsTests {
    @Test func optionsMayStandAnywhereAndCarryTheirValueBothWays() throws {
        let arguments = try Arguments(["a", "--one", "1", "b", "--two=2"], options: ["--one", "--two"])
        #expect(arguments.positional == ["a", "b"])
        #expect(arguments.value(of: "--one") == "1")
        #expect(arguments.value(of: "--two") == "2")
    }

    @Test func negativeNumbersAreNoOptionsBehindTheLastOptionPlace() throws {
        let arguments = try Arguments(
            ["--one", "1", "file", "export", "-1", "--x"],
            options: ["--one"],
            optionsEndAfter: 2
        )
        #expect(arguments.positional == ["file", "export", "-1", "--x"])
    }

    @Test func nothingBehindTwoDashesIsAnOption() throws {
        #expect(try Arguments(["a", "--", "--one", "--"], options: ["--one"]).positional == ["a", "--one", "--"])
    }

    @Test func anOptionWithoutItsValueIsAnError() {
        #expect(throws: CommandError.usage("option --one needs a value", hint: "Write --one VALUE.")) {
            try Arguments(["--one"], options: ["--one"])
        }
    }

    @Test func aNumberOutsideItsRangeIsAnError() throws {
        let arguments = try Arguments(["--rounds", "0"], options: ["--rounds"])
        let error = #expect(throws: CommandError.self) { try arguments.number(of: "--rounds", in: 1...9) }
        #expect(error?.exitCode == .usage)
        #expect(error?.hint == "Give a whole number from 1 to 9.")
    }
}

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("demo", "demo", 0), ("deom", "demo", 1), ("invok", "invoke", 1), ("", "abc", 3), ("abc", "xyz", 3),
    ])
    func editsCountInsertionsReplacementsAndSwaps(source: String, target: String, edits: Int) {
        #expect(Suggestion.edits(from: source, to: target) == edits)
    }

    @Test func whatIsFarOffIsNotSuggested() {
        #expect(Suggestion.nearest(to: "xyzzy", among: ["demo", "bench"]) == nil)
    }
}
