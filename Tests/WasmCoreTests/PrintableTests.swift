import Testing
import WasmCore

@Suite("Printable")
struct PrintableTests {
    @Test(
        "what steers a terminal or a log is escaped",
        arguments: [
            ("a\nb", #"a\nb"#), ("\u{1B}[2J", #"\u{1B}[2J"#), ("\u{7F}", #"\u{7F}"#),
            ("\u{85}x\u{9B}31m", #"\u{0085}x\u{009B}31m"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
            ("\u{202A}\u{202E}", #"\u{202A}\u{202E}"#), ("\u{2066}\u{2069}", #"\u{2066}\u{2069}"#),
        ]
    )
    func escapes(text: String, expected: String) {
        #expect(Printable.text(text, limit: 100) == expected)
    }

    @Test("any other text stays as it is", arguments: ["caf\u{E9} \u{A0}", "\u{5E9}\u{5DC}", "\u{1F469}\u{200D}"])
    func keeps(text: String) {
        #expect(Printable.text(text, limit: 100) == text)
    }

    @Test("a long text is cut")
    func cuts() {
        #expect(Printable.text("abcdef", limit: 3) == "abc...")
    }
}
