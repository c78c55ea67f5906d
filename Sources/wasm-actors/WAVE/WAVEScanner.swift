/// Reads the smallest parts of a WAVE text: punctuation, labels, numbers, quoted characters.
struct WAVEScanner {
    /// A label, and whether it was written with the `%` that keeps it from being read as a keyword.
    struct Label: Equatable {
        let name: String
        let isEscaped: Bool
    }

    private let text: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    /// The scalar at the position; none at the end.
    var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

    /// Skips white space and comments, which run from `//` to the end of the line.
    mutating func skipSpace() {
        while let scalar = current {
            if scalar == "/", position + 1 < text.count, text[position + 1] == "/" {
                while current != nil, current != "\n" { position += 1 }
            } else if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
                position += 1
            } else {
                return
            }
        }
    }

    /// Takes this text where it stands next, white space before it aside.
    mutating func take(_ expected: String) -> Bool {
        skipSpace()
        let scalars = Array(expected.unicodeScalars)
        guard text[position...].starts(with: scalars) else { return false }
        position += scalars.count
        return true
    }

    /// Takes this text or throws what was expected.
    mutating func require(_ expected: String, _ purpose: String) throws(WAVEError) {
        guard take(expected) else { throw failure(expecting: "'\(expected)' \(purpose)") }
    }

    /// Takes a label, such as `some` or `%none`; none where no label stands next.
    mutating func takeLabel() -> Label? {
        skipSpace()
        let start = position
        var end = position
        if end < text.count, text[end] == "%" { end += 1 }
        let nameStart = end
        while end < text.count, WAVEScanner.isLabelPart(text[end], first: end == nameStart) { end += 1 }
        guard end > nameStart else { return nil }
        position = end
        return Label(name: string(from: nameStart, to: end), isEscaped: nameStart > start)
    }

    /// Takes everything that can belong to a number: digits, signs, a point, an exponent, the words for infinity.
    mutating func takeNumber() -> String? {
        skipSpace()
        let start = position
        while let scalar = current, WAVEScanner.isNumberPart(scalar) { position += 1 }
        return position > start ? string(from: start, to: position) : nil
    }

    /// Takes one scalar as it is, inside quotes.
    mutating func takeRaw() -> Unicode.Scalar? {
        guard let scalar = current else { return nil }
        position += 1
        return scalar
    }

    /// Goes back to a position that `position` gave earlier.
    mutating func goBack(to earlier: Int) { position = earlier }

    /// An error at the position: what was expected, and what stands there.
    func failure(expecting what: String) -> WAVEError {
        error("expected \(what), found \(found)", at: position)
    }

    /// An error at a position of this text.
    func error(_ message: String, at position: Int) -> WAVEError {
        WAVEError(column: position + 1, message: message)
    }

    /// The words that are no labels unless they are written with `%`.
    static let keywords: Set<String> = ["true", "false", "inf", "nan", "some", "none", "ok", "err"]

    private var found: String {
        guard let scalar = current else { return "the end" }
        var end = position
        while end < text.count, end - position < 16, WAVEScanner.isWordPart(text[end]) { end += 1 }
        let word = end > position ? string(from: position, to: end) : String(Character(scalar))
        return "'\(word)'"
    }

    private func string(from start: Int, to end: Int) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text[start..<end])
        return String(result)
    }

    private static func isLabelPart(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z": true
        case "0"..."9", "-": !first
        default: false
        }
    }

    private static func isNumberPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z", "+", "-", ".", "_": true
        default: false
        }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        isNumberPart(scalar) || scalar == "%"
    }
}
