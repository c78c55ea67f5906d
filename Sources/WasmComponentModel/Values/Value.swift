/// A value of the component model whose type is known at run time only.
///
/// Generated bindings do not use it: they write and read values directly, with `ValueWriter` and `ValueReader`.
///
/// See `wasmtime/component/val.h`.
public indirect enum Value: Hashable, Sendable {
    /// `bool`
    case bool(Bool)
    /// `s8`
    case s8(Int8)
    /// `u8`
    case u8(UInt8)
    /// `s16`
    case s16(Int16)
    /// `u16`
    case u16(UInt16)
    /// `s32`
    case s32(Int32)
    /// `u32`
    case u32(UInt32)
    /// `s64`
    case s64(Int64)
    /// `u64`
    case u64(UInt64)
    /// `f32`
    case f32(Float)
    /// `f64`
    case f64(Double)
    /// `char`
    case char(Unicode.Scalar)
    /// `string`
    case string(String)
    /// `list<T>`
    case list([Value])
    /// `map<K, V>`
    case map([Entry])
    /// A record with every field, in the type's order.
    case record([NamedValue])
    /// `tuple<...>`
    case tuple([Value])
    /// A case of a variant and what it carries.
    case variant(String, Value?)
    /// A case of an enum.
    case enumeration(String)
    /// `option<T>`; `nil` is `none`.
    case option(Value?)
    /// The `ok` side of a `result`.
    case ok(Value?)
    /// The `err` side of a `result`.
    case error(Value?)
    /// The flags that are set.
    case flags([String])
    /// A handle of a resource.
    case resource(ResourceHandle)

    /// A key and a value of a map.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public var key: Value
        /// The value.
        public var value: Value

        /// Makes an entry.
        ///
        /// - Parameters:
        ///   - key: the key.
        ///   - value: the value.
        public init(key: Value, value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// A field of a record.
    public struct NamedValue: Hashable, Sendable {
        /// The field's name in WIT spelling.
        public var name: String
        /// The field's value.
        public var value: Value

        /// Makes a field.
        ///
        /// - Parameters:
        ///   - name: the name in WIT spelling.
        ///   - value: the field's value.
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }
}

extension Value {
    /// A `list<u8>` of these bytes.
    ///
    /// - Parameter bytes: the elements.
    /// - Returns: the list.
    public static func bytes(_ bytes: [UInt8]) -> Value {
        .list(bytes.map { .u8($0) })
    }

    /// The name of the value's kind, for messages.
    var kindName: String {
        switch self {
        case .bool: "bool"
        case .s8: "s8"
        case .u8: "u8"
        case .s16: "s16"
        case .u16: "u16"
        case .s32: "s32"
        case .u32: "u32"
        case .s64: "s64"
        case .u64: "u64"
        case .f32: "f32"
        case .f64: "f64"
        case .char: "char"
        case .string: "string"
        case .list: "list"
        case .map: "map"
        case .record: "record"
        case .tuple: "tuple"
        case .variant: "variant"
        case .enumeration: "enum"
        case .option: "option"
        case .ok, .error: "result"
        case .flags: "flags"
        case .resource: "resource"
        }
    }
}
