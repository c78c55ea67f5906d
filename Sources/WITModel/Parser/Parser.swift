/// Thrown to leave the item that is being read; the diagnostic lies in the parser already.
struct Abandoned: Error {}

/// Reads one file. After a mistake it goes on at the next item, so that one run names several.
struct Parser {
    /// How deep types may be nested.
    static let depthLimit = 100

    private var lexer: Lexer
    private(set) var token: Token
    private var previous: Span
    private var mistakes: [Diagnostic] = []
    private var openBraces = 0
    var depth = 0

    init(file: Int, source: SourceFile) {
        lexer = Lexer(file: file, bytes: source.bytes)
        token = lexer.next()
        previous = Span(file: file, start: 0, end: 0)
    }

    /// The text.
    var bytes: [UInt8] { lexer.bytes }

    /// What was wrong so far.
    var diagnostics: [Diagnostic] { lexer.diagnostics + mistakes }

    /// The end of what was read last.
    var lastSpan: Span { previous }

    // MARK: Tokens

    @discardableResult
    mutating func advance() -> Token {
        let read = token
        switch read.kind {
        case .sign(UInt8(ascii: "{")): openBraces += 1
        case .sign(UInt8(ascii: "}")): openBraces -= 1
        default: break
        }
        previous = read.span
        token = lexer.next()
        return read
    }

    func isAt(_ sign: Character) -> Bool {
        token.kind == .sign(sign.asciiValue ?? 0)
    }

    func isAt(word: String) -> Bool {
        token.kind == .word && token.text == word
    }

    mutating func skip(_ sign: Character) -> Bool {
        guard isAt(sign) else { return false }
        advance()
        return true
    }

    mutating func skip(word: String) -> Bool {
        guard isAt(word: word) else { return false }
        advance()
        return true
    }

    /// Whether a sign follows the token at hand.
    func isFollowed(by sign: Character) -> Bool {
        var ahead = lexer
        return ahead.next().kind == .sign(sign.asciiValue ?? 0)
    }

    mutating func expect(_ sign: Character, _ place: String) throws(Abandoned) {
        guard skip(sign) else { throw fail("expected `\(sign)` \(place), found \(found)") }
    }

    /// Reports that an item lacks its `;`, at the end of what was read, and goes on as if it were there.
    mutating func expectSemicolon(after item: String) throws(Abandoned) {
        guard !skip(";") else { return }
        let end = Span(file: previous.file, start: previous.end, end: previous.end)
        throw fail("expected `;` after \(item), found \(found)", at: end, hint: "end \(item) with `;`")
    }

    mutating func identifier(_ what: String) throws(Abandoned) -> Identifier {
        switch token.kind {
        case .word where Keywords.all.contains(token.text):
            throw fail(
                "expected \(what), found the keyword `\(token.text)`",
                hint: "write `%\(token.text)` to use it as a name"
            )
        case .word, .escapedWord:
            if let complaint = KebabCase.complaint(token.text) {
                throw fail("`\(token.text)` is not a valid name: \(complaint)", hint: KebabCase.hint(token.text))
            }
            let read = advance()
            if isAt("_"), token.span.start == read.span.end {
                throw fail("a name has no underscores", hint: "put a hyphen between its words: `\(read.text)-...`")
            }
            return Identifier(text: read.text, span: read.span)
        default:
            throw fail("expected \(what), found \(found)")
        }
    }

    /// What stands here, for a sentence.
    var found: String {
        switch token.kind {
        case .end: "the end of the file"
        case .word where Keywords.all.contains(token.text): "the keyword `\(token.text)`"
        case .escapedWord: "`%\(token.text)`"
        default: "`\(token.text)`"
        }
    }

    /// Reads a version that starts at an offset, and the token behind it.
    mutating func version(at start: Int) throws(Abandoned) -> SemanticVersion {
        let read = lexer.version(at: start)
        token = lexer.next()
        previous = read.span
        guard let version = SemanticVersion(read.text) else {
            throw fail("`\(read.text)` is not a version", at: read.span, hint: "write it as `1.2.3`")
        }
        return version
    }

    // MARK: Mistakes

    mutating func fail(_ message: String, at span: Span? = nil, hint: String? = nil) -> Abandoned {
        mistakes.append(Diagnostic(message, at: span ?? token.span, hint: hint))
        return Abandoned()
    }

    mutating func report(_ message: String, at span: Span, hint: String? = nil) {
        mistakes.append(Diagnostic(message, at: span, hint: hint))
    }

    /// Whether there were so many mistakes that more of them help nobody.
    var hasEnough: Bool { mistakes.count >= 50 }

    /// Reads items up to the closing brace, which is read too; a bad item is skipped.
    mutating func block(_ owner: String, _ item: (inout Parser) throws(Abandoned) -> Void) throws(Abandoned) {
        try expect("{", "to open \(owner)")
        let level = openBraces
        while !isAt("}") {
            if token.kind == .end { throw fail("\(owner) is not closed", hint: "close it with `}`") }
            do {
                try item(&self)
            } catch {
                recover(to: level)
                if hasEnough || openBraces < level { throw error }
            }
        }
        advance()
    }

    /// Moves on behind the `;` or the `}` that ends a bad item, or in front of the one that ends its block.
    mutating func recover(to level: Int) {
        while token.kind != .end {
            if openBraces <= level {
                if isAt("}") { return }
                if isAt(";") {
                    advance()
                    return
                }
            }
            let closes = isAt("}")
            advance()
            if closes, openBraces == level { return }
        }
    }

    /// The level for `recover(to:)` of items outside of every brace.
    var level: Int { openBraces }

    /// Reads `element`s with commas between them up to the closing sign, which is read too.
    mutating func list<Element>(
        until close: Character,
        of owner: String,
        _ element: (inout Parser) throws(Abandoned) -> Element
    ) throws(Abandoned) -> [Element] {
        var elements: [Element] = []
        while !skip(close) {
            elements.append(try element(&self))
            if skip(close) { break }
            guard skip(",") else {
                throw fail("expected `,` or `\(close)` in \(owner), found \(found)")
            }
        }
        return elements
    }
}
