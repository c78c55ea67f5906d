import WasmComponentModel

/// Writes values in the WebAssembly Value Encoding, in one line, in the form that `WAVEReader` reads back.
enum WAVEWriter {
    /// The text of a value.
    ///
    /// - Parameter value: The value; a resource handle, which has no text form, becomes a comment-like `<resource>`.
    /// - Returns: The text.
    static func text(of value: Value) -> String {
        switch value {
        case .bool(let value): "\(value)"
        case .s8(let value): "\(value)"
        case .u8(let value): "\(value)"
        case .s16(let value): "\(value)"
        case .u16(let value): "\(value)"
        case .s32(let value): "\(value)"
        case .u32(let value): "\(value)"
        case .s64(let value): "\(value)"
        case .u64(let value): "\(value)"
        case .f32(let value): float(value)
        case .f64(let value): float(value)
        case .char(let scalar): "'" + escaped(scalar, quote: "'") + "'"
        case .string(let string): "\"" + string.unicodeScalars.map { escaped($0, quote: "\"") }.joined() + "\""
        case .list(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
        case .map(let entries):
            "[" + entries.map { "(\(text(of: $0.key)), \(text(of: $0.value)))" }.joined(separator: ", ") + "]"
        case .record(let fields): record(fields)
        case .tuple(let elements): "(" + elements.map(text).joined(separator: ", ") + ")"
        case .variant(let name, let payload): withPayload(label(name), payload)
        case .enumeration(let name): label(name)
        case .option(let payload?): "some(\(text(of: payload)))"
        case .option(nil): "none"
        case .ok(let payload): withPayload("ok", payload)
        case .error(let payload): withPayload("err", payload)
        case .flags(let names): "{" + names.map(label).joined(separator: ", ") + "}"
        case .resource: "<resource>"
        }
    }

    /// A record without the fields that are `none`; all left out is `{:}`.
    private static func record(_ fields: [Value.NamedValue]) -> String {
        let given = fields.filter { $0.value != .option(nil) }
        return given.isEmpty
            ? "{:}" : "{" + given.map { "\(label($0.name)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
    }

    private static func withPayload(_ name: String, _ payload: Value?) -> String {
        payload.map { "\(name)(\(text(of: $0)))" } ?? name
    }

    private static func label(_ name: String) -> String {
        WAVEScanner.keywords.contains(name) ? "%" + name : name
    }

    private static func float<Number: BinaryFloatingPoint & CustomStringConvertible>(_ number: Number) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func escaped(_ scalar: Unicode.Scalar, quote: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\\": return "\\\\"
        case quote: return "\\" + String(Character(quote))
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                return "\\u{" + String(scalar.value, radix: 16) + "}"
            default: return String(Character(scalar))
            }
        }
    }
}
