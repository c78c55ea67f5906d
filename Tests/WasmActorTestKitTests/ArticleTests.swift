import Foundation
import Testing

/// The article's example is the one that is tested.
@Suite struct ArticleTests {
    @Test func theArticleShowsTheExampleThatIsTested() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let example = try String(contentsOf: folder.appending(path: "ExampleTests.swift"), encoding: .utf8)
        let article = try String(
            contentsOf: folder.appending(
                path: "../../Sources/WasmActorTestKit/WasmActorTestKit.docc/TestingActors.md"
            ),
            encoding: .utf8
        )
        #expect(article.contains("```swift\n\(example)```\n"))
    }
}
