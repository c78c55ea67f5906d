import Testing
import WasmCore

@Suite("Pattern")
struct PatternTests {
    @Test(
        "a pattern matches what it stands for",
        arguments: [
            ("demo/*", "demo/x"), ("demo/*/main", "demo/relay/main"), ("demo/**", "demo/x"), ("demo/**", "demo/x/y/z"),
            ("**", "anything/at/all"), ("a", "a"), ("*/b", "a/b"), ("private/**", "private/k"),
            ("a/*/b", "a/\u{301}x/b"),
        ]
    )
    func matches(pattern: String, text: String) throws {
        #expect(try Pattern(pattern).matches(text))
    }

    @Test(
        "a pattern matches nothing else",
        arguments: [
            ("demo/*", "demoevil/x"), ("demo/*", "demo"), ("demo/*", "demo/"), ("demo/*", "demo/x/y"),
            ("demo/**", "demo"), ("demo/**", "demo/"), ("demo/**", "demoevil/x"), ("a/b", "a/bc"), ("a/b", "a/b/c"),
            ("*", ""), ("**", ""), ("a", "A"), ("caf\u{e9}", "cafe\u{301}"),
            ("private/*", "private/x/\u{301}y"), ("private/*", "private/x/\u{20dd}y"),
        ]
    )
    func doesNotMatch(pattern: String, text: String) throws {
        #expect(try !Pattern(pattern).matches(text))
    }

    @Test(
        "a text that is no pattern is refused",
        arguments: ["", "/", "a//b", "a/", "/a", "a*", "**/a", "a/**/b", "***", String(repeating: "x", count: 1025)]
    )
    func refused(text: String) {
        #expect(throws: InvalidPattern.self) { try Pattern(text) }
    }

    @Test("a pattern that covers another matches all that the other matches")
    func coveringIsSound() throws {
        var generator = SplitMix(seed: 7)
        let words = ["a", "b", "*", "ab"]
        func text(_ generator: inout SplitMix, _ words: [String]) -> String {
            let count = Int.random(in: 1...4, using: &generator)
            return (0..<count).map { _ in words.randomElement(using: &generator)! }.joined(separator: "/")
        }
        var covered = 0
        for _ in 0..<20_000 {
            let rest = Bool.random(using: &generator) ? "/**" : ""
            let wide = try Pattern(text(&generator, words) + rest)
            let narrow = try Pattern(text(&generator, words) + (Bool.random(using: &generator) ? "/**" : ""))
            let subject = text(&generator, ["a", "b", "ab"])
            if wide.covers(narrow) {
                covered += 1
                #expect(!narrow.matches(subject) || wide.matches(subject), "\(wide) \(narrow) \(subject)")
            }
        }
        #expect(covered > 100)
    }
}

/// A generator with a seed, so that a failure comes again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
