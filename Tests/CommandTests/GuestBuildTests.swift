import Foundation
import TestSupport
import Testing
import WasmActor
import WasmCore

@testable import wasm_actors

/// What it needs to build a guest on this machine.
enum GuestTools {
    private static let reason: Comment =
        "Swift for WebAssembly or wasm-tools is missing here; Scripts/build-fixtures --tools fetches the latter"

    /// Lets a test run where the tools are. Whoever names the tools wants to see it fail without them.
    static let needed: some TestTrait & SuiteTrait = ConditionTrait.enabled(reason) {
        let environment = ProcessInfo.processInfo.environment
        if environment["WASM_TOOLS"] != nil { return true }
        return (try? await GuestToolchain.find(environment)) != nil
    }
}

@Suite(GuestTools.needed, .serialized, .timeLimit(.minutes(10)))
struct GuestBuildTests {
    private let recording = RecordingConsole()
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(files: [:])
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    /// Makes a component of its own that is called `tiny`.
    private func makeTiny() async throws {
        try #require(await recording.run("guest", "new", path("tiny"), "--plain") == .success)
    }

    private func buildTiny(_ more: String...) async -> (code: ExitCode, console: RecordingConsole) {
        let console = RecordingConsole()
        let line = ["guest", "build", path("tiny")] + more
        return (await CommandLineTool.standard.run(line, console: console.console), console)
    }

    @Test func aNewActorIsBuiltCalledAndSpawned() async throws {
        try #require(await recording.run("guest", "new", path("my-greeter")) == .success)
        #expect(recording.out.contains("wasm-actors guest build \(path("my-greeter"))"))
        try #require(await recording.run("guest", "build", path("my-greeter")) == .success, "\(recording.error)")
        let component = path("my-greeter/my-greeter.wasm")
        #expect(recording.out.contains("\(component) ("))

        let invocation = RecordingConsole()
        #expect(await invocation.run("invoke", component, "greet", #""World""#) == .success)
        #expect(invocation.out == "\"Hello, World! You are number 1.\"\n")

        let system = try ActorSystem()
        let actor = try await system.spawn(
            ActorID("test/greeter/main"),
            path: component,
            options: ActorOptions(limits: ResourceLimits().patient)
        )
        #expect(try await actor.ask(Array("World".utf8)) == Array("Hello, World! You are number 1.".utf8))
        #expect(try await actor.ask(Array("Moon".utf8)) == Array("Hello, Moon! You are number 2.".utf8))
        await system.shutdown(grace: .seconds(10))
    }

    @Test func aComponentOfItsOwnNeedsNoHost() async throws {
        try await makeTiny()
        let (code, console) = await buildTiny("--output", path("elsewhere.wasm"))
        try #require(code == .success, "\(console.error)")
        #expect(!FileManager.default.fileExists(atPath: path("tiny/tiny.wasm")))
        let invocation = RecordingConsole()
        #expect(await invocation.run("invoke", path("elsewhere.wasm"), "greetings#greet", #""you""#) == .success)
        #expect(invocation.out == "\"Hello, you! You are number 1.\"\n")
        let inspection = RecordingConsole()
        #expect(await inspection.run("inspect", path("elsewhere.wasm")) == .success)
        #expect(!inspection.out.contains("import"))
    }

