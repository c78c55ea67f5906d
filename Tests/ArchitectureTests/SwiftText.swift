/// The text of a Swift file with every comment and every string literal blanked out, line by line as it was.
struct SwiftText {
    let code: String

    init(_ source: String) {
        var blanker = Blanker(Array(source.utf8))
        code = String(decoding: blanker.run(), as: UTF8.self)
    }

    private struct Blanker {
        /// A string literal that is open: its number of `#` and of quotes.
        struct Literal {
            let hashes: Int
            let quotes: Int
        }

        /// The bytes that can begin a comment or a literal, or count towards an interpolation's end.
        static let marks = Set("/\"#()".utf8)

        let bytes: [UInt8]
        var output: [UInt8] = []
        var position = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            output.reserveCapacity(bytes.count)
        }

        mutating func run() -> [UInt8] {
            code(untilParenthesis: false)
            return output
        }

        /// Copies code up to the end of the file or, inside an interpolation, past its closing parenthesis.
        private mutating func code(untilParenthesis: Bool) {
            var depth = 0
            while position < bytes.count {
                if !Self.marks.contains(bytes[position]) {
                    output.append(bytes[position])
                    position += 1
                } else if starts(with: "//") {
                    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank() }
                } else if starts(with: "/*") {
                    comment()
                } else if let literal = openingLiteral() {
                    string(literal)
                } else {
                    if bytes[position] == UInt8(ascii: "(") { depth += 1 }
                    if bytes[position] == UInt8(ascii: ")") {
                        if untilParenthesis, depth == 0 { return blank() }
                        depth -= 1
                    }
                    output.append(bytes[position])
                    position += 1
                }
            }
        }

        private mutating func comment() {
            var depth = 0
            repeat {
                if starts(with: "/*") {
                    depth += 1
                    blank(2)
                } else if starts(with: "*/") {
                    depth -= 1
                    blank(2)
                } else {
                    blank()
                }
            } while depth > 0 && position < bytes.count
        }

        private mutating func string(_ literal: Literal) {
            blank(literal.hashes + literal.quotes)
            let end = String(repeating: "\"", count: literal.quotes) + String(repeating: "#", count: literal.hashes)
            let escape = "\\" + String(repeating: "#", count: literal.hashes)
            while position < bytes.count {
                if starts(with: end) { return blank(literal.hashes + literal.quotes) }
                if starts(with: escape + "(") {
                    blank(escape.utf8.count + 1)
                    code(untilParenthesis: true)
                } else if starts(with: escape) {
                    blank(escape.utf8.count + 1)
                } else if literal.quotes == 1, bytes[position] == UInt8(ascii: "\n") {
                    return
                } else {
                    blank()
                }
            }
        }

        private func openingLiteral() -> Literal? {
            var hashes = 0
            while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
            var quotes = 0
            while quotes < 3, position + hashes + quotes < bytes.count,
                bytes[position + hashes + quotes] == UInt8(ascii: "\"")
            {
                quotes += 1
            }
            return quotes == 0 ? nil : Literal(hashes: hashes, quotes: quotes == 3 ? 3 : 1)
        }

        private func starts(with text: String) -> Bool {
            bytes[position...].starts(with: text.utf8)
        }

        private mutating func blank(_ count: Int = 1) {
            for _ in 0..<count where position < bytes.count {
                output.append(bytes[position] == UInt8(ascii: "\n") ? bytes[position] : UInt8(ascii: " "))
                position += 1
            }
        }
    }
}
