import WasmComponentModel

/// A value as `wasm-tools json-from-wast` writes it: `{"type": ..., "value": ...}`, integers and the bit patterns of
/// floats as decimal text.
struct WastValue: Decodable {
    /// The value itself.
    let value: Value

    private enum Key: String, CodingKey {
        case type, value
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        value = try Self.value(try object.decode(String.self, forKey: .type), in: object)
    }

    private static func value(_ type: String, in object: KeyedDecodingContainer<Key>) throws -> Value {
        switch type {
        case "bool": .bool(try object.decode(Bool.self, forKey: .value))
        case "s8": .s8(try integer(object))
        case "u8": .u8(try integer(object))
        case "s16": .s16(try integer(object))
        case "u16": .u16(try integer(object))
        case "s32": .s32(try integer(object))
        case "u32": .u32(try integer(object))
        case "s64": .s64(try integer(object))
        case "u64": .u64(try integer(object))
        case "f32": .f32(Float(bitPattern: try integer(object)))
        case "f64": .f64(Double(bitPattern: try integer(object)))
        case "char": .char(try scalar(object))
        case "string": .string(try object.decode(String.self, forKey: .value))
        case "enum": .enumeration(try object.decode(String.self, forKey: .value))
        case "flags": .flags(try object.decode([String].self, forKey: .value))
        case "list": .list(try object.decode([WastValue].self, forKey: .value).map(\.value))
        case "tuple": .tuple(try object.decode([WastValue].self, forKey: .value).map(\.value))
        case "record": .record(try object.decode([Field].self, forKey: .value).map(\.value))
        case "variant": try object.decode(Variant.self, forKey: .value).value
        case "option": .option(try object.decodeIfPresent(WastValue.self, forKey: .value)?.value)
        case "result": try object.decode(Outcome.self, forKey: .value).value
        case "map": .map(try object.decode([Entry].self, forKey: .value).map(\.value))
        default:
            throw DecodingError.dataCorruptedError(forKey: .type, in: object, debugDescription: "no type '\(type)'")
        }
    }

    private static func integer<Integer: FixedWidthInteger>(
        _ object: KeyedDecodingContainer<Key>
    ) throws -> Integer {
        let text = try object.decode(String.self, forKey: .value)
        guard let integer = Integer(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .value,
                in: object,
                debugDescription: "'\(text)' is no number of \(Integer.bitWidth) bits"
            )
        }
        return integer
    }

    private static func scalar(_ object: KeyedDecodingContainer<Key>) throws -> Unicode.Scalar {
        let scalars = try object.decode(String.self, forKey: .value).unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .value,
                in: object,
                debugDescription: "a char is one Unicode scalar value, not \(scalars.count)"
            )
        }
        return scalar
    }

    /// `[name, value]`
    private struct Field: Decodable {
        let value: Value.NamedValue

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            let name = try pair.decode(String.self)
            value = Value.NamedValue(name: name, value: try pair.decode(WastValue.self).value)
        }
    }

    /// `[key, value]`
    private struct Entry: Decodable {
        let value: Value.Entry

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            let key = try pair.decode(WastValue.self).value
            value = Value.Entry(key: key, value: try pair.decode(WastValue.self).value)
        }
    }

    /// `{"case": ..., "payload": ...}`
    private struct Variant: Decodable {
        let value: Value

        private enum Key: String, CodingKey {
            case `case`, payload
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Key.self)
            value = .variant(
                try object.decode(String.self, forKey: .case),
                try object.decodeIfPresent(WastValue.self, forKey: .payload)?.value
            )
        }
    }

    /// `{"Ok": ...}` or `{"Err": ...}`
    private struct Outcome: Decodable {
        let value: Value

        private enum Key: String, CodingKey {
            case ok = "Ok"
            case error = "Err"
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Key.self)
            guard let side = object.allKeys.first, object.allKeys.count == 1 else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "a result is either Ok or Err")
                )
            }
            let payload = try object.decodeIfPresent(WastValue.self, forKey: side)?.value
            value = side == .ok ? .ok(payload) : .error(payload)
        }
    }
}

extension Value {
    /// Whether another value is the same bit for bit: the same NaN, the same zero, the same scalars, the same flags in
    /// any order.
    func isIdentical(to other: Value) -> Bool {
        switch (self, other) {
        case (.f32(let left), .f32(let right)): left.bitPattern == right.bitPattern
        case (.f64(let left), .f64(let right)): left.bitPattern == right.bitPattern
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.flags(let left), .flags(let right)): left.sorted() == right.sorted()
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            Self.identical(left, right) { $0.isIdentical(to: $1) }
        case (.record(let left), .record(let right)):
            Self.identical(left, right) { $0.name == $1.name && $0.value.isIdentical(to: $1.value) }
        case (.map(let left), .map(let right)):
            Self.identical(left, right) { $0.key.isIdentical(to: $1.key) && $0.value.isIdentical(to: $1.value) }
        case (.variant(let left, let leftPayload), .variant(let right, let rightPayload)):
            left == right && Self.identical(leftPayload, rightPayload)
        case (.option(let left), .option(let right)), (.ok(let left), .ok(let right)),
            (.error(let left), .error(let right)):
            Self.identical(left, right)
        default: self == other
        }
    }

    private static func identical(_ left: Value?, _ right: Value?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.isIdentical(to: right)
        default: false
        }
    }

    private static func identical<Element>(
        _ left: [Element],
        _ right: [Element],
        _ areIdentical: (Element, Element) -> Bool
    ) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy(areIdentical)
    }
}
