import WITModel

/// A JSON value that knows where it stands, so that a mistake in a configuration has a place.
struct JSONValue {
    enum Kind {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([(key: String, keySpan: Span, value: JSONValue)])
    }

    let kind: Kind
    let span: Span
}

/// Reads JSON after RFC 8259.
struct JSONReader {
    private static let depthLimit = 64

    private let file: Int
    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0

    private init(file: Int, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// Reads the one value that a file holds.
    static func read(_ source: SourceFile, file: Int) throws(ConfigurationMistake) -> JSONValue {
        var reader = JSONReader(file: file, bytes: source.bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.offset == reader.bytes.count else {
            throw reader.mistake("there is more after the end of the value")
        }
        return value
    }

    private func mistake(_ message: String, from start: Int? = nil) -> ConfigurationMistake {
        let start = start ?? offset
        let end = min(max(offset, start + 1), bytes.count)
        return ConfigurationMistake(
            diagnostic: Diagnostic(message, at: Span(file: file, start: min(start, bytes.count), end: end))
        )
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func skip(_ character: Character) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == character.asciiValue else { return false }
        offset += 1
        return true
    }

    private mutating func value() throws(ConfigurationMistake) -> JSONValue {
        skipSpace()
        let start = offset
        guard offset < bytes.count else { throw mistake("a value is missing") }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw mistake("the values are nested too deep") }
        let kind: JSONValue.Kind
        switch bytes[offset] {
        case UInt8(ascii: "{"): kind = try object()
        case UInt8(ascii: "["): kind = try array()
        case UInt8(ascii: "\""): kind = .string(try string())
        default: kind = try word()
        }
        return JSONValue(kind: kind, span: Span(file: file, start: start, end: offset))
    }

    private mutating func object() throws(ConfigurationMistake) -> JSONValue.Kind {
        offset += 1
        var members: [(key: String, keySpan: Span, value: JSONValue)] = []
        if skip("}") { return .object(members) }
        repeat {
            skipSpace()
            let start = offset
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                throw mistake("expected a key in quotes")
            }
            let key = try string()
            let span = Span(file: file, start: start, end: offset)
            if members.contains(where: { $0.key == key }) {
                throw mistake("the key \"\(key)\" stands twice", from: start)
            }
            guard skip(":") else { throw mistake("expected `:` after the key \"\(key)\"") }
            members.append((key, span, try value()))
        } while skip(",")
        guard skip("}") else { throw mistake("expected `,` or `}`") }
        return .object(members)
    }

    private mutating func array() throws(ConfigurationMistake) -> JSONValue.Kind {
        offset += 1
        var elements: [JSONValue] = []
        if skip("]") { return .array(elements) }
        repeat { elements.append(try value()) } while skip(",")
        guard skip("]") else { throw mistake("expected `,` or `]`") }
        return .array(elements)
    }

    private mutating func word() throws(ConfigurationMistake) -> JSONValue.Kind {
        let start = offset
        while offset < bytes.count, !",]}: \t\n\r".utf8.contains(bytes[offset]) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard Double(text) != nil else { throw mistake("`\(text)` is no JSON value", from: start) }
            return .number(text)
        }
    }

    private mutating func string() throws(ConfigurationMistake) -> String {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += Array(try escape().utf8)
            case 0..<0x20: throw mistake("a control character in a string", from: offset - 1)
            default: text.append(byte)
            }
        }
        throw mistake("the string is not closed", from: start)
    }

    private mutating func escape() throws(ConfigurationMistake) -> String {
        guard offset < bytes.count else { throw mistake("the string is not closed") }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
            guard digits.utf8.count == 4, let value = UInt32(digits, radix: 16), let scalar = UnicodeScalar(value)
            else {
                throw mistake("`\\u\(digits)` is no character")
            }
            offset += 4
            return String(scalar)
        default: throw mistake("`\\\(UnicodeScalar(byte))` is no escape that names need", from: offset - 2)
        }
    }
}
