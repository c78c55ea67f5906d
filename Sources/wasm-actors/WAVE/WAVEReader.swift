import WasmComponentModel

/// Reads a value in the WebAssembly Value Encoding, guided by the type that it must have.
///
/// The reader accepts what the encoding's reference accepts: labels with `%`, records without their optional fields,
/// a bare payload for `some` and `ok` where that cannot be mistaken, trailing commas, comments.
struct WAVEReader {
    var scanner: WAVEScanner

    /// Reads a whole text as one value.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - type: The type that the value must have.
    /// - Returns: The value.
    /// - Throws: The column and what was expected there.
    static func value(of text: String, as type: ValueType) throws(WAVEError) -> Value {
        var reader = WAVEReader(scanner: WAVEScanner(text))
        let value = try reader.value(type)
        reader.scanner.skipSpace()
        guard reader.scanner.current == nil else {
            throw reader.scanner.failure(expecting: "the end after \(WAVEReader.name(of: type))")
        }
        return value
    }

    /// Reads the next value.
    mutating func value(_ type: ValueType) throws(WAVEError) -> Value {
        switch type {
        case .bool: .bool(try bool())
        case .s8: .s8(try integer(type))
        case .u8: .u8(try integer(type))
        case .s16: .s16(try integer(type))
        case .u16: .u16(try integer(type))
        case .s32: .s32(try integer(type))
        case .u32: .u32(try integer(type))
        case .s64: .s64(try integer(type))
        case .u64: .u64(try integer(type))
        case .f32: .f32(try float(type))
        case .f64: .f64(try float(type))
        case .char: .char(try char())
        case .string: .string(try string())
        case .list(let element): .list(try list(of: element))
        case .map(let key, let payload): .map(try entries(key: key, value: payload))
        case .record(let fields): .record(try record(fields))
        case .tuple(let elements): .tuple(try tuple(elements))
        case .variant(let cases): try variant(cases)
        case .enumeration(let names): .enumeration(try enumeration(names))
        case .option(let payload): .option(try option(payload))
        case .result(let ok, let error): try result(ok: ok, error: error)
        case .flags(let names): .flags(try flags(names))
        case .own, .borrow, .future, .stream, .errorContext, .unsupported:
            throw scanner.failure(expecting: "a value that can be written; \(type) has none")
        }
    }

    private mutating func bool() throws(WAVEError) -> Bool {
        scanner.skipSpace()
        let start = scanner.position
        switch scanner.takeLabel() {
        case WAVEScanner.Label(name: "true", isEscaped: false): return true
        case WAVEScanner.Label(name: "false", isEscaped: false): return false
        default:
            scanner.goBack(to: start)
            throw scanner.failure(expecting: "true or false")
        }
    }

    private mutating func integer<Number: FixedWidthInteger>(_ type: ValueType) throws(WAVEError) -> Number {
        scanner.skipSpace()
        let start = scanner.position
        guard let text = scanner.takeNumber(), WAVEReader.isInteger(text) else {
            scanner.goBack(to: start)
            throw scanner.failure(expecting: "a whole number (\(type))")
        }
        guard let number = Number(text) else {
            throw scanner.error("\(text) is outside \(type), which holds \(Number.min) to \(Number.max)", at: start)
        }
        return number
    }

    private mutating func float<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: ValueType
    ) throws(WAVEError) -> Number {
        scanner.skipSpace()
        let start = scanner.position
        switch scanner.takeNumber() {
        case "nan": return .nan
        case "inf": return .infinity
        case "-inf": return -.infinity
        case let text? where WAVEReader.isDecimal(text):
            if let number = Number(text), number.isFinite { return number }
            fallthrough
        default:
            scanner.goBack(to: start)
            throw scanner.failure(expecting: "a number, nan, inf or -inf (\(type))")
        }
    }

    private static func isInteger(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Whether this is `-1`, `1.5`, `1e10` and the like; `Float` by itself also takes `0x1p3` and `infinity`.
    private static func isDecimal(_ text: String) -> Bool {
        var digitSeen = false
        for character in text {
            switch character {
            case "0"..."9": digitSeen = true
            case "+", "-", ".", "e", "E": continue
            default: return false
            }
        }
        return digitSeen
    }

    /// What a value of this type is called in a message.
    static func name(of type: ValueType) -> String {
        switch type {
        case .string: "a string in double quotes"
        case .char: "a character in single quotes"
        default: "a value of type \(type)"
        }
    }
}
