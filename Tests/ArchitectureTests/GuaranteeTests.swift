import Foundation
import Testing

/// What the articles promise is held by tests, and the articles name them: as `Suite/function`.
@Suite struct GuaranteeTests {
    /// A test that an article names.
    private struct Name: Hashable, CustomStringConvertible {
        let suite: Substring
        let function: Substring

        var description: String { "\(suite)/\(function)" }

        /// All of them in a text.
        static func all(in text: String) -> [Name] {
            text.matches(of: /`([A-Z]\w*Tests)\/(\w+)`/).map { Name(suite: $0.output.1, function: $0.output.2) }
        }
    }

    /// The text of every article, by its file's name.
    private static func articles() throws -> [String: String] {
        let sources = Repository.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        let articles = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
        return try Dictionary(
            uniqueKeysWithValues: articles.map { url in
                (url.lastPathComponent, try String(contentsOf: url, encoding: .utf8))
            }
        )
    }

    /// The functions of the files in which a suite stands, by suite.
    private static func suites() throws -> [String: Set<String>] {
        var suites: [String: Set<String>] = [:]
        for url in Repository.swiftFiles(below: Repository.root.appending(path: "Tests")) {
            let code = SwiftText(try String(contentsOf: url, encoding: .utf8)).code
            let functions = Set(code.matches(of: /\bfunc\s+(\w+)/).map { String($0.output.1) })
            for match in code.matches(of: /\bstruct\s+(\w+Tests)\b/) {
                suites[String(match.output.1), default: []].formUnion(functions)
            }
        }
        return suites
    }

    @Test func everyTestThatAnArticleNamesIsThere() throws {
        let suites = try Self.suites()
        var names = 0
        for (file, text) in try Self.articles() {
            for name in Name.all(in: text) {
                names += 1
                #expect(
                    suites[String(name.suite)]?.contains(String(name.function)) == true,
                    "\(file) names \(name), which is no test"
                )
            }
        }
        #expect(names > 0)
    }

    @Test func everyGuaranteeNamesATest() throws {
        let text = try #require(try Self.articles()["Guarantees.md"])
        let guarantees = try #require(text.components(separatedBy: "### What is not guaranteed").first)
        let rows = guarantees.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| guarantee") }
        #expect(!rows.isEmpty)
        for row in rows { #expect(!Name.all(in: String(row)).isEmpty, "\(row)") }
    }
}
