/// Cuts one file into tokens.
///
/// The rules are those of the component model's `WIT.md`, "Lexical structure".
struct Lexer {
    let file: Int
    let bytes: [UInt8]
    private(set) var offset = 0
    private(set) var diagnostics: [Diagnostic] = []

    init(file: Int, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        if let bad = InvalidText.first(in: bytes) {
            diagnostics.append(
                Diagnostic(
                    bad.message,
                    at: Span(file: file, start: bad.offset, end: bad.offset + 1),
                    hint: "remove it; WIT is UTF-8 text without control characters"
                )
            )
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The next token; `end` again and again after the last.
    mutating func next() -> Token {
        while true {
            if let token = scan() { return token }
        }
    }

    /// How many mistakes of this kind one file names.
    private static let mistakeLimit = 20

    /// The next token; nil behind characters that make none.
    private mutating func scan() -> Token? {
        var comments: [String] = []
        while let blank = skipBlank() {
            if let comment = blank { comments.append(comment) }
        }
        let docs = Documentation(comments: comments)
        let start = offset
        guard let byte = peek() else { return token(.end, from: start, docs) }
        offset += 1
        switch byte {
        case UInt8(ascii: "%"):
            let nameStart = offset
            scanWord()
            if offset == nameStart {
                report("expected a name after `%`", from: start, hint: "write the name right behind the `%`")
            }
            return Token(
                kind: .escapedWord,
                span: Span(file: file, start: start, end: offset),
                text: text(nameStart, offset),
                docs: docs
            )
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            while let digit = peek(), digit >= 0x30, digit <= 0x39 { offset += 1 }
            return token(.integer, from: start, docs)
        case UInt8(ascii: "\""):
            scanString(from: start)
            return token(.string, from: start, docs)
        case UInt8(ascii: "-") where peek() == UInt8(ascii: ">"):
            offset += 1
            return token(.arrow, from: start, docs)
        case _ where Self.isLetter(byte):
            scanWord()
            return token(.word, from: start, docs)
        case _ where Self.signs.contains(byte):
            return token(.sign(byte), from: start, docs)
        default:
            // One report for all that stand together.
            while let more = peek(), more >= 0x80 || (more > 0x20 && !Self.starts(more)) { offset += 1 }
            let isOne = String(decoding: bytes[start..<min(offset, start + 8)], as: UTF8.self).unicodeScalars.count == 1
            report(
                "unexpected character\(isOne ? "" : "s") `\(text(start, min(offset, start + 200)))`",
                from: start,
                hint: "outside of comments, WIT is written in ASCII"
            )
            return nil
        }
    }

    /// Reads a version that starts at an offset or behind blanks there: a stretch of digits, letters, `.`, `-` and `+` that ends before a
    /// `.` which nothing of that follows.
    mutating func version(at start: Int) -> (text: String, span: Span) {
        offset = start
        while skipBlank() != nil {}
        let start = offset
        while let byte = peek() {
            let inner = Self.isLetter(byte) || Self.isDigit(byte)
            let joint = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            let follows =
                offset + 1 < bytes.count
                && (Self.isLetter(bytes[offset + 1]) || Self.isDigit(bytes[offset + 1])
                    || bytes[offset + 1] == UInt8(ascii: "-"))
            guard inner || (joint && follows) else { break }
            offset += 1
        }
        return (text(start, offset), Span(file: file, start: start, end: offset))
    }

    /// Whether a token or a comment can start with a byte.
    private static func starts(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || signs.contains(byte) || byte == UInt8(ascii: "%")
            || byte == UInt8(ascii: "\"")
    }

    private static let signs = Set("=,:;(){}<>*-/.@+_".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private func token(_ kind: Token.Kind, from start: Int, _ docs: Documentation) -> Token {
        Token(kind: kind, span: Span(file: file, start: start, end: offset), text: text(start, offset), docs: docs)
    }

    /// Moves over letters, digits and hyphens; a hyphen before `>` is an arrow's and stays.
    private mutating func scanWord() {
        while let byte = peek() {
            if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: ">") { break }
            guard Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "-") else { break }
            offset += 1
        }
    }

    /// Moves behind the closing quote of a string, which ends on its line.
    private mutating func scanString(from start: Int) {
        while let byte = peek(), byte != 0x0A {
            offset += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte < 0x20 {
                report("a string holds no control characters", from: offset - 1, hint: "write `\\t` for a tab")
            }
            if byte == UInt8(ascii: "\\"), peek() != nil, peek() != 0x0A { offset += 1 }
        }
        report("the string is not closed", from: start, hint: "close it with `\"` on the same line")
    }

    private mutating func report(_ message: String, from start: Int, hint: String?) {
        guard diagnostics.count < Self.mistakeLimit else { return }
        diagnostics.append(Diagnostic(message, at: Span(file: file, start: start, end: offset), hint: hint))
    }

    /// Moves over one character of white space, an inner nil, or one comment; nil where there is neither.
    private mutating func skipBlank() -> String?? {
        guard let byte = peek() else { return nil }
        if byte == 0x20 || byte == 0x09 || byte == 0x0A || (byte == 0x0D && peek(1) == 0x0A) {
            offset += 1
            return .some(nil)
        }
        guard byte == UInt8(ascii: "/") else { return nil }
        if peek(1) == UInt8(ascii: "/") { return .some(lineComment()) }
        if peek(1) == UInt8(ascii: "*") { return .some(blockComment()) }
        return nil
    }

    private mutating func lineComment() -> String {
        let start = offset
        while let byte = peek(), byte != 0x0A { offset += 1 }
        var end = offset
        while bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 || bytes[end - 1] == 0x0D { end -= 1 }
        return text(start, end)
    }

    private mutating func blockComment() -> String? {
        let start = offset
        offset += 2
        var depth = 1
        while depth > 0 {
            guard let byte = peek() else {
                report("unterminated block comment", from: start, hint: "close it with `*/`")
                return nil
            }
            if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                offset += 2
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                offset += 2
            } else {
                offset += 1
            }
        }
        return text(start, offset)
    }
}
