import Foundation
import TestSupport
import Testing
import WITModel

@testable import WITSwift

/// The pages that say what WIT is in Swift, and what is not: every word of Swift on them is what the generator writes.
@Suite struct DocumentationTests {
    /// A block of code on the page.
    private struct Block {
        let language: String
        let code: String
    }

    private static func page(_ name: String = "WITAndSwift") throws -> String {
        let path = Golden.root + "Sources/WasmActor/WasmActor.docc/\(name).md"
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private static func blocks(_ page: String) -> [Block] {
        page.matches(of: /```(\w+)\n((?:[^`]|`(?!``))*)```/).map { Block(language: String($0.1), code: String($0.2)) }
    }

    /// Everything that is generated of an interface `things`, imported and exported, for both sides; without what makes
    /// generated code safe in any file, and with every declaration on one line.
    private static func generated(_ wit: String, sides: [BindingsConfiguration.Side]) throws -> String {
        let worlds = "\nworld needs { import things; }\nworld offers { export things; }\n"
        let resolve = try Resolve(main: [SourceFile(path: "page.wit", text: wit + worlds)], features: .all)
        var text = ""
        for side in sides {
            for world in ["needs", "offers"] {
                var configuration = BindingsConfiguration()
                configuration.side = side
                configuration.worlds = [.init(text: world, span: nil)]
                text += try Generator.files(resolve, configuration)[0].text
            }
        }
        for noise in ["Swift.", "WasmComponentModel.", "nonisolated(nonsending) ", "nonisolated "] {
            text = text.replacing(noise, with: "")
        }
        return text.replacing(/\s+/, with: " ").replacing("( ", with: "(").replacing(" )", with: ")")
    }

    /// What is not code of its own on a line of the page.
    private static func words(_ line: Substring) -> String {
        String(line).replacing(/^\s+|\s*\{?\}?\s*$/, with: "")
    }

    @Test func everyDeclarationOnThePageIsGenerated() throws {
        var generated = ""
        var checked = 0
        for block in Self.blocks(try Self.page()) {
            if block.language == "wit" {
                generated = try Self.generated(block.code, sides: [.host, .guest])
            } else {
                for line in block.code.split(separator: "\n").map(Self.words) where !line.isEmpty {
                    // Not the whole text where it fails.
                    let isThere = generated.contains(line)
                    #expect(isThere, "\(line)")
                    checked += 1
                }
            }
        }
        #expect(checked > 35)
    }

    @Test func everyRowOfTheTableIsGenerated() throws {
        let page = try Self.page()
        let definitions = try #require(Self.blocks(page).first).code
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count > 10)
        for row in rows {
            let columns = row.split(separator: "|").map { $0.matches(of: /`([^`]+)`/).map { String($0.1) } }
            try #require(columns.count >= 2 && columns[0].count == columns[1].count, "\(row)")
            for (type, swift) in zip(columns[0], columns[1]) {
                let end = try #require(definitions.lastIndex(of: "}"))
                let wit = String(definitions[..<end]) + "\n f: func(value: \(type));\n}\n"
                for side in [BindingsConfiguration.Side.host, .guest] {
                    let isThere = try Self.generated(wit, sides: [side]).contains("(value: \(swift))")
                    #expect(isThere, "\(type) for a \(side)")
                }
            }
        }
    }

    @Test(arguments: [BindingsConfiguration.Side.host, .guest])
    func everyTypeThatThePageOfLimitsNamesIsRefused(side: BindingsConfiguration.Side) throws {
        let rows = try Self.page("Limits").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let types = rows.compactMap { $0.firstMatch(of: /^\| `([^`]+)`/).map { String($0.1) } }.filter { $0 != "flags" }
        #expect(types == ["stream<T>", "future<T>", "error-context", "list<T, N>"])
        for type in types {
            let real = type.replacing("T", with: "u8").replacing("N", with: "4")
            let wit = "package docs:library;\ninterface things {\n    f: func(value: \(real));\n}\n"
            let error = #expect(throws: WITError.self) { try Self.generated(wit, sides: [side]) }
            #expect(error?.description.contains("page.wit:3:20: error: ") ?? false, "\(type)")
        }
    }
}
