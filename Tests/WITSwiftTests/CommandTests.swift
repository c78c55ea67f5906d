import Foundation
import TestSupport
import Testing

/// The command as its user meets it.
struct CommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "wit-swift-\(UUID().uuidString)").path

    @Test(arguments: [["--help"], ["generate", "--help"], ["check", "-h"]])
    func helpNamesEverySubcommandAndStatus(_ arguments: [String]) throws {
        let run = try Command(arguments)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        for word in ["generate", "check", "json", "print", "--config", "--output", "EXIT STATUS"] {
            #expect(run.output.contains(word))
        }
    }

    @Test(arguments: [
        "--config FILE", "--output DIR", "--world NAME", "--host", "--guest", "--access LEVEL", "--stubs",
        "--types MODULE=FILE", "--features LIST", "--all-features", "[PATH] --config",
    ])
    func theUsageOfGenerateNamesEachOption(_ option: String) throws {
        let help = try Command(["--help"]).output
        let usage = try #require(help.firstRange(of: /wit-swift generate [\s\S]*wit-swift check/))
        #expect(help[usage].contains(option))
    }

    @Test func helpNamesEverySettingThatIsRead() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(#"{ "colour": 1 }"#.utf8).write(to: URL(filePath: folder + "/wit-swift.json"))
        // The reader names those it knows where it meets another one.
        let errors = try Command(["generate", "--config", folder + "/wit-swift.json", "--output", folder]).errors
        let known = try #require(errors.components(separatedBy: "the settings are ").dropFirst().first)
        let settings = known.matches(of: /"(\w+)"/).map(\.output.1)
        #expect(settings.count > 10)
        let help = try Command(["--help"]).output
        for setting in settings { #expect(help.contains("\n  \"\(setting)\" "), "\(setting)") }
    }

    @Test(arguments: [[], ["make"], ["generate", "--colour"], ["check"], ["generate", "x.wit"], ["check", "a", "b"]])
    func wrongCommandLinesEndWithTwo(_ arguments: [String]) throws {
        let run = try Command(arguments)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("--help"))
    }

    @Test func wrongInputEndsWithOneAndItsPlace() throws {
        let run = try Command(["check", Golden.folder + "refused/missing-semicolon.wit"])
        #expect(run.status == 1)
        #expect(run.errors.contains("missing-semicolon.wit:4:21: error:"))
    }

    @Test(arguments: ["check", "json", "print"])
    func everyMistakeIsALineThatCompilersPrint(_ subcommand: String) throws {
        let path = Golden.folder + "refused/stray-text.wit"
        let run = try Command([subcommand, path])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.split(separator: "\n").count { $0.hasPrefix(path) && $0.contains(": error: ") } == 12)
    }

    @Test func theModelIsPrintedAsJSON() throws {
        let run = try Command(["json", Golden.folder + "accepted/types.wit"])
        #expect(run.status == 0)
        #expect(try Golden.difference(of: run.output, from: "accepted/types.json") == nil)
    }

    @Test func theModelIsPrintedAsWIT() throws {
        let run = try Command(["print", Golden.folder + "accepted/dependencies"])
        #expect(run.status == 0)
        #expect(try Golden.difference(of: run.output, from: "accepted/dependencies.printed.txt") == nil)
    }

    @Test func featuresLetGatedItemsIn() throws {
        let path = Golden.folder + "accepted/gates.wit"
        #expect(try !Command(["print", path]).output.contains("coming"))
        #expect(try Command(["print", path, "--features", "other,fancy"]).output.contains("coming"))
        #expect(try Command(["print", path, "--all-features"]).output.contains("coming"))
    }

    @Test func missingInputIsNamed() throws {
        let run = try Command(["check", "/nowhere.wit"])
        #expect(run.status == 1)
        #expect(run.errors.contains("/nowhere.wit"))
    }

    @Test func goodInputIsSilent() throws {
        let run = try Command(["check", Golden.root + "wit"])
        #expect(run.status == 0)
        #expect(run.output.isEmpty && run.errors.isEmpty)
    }

    @Test func generatedFilesAreWrittenAndNamed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = Golden.folder + "host/shop/wit-swift.json"
        let run = try Command(["generate", "--config", configuration, "--output", folder])
        #expect(run.output == folder + "/WITBindings.swift\n")
        let text = try String(contentsOfFile: folder + "/WITBindings.swift", encoding: .utf8)
        #expect(try Golden.difference(of: text, from: "host/shop/WITBindings.swift.txt") == nil)
    }

    @Test func unchangedFilesAreLeftAlone() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/WITBindings.swift"
        _ = try Command(["generate", Golden.root + "wit", "--output", folder])
        let past = Date(timeIntervalSince1970: 1)
        try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
        _ = try Command(["generate", Golden.root + "wit", "--output", folder])
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        #expect(date == past)
    }
}
