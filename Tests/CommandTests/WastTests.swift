import TestSupport
import Testing

@testable import wasm_actors

/// `wast` as a user meets it, on the scripts of the fixtures.
@Suite struct WastTests {
    private let recording = RecordingConsole()

    private func fixture(_ name: String) -> String {
        "\(Fixture.folderPath)/wast/\(name)"
    }

    /// The lines of the output.
    private var lines: [String] { recording.out.split(separator: "\n").map(String.init) }

    // MARK: Outcomes

    @Test(arguments: ["--async", "--sync"])
    func everyCommandOfTheSuitePasses(mode: String) async {
        #expect(await recording.run("wast", mode, fixture("passing")) == .success)
        #expect(recording.out == "22 passed, 0 failed, 0 unsupported\n")
        #expect(recording.error.isEmpty)
    }

    @Test(arguments: ["--async", "--sync"])
    func aScriptThatSaysSoFindsWASI(mode: String) async {
        #expect(await recording.run("wast", mode, fixture("wasi")) == .success)
        #expect(recording.out == "2 passed, 0 failed, 0 unsupported\n")
    }

    @Test func eachFailureIsALineWithItsPlace() async throws {
        #expect(await recording.run("wast", fixture("failing")) == .failure)
        let place = fixture("failing/failing.json")
        let starts = [
            "10 assert_return: expected 2, got 1", "11 assert_return: expected nothing, got 1",
            "12 assert_return: expected [WasmComponentModel.Value.s32(1)], got [WasmComponentModel.Value.u32(1)]",
            "13 assert_return: the component exports no function two", "14 assert_return: 1 arguments for one",
            "15 assert_trap: expected the trap 'unreachable', got 1",
            "16 assert_trap: expected the trap 'integer divide by zero', got the guest trapped (unreachable)",
            "17 assert_invalid: it was accepted", "18 assert_malformed: it was accepted",
            "19 assert_unlinkable: the component was instantiated",
            "20 assert_uninstantiable: the component was instantiated",
            "21 module: the component imports nobody-has-this", "22 action: the component imports nobody-has-this",
        ]
        try #require(lines.count == starts.count + 1)
        for (line, start) in zip(lines, starts) {
            #expect(line.hasPrefix("failed \(place):\(start)"))
        }
        #expect(lines.last == "1 passed, 13 failed, 0 unsupported")
        #expect(recording.error == "wasm-actors: 13 commands failed\n")
    }

    @Test func whatIsNotOfferedIsUnsupportedAndNoFailure() async {
        #expect(await recording.run("wast", "--verbose", fixture("asynchronous")) == .success)
        let feature = "feature off: `task.return` requires the component model async feature"
        #expect(lines[0].hasSuffix("3 module: \(feature)"))
        #expect(lines[1].hasSuffix("12 assert_return: \(feature)"))
        #expect(lines.last == "0 passed, 0 failed, 5 unsupported")
    }

