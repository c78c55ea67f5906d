import TestSupport
import Testing
import WasmComponentModel

@testable import wasm_actors

/// `invoke` as a user meets it, on the fixture components.
@Suite struct InvokeTests {
    private let recording = RecordingConsole()

    private func fixture(_ name: String) -> String {
        Fixture.path(name)
    }

    /// The argument that carries this text to an actor.
    private func message(_ text: String) -> String {
        "{payload: [\(text.utf8.map(String.init).joined(separator: ", "))], sent-at: 0, attempt: 1}"
    }

    @Test(arguments: [
        "metadata", "lifecycle#metadata", "lifecycle.metadata", "wasm-actors:actor/lifecycle#metadata",
        "wasm-actors:actor/lifecycle@0.1.0#metadata", "wasm-actors:actor/lifecycle@0.1.0.metadata",
    ])
    func anExportGoesByAnyOfItsNames(export: String) async {
        #expect(await recording.run("invoke", fixture("counter"), export) == .success)
        #expect(recording.out.hasPrefix(#"{name: "counter", version: "#))
        #expect(recording.error.isEmpty)
    }

    @Test func recordsGoInWithoutTheirOptionalFields() async {
        #expect(await recording.run("invoke", fixture("counter"), "handle-message", message("increment 5")) == .success)
        #expect(recording.out == "ok(some([53]))\n")
    }

    @Test func aGuestErrorIsAResultLikeAnyOther() async {
        #expect(await recording.run("invoke", fixture("chaos"), "handle-message", message("error no")) == .success)
        #expect(recording.out == "err(failed(\"no\"))\n")
    }

    @Test func aTrapIsAFailureWithItsPlace() async {
        #expect(await recording.run("invoke", fixture("chaos"), "handle-message", message("oob")) == .failure)
        #expect(recording.out.isEmpty)
        #expect(recording.error.contains("handle-message: "))
        #expect(recording.error.contains("\n  at "))
    }

    @Test func anImportThatIsCalledIsNamed() async {
        #expect(await recording.run("invoke", fixture("chaos"), "handle-message", message("log hi")) == .failure)
        #expect(recording.error.contains("wasm-actors:actor/services@0.1.0#log"))
        #expect(recording.error.contains("invoke does not supply"))
    }

    @Test func anUnknownExportListsWhatThereIs() async {
        #expect(await recording.run("invoke", fixture("counter"), "metadat") == .usage)
        #expect(recording.error.contains("no export 'metadat'"))
        #expect(recording.error.contains("Did you mean 'metadata'?"))
        #expect(recording.error.contains("wasm-actors:actor/lifecycle@0.1.0#health: func()"))
    }

    @Test func aWrongArgumentIsNamedWithItsTypeAndPlace() async {
        let status = await recording.run("invoke", fixture("counter"), "handle-down", "{namespace: 1}", "normal")
        #expect(status == .usage)
        #expect(
            recording.error.contains("argument 1, 'id' (record { namespace: string, name: string, instance: string })")
        )
        #expect(recording.error.contains("column 13: expected a string in double quotes, found '1'"))
    }

    @Test func aWrongNumberOfArgumentsShowsTheType() async {
        #expect(await recording.run("invoke", fixture("counter"), "shutdown") == .usage)
        #expect(recording.error.contains("shutdown takes 1 argument, not 0"))
        #expect(recording.error.contains("Its type is func(reason: "))
    }

    @Test func fileAndExportAreNeeded() async {
        #expect(await recording.run("invoke", fixture("counter")) == .usage)
    }
}

/// `invoke` on components of one function, made of text.
@Suite struct InvocationTests {
    private let recording = RecordingConsole()

    private func call(_ component: String, _ export: String, _ arguments: String...) throws -> String? {
        let component = try Component(engine: .forCommand(), text: component)
        let function = try ExportedFunction.named(export, among: ExportedFunction.all(of: component.type))
        let result = try Invocation(component: component, console: recording.console)
            .call(function, function.arguments(arguments))
        return result.map(WAVEWriter.text)
    }

    private static let numbers = """
        (component
          (core module $code
            (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
            (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2)))
            (func (export "nothing")))
          (core instance $core (instantiate $code))
          (func (export "add") (param "a" s8) (param "b" s8) (result s32) (canon lift (core func $core "add")))
          (func (export "half") (param "of" f64) (result f64) (canon lift (core func $core "half")))
          (func $nothing (canon lift (core func $core "nothing")))
          (export "nothing" (func $nothing))
          (instance $one (export "nothing" (func $nothing)))
          (export "a:b/one" (instance $one)))
        """

    @Test func functionsOfTheTopLevelAreCalled() throws {
        #expect(try call(Self.numbers, "add", "-3", "2") == "-1")
        #expect(try call(Self.numbers, "half", "inf") == "inf")
    }

    @Test func aFunctionWithoutAResultPrintsNothing() throws {
        #expect(try call(Self.numbers, "a:b/one#nothing") == nil)
    }

    @Test func wasiIsServed() throws {
        let component = """
            (component
              (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock (export "now" (func (result u64)))))
              (core func $now (canon lower (func $clock "now")))
              (core module $code
                (import "clock" "now" (func $now (result i64)))
                (func (export "runs") (result i32) (i64.ne (call $now) (i64.const 0))))
              (core instance $core (instantiate $code (with "clock" (instance (export "now" (func $now))))))
              (func (export "runs") (result bool) (canon lift (core func $core "runs"))))
            """
        #expect(try call(component, "runs") == "true")
    }

    @Test func aForeignResourceIsImportedAndItsFunctionsRefuse() throws {
        let component = """
            (component
              (import "my:own/files" (instance $files
                (export "file" (type $file (sub resource)))
                (export "open" (func (result (own $file))))))
              (core func $open (canon lower (func $files "open")))
              (core module $code
                (import "files" "open" (func $open (result i32)))
                (func (export "idle"))
                (func (export "busy") (drop (call $open))))
              (core instance $core (instantiate $code (with "files" (instance (export "open" (func $open))))))
              (func (export "idle") (canon lift (core func $core "idle")))
              (func (export "busy") (canon lift (core func $core "busy"))))
            """
        #expect(try call(component, "idle") == nil)
        let error = #expect(throws: WasmError.self) { try call(component, "busy") }
        #expect(error?.code == .hostError)
        #expect(error?.message.contains("my:own/files#open") == true)
    }

    @Test func aNameThatMeansTwoFunctionsIsRefused() throws {
        let error = #expect(throws: CommandError.self) { try call(Self.numbers, "nothing") }
        #expect(error?.exitCode == .usage)
        #expect(error?.hint?.contains("a:b/one#nothing") == true)
    }

    @Test func aNumberOutsideTheParametersTypeIsRefused() throws {
        let error = #expect(throws: CommandError.self) { try call(Self.numbers, "add", "128", "0") }
        #expect(error?.message == "argument 1, 'a' (s8): column 1: 128 is outside s8, which holds -128 to 127")
    }

    @Test func aStringWithoutItsQuotesIsExplained() throws {
        let function = ExportedFunction(
            interface: nil,
            name: "greet",
            type: FunctionType(parameters: [.init(name: "name", type: .string)])
        )
        let error = #expect(throws: CommandError.self) { try function.arguments(["Ada"]) }
        #expect(error?.hint == "A string keeps its double quotes; in a shell: '\"Ada\"'.")
    }
}