    @Test func theSameSourcesMakeTheSameBytesInAnyFolder() async throws {
        try await makeTiny()
        try FileManager.default.createDirectory(atPath: path("a folder"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: path("tiny"), toPath: path("a folder/tiny"))
        #expect(await buildTiny().code == .success)
        #expect(await recording.run("guest", "build", path("a folder/tiny"), "--scratch", path("s/t")) == .success)
        let first = try Data(contentsOf: URL(fileURLWithPath: path("tiny/tiny.wasm")))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path("a folder/tiny/tiny.wasm"))) == first)
    }

    @Test func nothingIsCompiledTwiceAndEveryChangeIs() async throws {
        try await makeTiny()
        let first = await buildTiny()
        #expect(first.console.error.contains("tiny: compiling Tiny"))
        // Whatever became of the component meanwhile.
        try write("no component", to: "tiny/tiny.wasm")
        let second = await buildTiny()
        #expect(second.console.error.isEmpty)
        #expect(second.console.out.contains("bytes, unchanged)"))
        #expect(try read("tiny/tiny.wasm") != "no component")

        try write(
            read("tiny/Sources/Guest.swift").replacing("Hello", with: "Good day"),
            to: "tiny/Sources/Guest.swift"
        )
        let third = await buildTiny()
        #expect(third.console.error.contains("tiny: compiling Tiny"))
        try write(read("tiny/wit/world.wit").replacing("Greets somebody", with: "Greets"), to: "tiny/wit/world.wit")
        #expect(await buildTiny().console.error.contains("tiny: compiling Tiny"))
        let invocation = RecordingConsole()
        #expect(await invocation.run("invoke", path("tiny/tiny.wasm"), "greet", #""you""#) == .success)
        #expect(invocation.out.contains("Good day, you!"))
    }

    @Test func mistakesInTheSwiftAreShownWhereTheyAre() async throws {
        try await makeTiny()
        try write(
            "struct Greeter: TinyGuest {\n    func greet(name: String) -> Int { 1 }\n}\n",
            to: "tiny/Sources/Guest.swift"
        )
        let (code, console) = await buildTiny()
        #expect(code == .failure)
        #expect(console.error.contains("\(path("tiny/Sources/Guest.swift")):1:8: error: "))
        #expect(console.error.contains("\(path("tiny/.build/bindings/WITBindings.swift")):"))
        #expect(console.error.contains("typealias Guest = "))
        #expect(console.out.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path("tiny/tiny.wasm")))
        #expect(!FileManager.default.fileExists(atPath: path("tiny/.build/work")))
    }

    @Test func whatTheLinkerLacksIsNamed() async throws {
        try await makeTiny()
        let source = try read("tiny/Sources/Guest.swift")
        try write(
            source.replacing("count += 1", with: "count += Int(missing())")
                + "@_extern(c, \"missing\") func missing() -> Int32\n",
            to: "tiny/Sources/Guest.swift"
        )
        let (code, console) = await buildTiny()
        #expect(code == .failure)
        #expect(console.error.contains("missing"))
        #expect(console.error.contains("wasm-ld ended with status 1"))
        #expect(console.error.contains("without a C library"))
    }

    @Test func mistakesInTheWITAreShownWhereTheyAre() async throws {
        try await makeTiny()
        try write("package local:tiny;\n\nworld tiny {\n    export f: func() -> strin;\n}\n", to: "tiny/wit/world.wit")
        let (code, console) = await buildTiny()
        #expect(code == .failure)
        #expect(console.error.contains("\(path("tiny/wit/world.wit")):4:25: error: "))
        #expect(console.error.contains("Its WIT has a mistake, see above."))
    }

    @Test func aSourceMayNotBeCalledLikeAFileOfTheBindings() async throws {
        try await makeTiny()
        try write("", to: "tiny/Sources/More/GuestHeap.swift")
        let (code, console) = await buildTiny()
        #expect(code == .failure)
        #expect(console.error.contains("tiny/Sources/More/GuestHeap.swift: its name is that of a file of the bindings"))
    }

    @Test func oneOfSeveralWorldsIsNamed() async throws {
        try await makeTiny()
        try write(read("tiny/wit/world.wit") + "\nworld %world {\n    export greetings;\n}\n", to: "tiny/wit/world.wit")
        try write(
            read("tiny/Sources/Guest.swift").replacing("TinyGuest", with: "WorldGuest"),
            to: "tiny/Sources/Guest.swift"
        )
        let several = await buildTiny()
        #expect(several.code == .failure)
        #expect(several.console.error.contains("a guest has one world, and there are `tiny`, `world`"))
        let unknown = await buildTiny("--world", "wrld")
        #expect(unknown.console.error.contains(#"has no world "wrld""#))
        let right = await buildTiny("--world", "world", "--verbose")
        #expect(right.code == .success, "\(right.console.error)")
        #expect(right.console.error.contains("-module-name Tiny "))
        try write(#"{ "worlds": ["world"] }"#, to: "tiny/wit-swift.json")
        #expect(await buildTiny().code == .success)
    }
}
