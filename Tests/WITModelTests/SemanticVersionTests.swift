import Testing
import WITModel

struct SemanticVersionTests {
    @Test(arguments: ["0.0.0", "1.2.3", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0+build.01", "1.0.0-a-b+c-d"])
    func isRead(_ text: String) {
        #expect(SemanticVersion(text)?.description == text)
    }

    @Test(arguments: ["", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.03", "1.2.3-", "1.2.3-01", "1.2.3+", "a.b.c", "1.2.-3"])
    func isRefused(_ text: String) {
        #expect(SemanticVersion(text) == nil)
    }

    @Test func orderFollowsPrecedence() throws {
        let texts = [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "2.0.0",
        ]
        let versions = try texts.map { try #require(SemanticVersion($0)) }
        #expect(versions.reversed().sorted() == versions)
    }
}