    @Test func featuresAreSwitchedOnByName() async {
        #expect(
            await recording.run("wast", "--features", "async,map", "--verbose", fixture("asynchronous")) == .success
        )
        #expect(lines[0].hasPrefix("passed ") && lines[1].hasPrefix("passed "))
        #expect(lines[3].contains("assert_trap: make uses stream<u8>, which cannot be carried"))
        #expect(lines[4].hasSuffix("register: the command is for core modules"))
        #expect(lines.last == "3 passed, 0 failed, 2 unsupported")
    }

    @Test func compilingOnlyRunsNothing() async {
        #expect(await recording.run("wast", "--compile-only", fixture("failing")) == .failure)
        // Both modules compile, and the two assertions that need no instance fail as ever.
        #expect(lines.last == "2 passed, 2 failed, 10 unsupported")
    }

    @Test func severalFoldersAreOneRun() async {
        let status = await recording.run("wast", fixture("passing"), fixture("wasi/wasi.json"), fixture("asynchronous"))
        #expect(status == .success)
        #expect(recording.out == "24 passed, 0 failed, 5 unsupported\n")
    }

    // MARK: Arguments

    @Test(arguments: [
        (["wast"], "wast takes a folder"),
        (["wast", "--sync", "--async", "x"], "--sync and --async exclude each other"),
        (["wast", "--features", "threading", "x"], "the feature threading is not offered"),
        (["wast", "--features", "asinc", "x"], "asinc is no feature"),
        (["wast", "--sync=yes", "x"], "option --sync takes no value"),
        (["wast", "--compile", "x"], "unknown option --compile"),
    ])
    func argumentsThatMakeNoSenseAreRefused(line: [String], message: String) async {
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .usage)
        #expect(recording.error.contains(message))
    }

    @Test func aFolderWithoutScriptsIsAFailure() async throws {
        let folder = try TemporaryFolder(files: ["notes.txt": []])
        #expect(await recording.run("wast", folder.path) == .failure)
        #expect(recording.error.contains("no .json file in it"))
        #expect(await recording.run("wast", folder.path + "/missing") == .failure)
        #expect(recording.error.contains("no such file or folder"))
    }

    // MARK: Hostile scripts

    @Test(
        arguments: [
            ("", "the file:"),
            ("{", "the file:"),
            ("[]", "the file:"),
            ("{}", "commands"),
            (#"{"commands": [7]}"#, ".commands[0]"),
            (#"{"commands": [{"line": 1}]}"#, ".commands[0]"),
            (#"{"commands": [{"type": "module"}]}"#, "filename"),
            (#"{"commands": [{"type": "module", "filename": "../../etc/passwd"}]}"#, "is not the name of a file"),
            (#"{"commands": [{"type": "module", "filename": ".."}]}"#, "is not the name of a file"),
            (#"{"commands": [{"type": "assert_return"}]}"#, "action"),
            (argument(#"{"type": "u8", "value": "256"}"#), "'256' is no number of 8 bits"),
            (argument(#"{"type": "s64", "value": ""}"#), "'' is no number of 64 bits"),
            (argument(#"{"type": "u8", "value": 1}"#), ".args[0].value"),
            (argument(#"{"type": "char", "value": "ab"}"#), "one Unicode scalar value, not 2"),
            (argument(#"{"type": "stream", "value": "1"}"#), "no type 'stream'"),
            (argument(#"{"type": "result", "value": {"Ok": null, "Err": null}}"#), "either Ok or Err"),
            (argument(#"{"type": "record", "value": [["a"]]}"#), ".args[0].value[0]"),
            (argument(String(repeating: #"{"type": "option", "value": "#, count: 100_000)), "the file:"),
        ]
    )
    func aScriptThatNoConverterWritesIsOneFailure(json: String, message: String) async throws {
        let folder = try TemporaryFolder(files: ["script.json": Array(json.utf8)])
        #expect(await recording.run("wast", folder.path) == .failure)
        #expect(lines.first?.hasPrefix("failed \(folder.path)/script.json script: not what wasm-tools") == true)
        #expect(lines.first?.contains(message) == true)
        #expect(lines.last == "0 passed, 1 failed, 0 unsupported")
    }

    /// A script that calls with one argument.
    private static func argument(_ value: String) -> String {
        #"{"commands": [{"type": "action", "action": {"type": "invoke", "field": "f", "args": [\#(value)]}}]}"#
    }

    @Test func whatAScriptNamesAndIsNotThereIsAFailureOfThatCommand() async throws {
        let json = """
            {"commands": [
              {"type": "module", "line": 1, "filename": "missing.wasm"},
              {"type": "module_instance", "line": 2, "instance": "i", "module": "nobody"},
              {"type": "action", "line": 3, "action": {"type": "invoke", "module": "nobody", "field": "f", "args": []}},
              {"type": "action", "line": 4, "action": {"type": "get", "field": "f"}},
              {"type": "assert_return", "line": 5, "action": {"type": "invoke", "field": "f"}}
            ]}
            """
        let folder = try TemporaryFolder(files: ["script.json": Array(json.utf8)])
        #expect(await recording.run("wast", folder.path) == .failure)
        #expect(lines[0].contains(":1 module: ") && lines[0].contains("missing.wasm: no such file"))
        #expect(lines[1].hasSuffix(":2 module_instance: there is no module nobody"))
        #expect(lines[2].hasSuffix(":3 action: there is no instance nobody"))
        #expect(lines.last == "0 passed, 4 failed, 1 unsupported")
    }

    @Test(arguments: ["--async", "--sync"])
    func aGuestThatSpinsRunsOutOfFuel(mode: String) async throws {
        // The first component of the passing script has a function that never returns.
        let json = """
            {"commands": [
              {"type": "module", "line": 1, "filename": "passing.0.wasm"},
              {"type": "action", "line": 2, "action": {"type": "invoke", "field": "spin", "args": []}}
            ]}
            """
        let folder = try TemporaryFolder(files: [
            "script.json": Array(json.utf8), "passing.0.wasm": try Fixture.bytes("wast/passing/passing.0"),
        ])
        #expect(await recording.run("wast", mode, folder.path) == .failure)
        #expect(lines[0].contains(":2 action: the guest trapped (outOfFuel)"))
        #expect(lines.last == "1 passed, 1 failed, 0 unsupported")
    }
}
