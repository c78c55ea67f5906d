import Foundation
import TestSupport
import Testing

@testable import wit_swift

/// The command as its user meets it.
struct CommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "wit-swift-\(UUID().uuidString)").path

    private func run(_ arguments: String...) throws -> [String] {
        var lines: [String] = []
        try Command.run(arguments) { lines.append($0) }
        return lines
    }

    private func failure(_ arguments: String...) -> CommandFailure? {
        #expect(throws: CommandFailure.self) { try Command.run(arguments) { _ in } }
    }

    @Test(arguments: [["--help"], ["generate", "--help"], ["check", "-h"]])
    func helpNamesEverySubcommandAndStatus(_ arguments: [String]) throws {
        var text = ""
        try Command.run(arguments) { text += $0 }
        for word in ["generate", "check", "--config", "--output", "EXIT STATUS"] { #expect(text.contains(word)) }
    }

    @Test(arguments: [[], ["make"], ["generate", "--colour"], ["check"], ["generate", "x.wit"], ["check", "a", "b"]])
    func wrongCommandLinesEndWithTwo(_ arguments: [String]) {
        let failure = #expect(throws: CommandFailure.self) { try Command.run(arguments) { _ in } }
        #expect(failure?.status == 2)
        #expect(failure?.text.contains("--help") ?? false)
    }

    @Test func wrongInputEndsWithOneAndItsPlace() {
        let failure = failure("check", Golden.folder + "refused/missing-semicolon.wit")
        #expect(failure?.status == 1)
        #expect(failure?.text.contains("missing-semicolon.wit:4:21: error:") ?? false)
    }

    @Test func missingInputIsNamed() {
        let failure = failure("check", "/nowhere.wit")
        #expect(failure?.status == 1)
        #expect(failure?.text.contains("/nowhere.wit") ?? false)
    }

    @Test func goodInputIsSilent() throws {
        #expect(try run("check", Golden.root + "wit").isEmpty)
    }

    @Test func generatedFilesAreWrittenAndNamed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lines = try run("generate", "--config", Golden.folder + "host/shop/wit-swift.json", "--output", folder)
        #expect(lines == [folder + "/WITBindings.swift"])
        let text = try String(contentsOfFile: folder + "/WITBindings.swift", encoding: .utf8)
        #expect(try Golden.difference(of: text, from: "host/shop/WITBindings.swift.txt") == nil)
    }

    @Test func unchangedFilesAreLeftAlone() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/WITBindings.swift"
        _ = try run("generate", Golden.root + "wit", "--output", folder)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
        _ = try run("generate", Golden.root + "wit", "--output", folder)
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        #expect(date == Date(timeIntervalSince1970: 1))
    }
}
