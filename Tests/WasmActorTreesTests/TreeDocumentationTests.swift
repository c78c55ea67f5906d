import Foundation
import TestSupport
import Testing
import WasmActor
import WasmCore

@testable import WasmActorTrees

/// The article lists what a file may say; both say the same.
@Suite struct TreeDocumentationTests {
    private static let article = Golden.root + "Sources/WasmActorTrees/WasmActorTrees.docc/TreeFiles.md"

    /// The rows of the table below a heading: key, value and default.
    private func rows(below heading: String) throws -> [[String]] {
        let text = try String(contentsOfFile: Self.article, encoding: .utf8)
        let section = text.components(separatedBy: "\n### ").first { $0.hasPrefix(heading + "\n") }
        return try #require(section, "no section \(heading)").split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    /// What stands in a text as code.
    private func words(_ text: String) -> [String] { text.matches(of: /`([^`]+)`/).map { String($0.1) } }

    private func check<Root>(_ heading: String, _ keys: [Key<Root>]) throws {
        let rows = try rows(below: heading)
        #expect(rows.map { $0[0] } == keys.map { "`\($0.name)`" }, "\(heading)")
        for (row, key) in zip(rows, keys) {
            #expect((row[2] == "required") == key.isRequired, "\(key.name)")
            // Every word that is allowed is listed.
            for word in words(key.allowed)
            where key.allowed.hasPrefix("one of ") {
                #expect(row[1].contains("`\(word)`"), "\(key.name): \(word)")
            }
        }
    }

    @Test func everyKeyIsDocumentedAndEveryDocumentedKeyIsAccepted() throws {
        let forms = TreeForms(folder: nil)
        try check("A supervisor", forms.supervisorKeys)
        try check("An actor", forms.actorKeys)
        try check("`backOff`", TreeForms.backOffKeys)
        try check("`health`", TreeForms.healthKeys)
        try check("An element of `rules`", TreeForms.ruleKeys)
        try check("`limits`", TreeForms.limitKeys)
    }

    /// What a default is, as a file would say it.
    private func check<Root>(_ heading: String, _ keys: [Key<Root>], of value: Root) throws {
        for (row, key) in zip(try rows(below: heading), keys) {
            guard row[2] != "required", row[2] != "none", row[2] != "see below" else { continue }
            let text = try key.write(value).text().replacing("\"", with: "`")
            #expect(row[2] == text || text == "null" || row[2] == "`\(text)`", "\(key.name): \(text)")
        }
    }

    @Test func theDefaultsAreThoseOfTheProperties() throws {
        let forms = TreeForms(folder: nil)
        let nobody = ChildSpec(id: try ActorID("a/b/c"), component: .path("c.wasm"))
        try check("A supervisor", forms.supervisorKeys, of: SupervisorSpec("s"))
        try check("An actor", forms.actorKeys, of: nobody)
        try check("`backOff`", TreeForms.backOffKeys, of: BackOff())
        try check("`health`", TreeForms.healthKeys, of: HealthPolicy())
        try check("`limits`", TreeForms.limitKeys, of: ResourceLimits())
    }

    @Test func theExampleOfTheArticleIsATree() throws {
        let text = try String(contentsOfFile: Self.article, encoding: .utf8)
        let example = try #require(text.split(separator: "```json\n").dropFirst().first?.split(separator: "```").first)
        #expect(throws: Never.self) { try SupervisorSpec(json: Array(example.utf8), file: "article") }
    }

    @Test func everyKindOfAccessAndEveryExitIsListed() throws {
        let text = try String(contentsOfFile: Self.article, encoding: .utf8)
        for kind in Capability.Kind.allCases { #expect(text.contains("`\(kind.rawValue)`")) }
        for row in try rows(below: "An element of `rules`") where row[0] == "`when`" {
            for word in words(row[1]) {
                #expect(ExitPattern(word) != nil, "\(word)")
            }
        }
    }
}
