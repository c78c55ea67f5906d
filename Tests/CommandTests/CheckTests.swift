import Foundation
import TestSupport
import Testing

@testable import wasm_actors

/// `check`: the tree that it prints, and what it says of the components.
@Suite struct CheckTests {
    private let recording = RecordingConsole()
    private let demo = Fixture.folderPath + "/trees/demo.json"

    /// A tree with an actor for each of these components, beside some files.
    private func folder(_ components: [String], _ files: [String: [UInt8]] = [:]) throws -> TemporaryFolder {
        let children = components.enumerated().map { #"{"id":"a/b/\#($0)","component":\#($1)}"# }
        let tree = #"{"name":"t","children":[\#(children.joined(separator: ","))]}"#
        return try TemporaryFolder(files: files.merging(["tree.json": Array(tree.utf8)]) { $1 })
    }

    @Test func theTreeIsPrinted() async {
        #expect(await recording.run("check", demo) == .success)
        #expect(recording.out.hasPrefix("demo [oneForOne]\n├─ demo/counter/main "))
        #expect(recording.out.contains("\n   └─ demo/chaos/main "))
        #expect(recording.error.isEmpty)
    }

    @Test func eachComponentThatIsNoneIsNamedOnce() async throws {
        let folder = try folder(
            ["none", "folder", "module", "text", "empty", "none"].map { #""\#($0).wasm""# },
            [
                "module.wasm": [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, 0x00],
                "text.wasm": Array("(component)".utf8), "empty.wasm": [],
            ]
        )
        let inner = URL(filePath: folder.path).appending(path: "folder.wasm")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
        #expect(await recording.run("check", folder.path + "/tree.json") == .failure)
        let lines = recording.error.split(separator: "\n").map(String.init)
        try #require(lines.count == 7, "\(recording.error)")
        #expect(lines[0] == "wasm-actors: 5 problems")
        #expect(lines[1].hasSuffix("/none.wasm: no such file"))
        #expect(lines[2].hasSuffix("/folder.wasm: is a directory"))
        #expect(lines[3].contains("/module.wasm: is a core module"))
        #expect(lines[4].contains("/text.wasm: is no component"))
        #expect(lines[5].hasSuffix("/empty.wasm: is empty"))
        #expect(recording.out.hasPrefix("t [oneForOne]\n"))
    }

    @Test func oneProblemIsOneLine() async throws {
        let folder = try folder([#""none.wasm""#])
        #expect(await recording.run("check", folder.path + "/tree.json") == .failure)
        #expect(recording.error.hasPrefix("wasm-actors: \(folder.path)/none.wasm: no such file\n"))
    }

    @Test func namesAreLookedForWhereAFolderIsGiven() async throws {
        let named = ["counter", "stranger", "text", "counter"].map { #"{"named":"\#($0)"}"# }
        let folder = try folder(named, ["counter.wasm": Fixture.bytes("counter"), "text.wasm": Array("hello".utf8)])
        let line = ["check", folder.path + "/tree.json", "--components", folder.path]
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .failure)
        #expect(recording.error.contains("wasm-actors: 2 problems\n"))
        #expect(recording.error.contains("\n\(folder.path): there is no component `stranger`\n"))
        #expect(recording.error.contains("\n\(folder.path): text.wasm: is no component"))

        let other = RecordingConsole()
        let good = try self.folder([#"{"named":"counter"}"#], ["counter.wasm": Fixture.bytes("counter")])
        #expect(await other.run("check", good.path + "/tree.json", "--components", good.path) == .success)
        #expect(other.error.isEmpty)
        #expect(await other.run("check", good.path + "/tree.json", "--components", "/nowhere") == .failure)
        #expect(other.error.contains("/nowhere: no such folder"))
    }

    @Test func withoutAFolderTheNamesAreCounted() async throws {
        let folder = try folder([#"{"named":"a"}"#, #"{"named":"b"}"#, #"{"named":"a"}"#])
        #expect(await recording.run("check", folder.path + "/tree.json") == .success)
        #expect(recording.error == "2 components that are named were not looked for: --components DIR says where.\n")
    }
}
