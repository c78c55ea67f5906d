/// The type of one value of the component model.
///
/// Two types are equal when their structure and every name in it are equal; the names of record, variant, enum and
/// flags types themselves are not part of a component's type and are not compared.
///
/// See `wasmtime/component/types/val.h` and the *Type Definitions* section of the component model's `Explainer.md`.
public indirect enum ValueType: Hashable, Sendable {
    /// `bool`
    case bool
    /// `s8`
    case s8
    /// `u8`
    case u8
    /// `s16`
    case s16
    /// `u16`
    case u16
    /// `s32`
    case s32
    /// `u32`
    case u32
    /// `s64`
    case s64
    /// `u64`
    case u64
    /// `f32`
    case f32
    /// `f64`
    case f64
    /// `char`: a Unicode scalar value.
    case char
    /// `string`
    case string
    /// `list<T>`
    case list(ValueType)
    /// `map<K, V>`, where the engine's configuration allows it (`FeatureSet.maps`).
    case map(key: ValueType, value: ValueType)
    /// A record with its fields in order.
    case record([Field])
    /// `tuple<...>`
    case tuple([ValueType])
    /// A variant with its cases in order.
    case variant([Case])
    /// An enum with its case names in order.
    case enumeration([String])
    /// `option<T>`
    case option(ValueType)
    /// `result<T, E>`; a missing side is `nil`.
    case result(ok: ValueType?, error: ValueType?)
    /// Flags with their names in order.
    case flags([String])
    /// `own<R>`
    case own(ResourceType)
    /// `borrow<R>`
    case borrow(ResourceType)
    /// `future<T>`; its values cannot be carried.
    case future(ValueType?)
    /// `stream<T>`; its values cannot be carried.
    case stream(ValueType?)
    /// `error-context`; its values cannot be carried.
    case errorContext
    /// A kind that this version does not know, with libwasmtime's number for it.
    case unsupported(String)

    /// A field of a record type.
    public struct Field: Hashable, Sendable {
        /// The field's name in WIT spelling (kebab-case).
        public var name: String
        /// The field's type.
        public var type: ValueType

        /// Makes a field.
        ///
        /// - Parameters:
        ///   - name: the name in WIT spelling.
        ///   - type: the field's type.
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    /// A case of a variant type.
    public struct Case: Hashable, Sendable {
        /// The case's name in WIT spelling (kebab-case).
        public var name: String
        /// The type of what the case carries; `nil` where it carries nothing.
        public var payload: ValueType?

        /// Makes a case.
        ///
        /// - Parameters:
        ///   - name: the name in WIT spelling.
        ///   - payload: the type of what the case carries.
        public init(name: String, payload: ValueType? = nil) {
            self.name = name
            self.payload = payload
        }
    }
}

extension ValueType {
    /// The deepest nesting that this module carries: libwasmtime's validator refuses deeper types in a component.
    static let maximumDepth = 100

    /// How deeply types are nested in this one: 1 for `u32`, 2 for `list<u32>`.
    public var depth: Int {
        1 + (children.map(\.depth).max() ?? 0)
    }

    /// The types that this one is directly made of.
    public var children: [ValueType] {
        switch self {
        case .list(let element), .option(let element): [element]
        case .map(let key, let value): [key, value]
        case .record(let fields): fields.map(\.type)
        case .tuple(let elements): elements
        case .variant(let cases): cases.compactMap(\.payload)
        case .result(let ok, let error): [ok, error].compactMap { $0 }
        case .future(let element), .stream(let element): element.map { [$0] } ?? []
        default: []
        }
    }

    /// The first type within this one (itself included) for which `condition` holds.
    func first(where condition: (ValueType) -> Bool) -> ValueType? {
        if condition(self) { return self }
        for child in children {
            if let found = child.first(where: condition) { return found }
        }
        return nil
    }

    /// The first type within this one whose values cannot be carried.
    var firstUnsupported: ValueType? {
        first {
            switch $0 {
            case .future, .stream, .errorContext, .unsupported: true
            default: false
            }
        }
    }

    /// Whether values of this type can hold a resource handle.
    var holdsResources: Bool {
        first {
            switch $0 {
            case .own, .borrow: true
            default: false
            }
        } != nil
    }
}
