import Foundation
import WasmComponentModel

/// A call with the value that it must return.
struct CorpusCommand {
    let interface: String
    let function: String
    let arguments: [Value]
    let expected: Value?

    /// The `assert_return` commands of a file.
    static func all(in data: Data) throws -> [CorpusCommand] {
        guard let root = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let commands = root["commands"] as? [[String: Any]]
        else { throw CorpusValue.Mistake(text: "the file holds no commands") }
        return try commands.filter { $0["type"] as? String == "assert_return" }.map { command in
            guard let action = command["action"] as? [String: Any], let field = action["field"] as? String,
                let interface = action["instance"] as? String, let arguments = action["args"] as? [Any],
                let expected = command["expected"] as? [Any]
            else { throw CorpusValue.Mistake(text: "a command lacks something: \(command)") }
            return CorpusCommand(
                interface: interface,
                function: field,
                arguments: try arguments.map(CorpusValue.value),
                expected: try expected.first.map(CorpusValue.value)
            )
        }
    }
}

/// Values in the JSON form of `wasm-tools json-from-wast`, and as a text that is the same only for the same value: floats
/// by their bits, flags in no order.
enum CorpusValue {
    struct Mistake: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    static func value(_ json: Any) throws -> Value {
        guard let object = json as? [String: Any], let type = object["type"] as? String, let value = object["value"]
        else { throw Mistake(text: "no value: \(json)") }
        if let number = value as? String, let integer = integer(type, number) { return integer }
        switch (type, value) {
        case ("bool", let value as Bool): return .bool(value)
        case ("f32", let value as String): return .f32(Float(bitPattern: UInt32(value) ?? 0))
        case ("f64", let value as String): return .f64(Double(bitPattern: UInt64(value) ?? 0))
        case ("char", let value as String): return .char(try scalar(value))
        case ("string", let value as String): return .string(value)
        case ("enum", let value as String): return .enumeration(value)
        case ("list", let values as [Any]): return .list(try values.map(self.value))
        case ("tuple", let values as [Any]): return .tuple(try values.map(self.value))
        case ("flags", let names as [String]): return .flags(names)
        case ("option", _): return .option(try optional(value))
        case ("record", let fields as [[Any]]):
            return .record(
                try fields.map { field in
                    guard field.count == 2, let name = field[0] as? String else { throw Mistake(text: "no field") }
                    return Value.NamedValue(name: name, value: try self.value(field[1]))
                }
            )
        case ("variant", let choice as [String: Any]):
            guard let name = choice["case"] as? String else { throw Mistake(text: "a variant without a case") }
            return .variant(name, try optional(choice["payload"]))
        case ("result", let choice as [String: Any]):
            if let ok = choice["Ok"] { return .ok(try optional(ok)) }
            return .error(try optional(choice["Err"]))
        default: throw Mistake(text: "no value of the type \(type): \(value)")
        }
    }

    private static func integer(_ type: String, _ text: String) -> Value? {
        switch type {
        case "u8": UInt8(text).map { .u8($0) }
        case "s8": Int8(text).map { .s8($0) }
        case "u16": UInt16(text).map { .u16($0) }
        case "s16": Int16(text).map { .s16($0) }
        case "u32": UInt32(text).map { .u32($0) }
        case "s32": Int32(text).map { .s32($0) }
        case "u64": UInt64(text).map { .u64($0) }
        case "s64": Int64(text).map { .s64($0) }
        default: nil
        }
    }

    private static func scalar(_ text: String) throws -> Unicode.Scalar {
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else {
            throw Mistake(text: "no single scalar")
        }
        return scalar
    }

    private static func optional(_ json: Any?) throws -> Value? {
        guard let json, !(json is NSNull) else { return nil }
        return try value(json)
    }

    static func text(_ value: Value) -> String {
        func list(_ values: [Value]) -> String { values.map(text).joined(separator: ", ") }
        func payload(_ value: Value?) -> String { value.map { "(\(text($0)))" } ?? "" }
        return switch value {
        case .f32(let value): "f32 \(value.bitPattern)"
        case .f64(let value): "f64 \(value.bitPattern)"
        case .string(let value): "string \(value.unicodeScalars.map(\.value))"
        case .list(let values): "list [\(list(values))]"
        case .tuple(let values): "tuple [\(list(values))]"
        case .record(let fields): "record [\(fields.map { "\($0.name): \(text($0.value))" }.joined(separator: ", "))]"
        case .option(let some): "option\(payload(some))"
        case .ok(let ok): "ok\(payload(ok))"
        case .error(let error): "error\(payload(error))"
        case .variant(let name, let carried): "variant \(name)\(payload(carried))"
        case .flags(let names): "flags \(names.sorted())"
        default: "\(value)"
        }
    }
}
