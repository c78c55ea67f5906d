extension ValueType: CustomStringConvertible {
    /// The type as WIT text.
    ///
    /// Records, variants, enums and flags, which WIT allows only as named definitions, are printed as their bodies, as
    /// in `record { x: u32 }`.
    public var description: String {
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
        case .list(let element): "list<\(element)>"
        case .map(let key, let value): "map<\(key), \(value)>"
        case .record(let fields): "record { \(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ")) }"
        case .tuple(let elements): "tuple<\(elements.map(\.description).joined(separator: ", "))>"
        case .variant(let cases):
            "variant { \(cases.map { $0.name + ($0.payload.map { "(\($0))" } ?? "") }.joined(separator: ", ")) }"
        case .enumeration(let names): "enum { \(names.joined(separator: ", ")) }"
        case .option(let some): "option<\(some)>"
        case .result(nil, nil): "result"
        case .result(let ok?, nil): "result<\(ok)>"
        case .result(let ok, let error?): "result<\(ok?.description ?? "_"), \(error)>"
        case .flags(let names): "flags { \(names.joined(separator: ", ")) }"
        case .own(let resource): resource.name
        case .borrow(let resource): "borrow<\(resource.name)>"
        case .future(let element): element.map { "future<\($0)>" } ?? "future"
        case .stream(let element): element.map { "stream<\($0)>" } ?? "stream"
        case .errorContext: "error-context"
        case .unsupported(let kind): "/* unsupported type \(kind) */"
        }
    }
}
