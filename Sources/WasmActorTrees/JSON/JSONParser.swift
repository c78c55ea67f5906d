import WasmCore

/// What is wrong with a text that is not JSON, and where.
struct JSONError: Error {
    let position: JSONValue.Position
    let message: String
}

/// Reads JSON as RFC 8259 has it, and nothing beyond: no comments, no trailing commas, no member twice.
struct JSONParser {
    /// The most values one within the other.
    static let deepest = 256

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a whole text.
    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        parser.skipSpace()
        let value = try parser.value(depth: 1)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.error("more follows after the end of the value") }
        return value
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }
    private var position: JSONValue.Position { .init(line: line, column: index - lineStart + 1) }

    private func error(_ message: String, at position: JSONValue.Position? = nil) -> JSONError {
        JSONError(position: position ?? self.position, message: message)
    }

    private mutating func skipSpace() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
            case UInt8(ascii: "\n"):
                index += 1
                line += 1
                lineStart = index
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        let start = position
        guard depth <= Self.deepest else {
            throw error("values are nested deeper than \(Self.deepest)")
        }
        switch next {
        case UInt8(ascii: "{"): return JSONValue(.object(try object(depth: depth)), at: start)
        case UInt8(ascii: "["): return JSONValue(.array(try array(depth: depth)), at: start)
        case UInt8(ascii: "\""): return JSONValue(.string(try string()), at: start)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte):
            return JSONValue(.number(try number()), at: start)
        case nil: throw error("the text ends where a value is expected")
        default:
            for (word, kind) in [("true", JSONValue.Kind.bool(true)), ("false", .bool(false)), ("null", .null)]
            where bytes[index...].starts(with: word.utf8) {
                index += word.utf8.count
                return JSONValue(kind, at: start)
            }
            throw error(
                "\(found) where a value is expected: an object, a list, a text in \"...\", a number, true or false"
            )
        }
    }

    /// What comes next, for an error.
    private var found: String {
        guard let next else { return "the text ends" }
        guard next < 0x80 else { return "a character that is no part of JSON" }
        return "`\(Printable.text(String(UnicodeScalar(next)), limit: 4))`"
    }

    /// Takes up one after the other until the closing byte.
    private mutating func elements(
        until end: UInt8,
        _ element: (inout JSONParser) throws(JSONError) -> Void
    ) throws(JSONError) {
        index += 1
        skipSpace()
        if next == end {
            index += 1
            return
        }
        while true {
            try element(&self)
            skipSpace()
            if next == end {
                index += 1
                return
            }
            guard next == UInt8(ascii: ",") else {
                throw error("\(found) where `,` or `\(String(UnicodeScalar(end)))` is expected")
            }
            index += 1
            skipSpace()
            if next == end { throw error("a comma before `\(String(UnicodeScalar(end)))`: nothing follows it") }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        var values: [JSONValue] = []
        try elements(until: UInt8(ascii: "]")) { parser throws(JSONError) in
            values.append(try parser.value(depth: depth + 1))
        }
        return values
    }

    private mutating func object(depth: Int) throws(JSONError) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        try elements(until: UInt8(ascii: "}")) { parser throws(JSONError) in
            let start = parser.position
            guard parser.next == UInt8(ascii: "\"") else {
                throw parser.error("\(parser.found) where a name in \"...\" is expected")
            }
            let name = try parser.string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw parser.error("`\(Printable.text(name, limit: 64))` comes twice in one object", at: start)
            }
            parser.skipSpace()
            guard parser.next == UInt8(ascii: ":") else {
                throw parser.error("\(parser.found) where `:` is expected")
            }
            parser.index += 1
            parser.skipSpace()
            members.append(.init(name: name, position: start, value: try parser.value(depth: depth + 1)))
        }
        return members
    }

    private mutating func number() throws(JSONError) -> String {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let (first, place) = (index, position)
        try digits()
        guard bytes[first] != UInt8(ascii: "0") || index == first + 1 else {
            throw error("a number does not begin with 0", at: place)
        }
        if next == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private mutating func digits() throws(JSONError) {
        let start = index
        while let byte = next, Self.isDigit(byte) { index += 1 }
        guard index > start else { throw error("\(found) where a digit is expected") }
    }
}

// MARK: - Texts

extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        let start = position
        var text: [UInt8] = []
        index += 1
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let text = String(validating: text, as: UTF8.self) else {
                    throw error("a text that is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"):
                text += String(try escape()).utf8
            case 0..<0x20:
                throw error("a control character in a text; write it as \\n or \\u000a")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw error("a text that begins here has no end", at: start)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        index += 1
        let plain: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
            UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        if let scalar = next.flatMap({ plain[$0] }) {
            index += 1
            return scalar
        }
        guard next == UInt8(ascii: "u") else {
            throw error("`\\` is followed by none of \" \\ / b f n r t u", at: start)
        }
        index += 1
        let first = try hex(start)
        guard (0xD800..<0xDC00).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw error("half of a surrogate pair", at: start) }
            return scalar
        }
        guard bytes[index...].starts(with: "\\u".utf8) else { throw error("half of a surrogate pair", at: start) }
        index += 2
        let second = try hex(start)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00)
        else { throw error("half of a surrogate pair", at: start) }
        return scalar
    }

    private mutating func hex(_ start: JSONValue.Position) throws(JSONError) -> UInt32 {
        let digits = bytes[index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("\\u is followed by something else than four hexadecimal digits", at: start) }
        index += 4
        return value
    }
}
