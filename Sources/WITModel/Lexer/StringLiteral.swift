/// What a quoted string says.
enum StringLiteral {
    /// What is wrong with a string, and at which byte of it.
    struct Mistake: Error {
        let offset: Int
        let message: String
    }

    /// The value of a string with its quotes.
    ///
    /// - Parameter bytes: The string as it stands in the text, from quote to quote.
    /// - Returns: The text behind its escapes.
    /// - Throws: An escape that does not exist, or bytes that are no UTF-8 together.
    static func value(of bytes: ArraySlice<UInt8>) throws(Mistake) -> String {
        var value: [UInt8] = []
        var index = bytes.startIndex + 1
        while index < bytes.endIndex - 1 {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            try appendEscape(of: bytes, at: &index, to: &value)
        }
        guard let text = String(validating: value, as: UTF8.self) else {
            throw Mistake(offset: 0, message: "the escapes of the string make no UTF-8")
        }
        return text
    }

    private static func appendEscape(
        of bytes: ArraySlice<UInt8>,
        at index: inout Int,
        to value: inout [UInt8]
    ) throws(Mistake) {
        let start = index - 1 - bytes.startIndex
        let byte = Self.byte(of: bytes, at: index)
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): value.append(byte)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "u"):
            guard let scalar = scalar(in: bytes, at: &index) else {
                throw Mistake(offset: start, message: "`\\u` is followed by the number of a character: `\\u{e9}`")
            }
            value.append(contentsOf: Array(String(scalar).utf8))
        default:
            guard let high = digit(byte), index < bytes.endIndex - 1, let low = digit(bytes[index]) else {
                throw Mistake(
                    offset: start,
                    message: #"an escape is one of `\"`, `\'`, `\\`, `\t`, `\n`, `\r`, `\u{...}` and two hex digits"#
                )
            }
            index += 1
            value.append(UInt8(high * 16 + low))
        }
    }

    /// Reads `{hex}` with underscores between its digits.
    private static func scalar(in bytes: ArraySlice<UInt8>, at index: inout Int) -> Unicode.Scalar? {
        guard byte(of: bytes, at: index) == UInt8(ascii: "{") else { return nil }
        index += 1
        guard let first = digit(byte(of: bytes, at: index)) else { return nil }
        var number = first
        index += 1
        while byte(of: bytes, at: index) != UInt8(ascii: "}") {
            if byte(of: bytes, at: index) != UInt8(ascii: "_") {
                guard let next = digit(byte(of: bytes, at: index)), number <= 0x10FFFF else { return nil }
                number = number * 16 + next
            }
            index += 1
        }
        let isClosedByDigit = bytes[index - 1] != UInt8(ascii: "_")
        index += 1
        return isClosedByDigit ? Unicode.Scalar(number) : nil
    }

    /// A byte of the string; 0 behind the end of one that is not closed.
    private static func byte(of bytes: ArraySlice<UInt8>, at index: Int) -> UInt8 {
        index < bytes.endIndex ? bytes[index] : 0
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte | 0x20) - 0x57
        default: nil
        }
    }
}
