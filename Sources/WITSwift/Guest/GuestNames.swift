import WITModel

/// How WIT types are written in the Swift of a guest: by the same names as on the host's side.
struct GuestNames {
    /// What the files of the runtime and the guest's author declare.
    static let taken = [
        "CanonicalABI", "ComponentFailure", "Guest", "GuestHeap", "LogConsole", "LoweringArena",
    ]

    let resolve: Resolve
    let types: [TypeID: BindingsTypeDefinition]

    /// A named type with its namespace, such as `Types.ActorID`.
    func qualified(_ id: TypeID) -> String {
        types[resolve.definition(id)]?.qualified ?? "Swift.Never"
    }

    /// A type where it is used.
    func swift(_ type: WITType) -> String {
        switch type {
        case .bool: "Swift.Bool"
        case .s8: "Swift.Int8"
        case .u8: "Swift.UInt8"
        case .s16: "Swift.Int16"
        case .u16: "Swift.UInt16"
        case .s32: "Swift.Int32"
        case .u32: "Swift.UInt32"
        case .s64: "Swift.Int64"
        case .u64: "Swift.UInt64"
        case .f32: "Swift.Float"
        case .f64: "Swift.Double"
        case .char: "Swift.Unicode.Scalar"
        case .string: "Swift.String"
        case .list(let element): "[\(swift(element))]"
        case .tuple(let elements) where elements.count == 1: swift(elements[0])
        case .tuple(let elements): "(\(elements.map(swift).joined(separator: ", ")))"
        case .option(let some): "\(swift(some))?"
        case .result(let ok, let error): "Swift.Result<\(ok.map(swift) ?? "Swift.Void"), \(self.error(error))>"
        case .named(let id): qualified(id)
        // Refused while the model was made.
        case .map, .fixedLengthList, .own, .borrow, .future, .stream, .errorContext: "Swift.Never"
        }
    }

    /// The Swift error that the error of a `result` is.
    func error(_ type: WITType?) -> String {
        guard let type else { return "ComponentFailure<Swift.Void>" }
        return isWrapped(type) ? "ComponentFailure<\(swift(type))>" : swift(type)
    }

    /// Whether the error of a `result` is no Swift error itself.
    func isWrapped(_ type: WITType?) -> Bool {
        if let type, case .named = resolve.underlying(type) { false } else { true }
    }

    /// The payload of an error in the code that reads or builds it.
    func payload(_ error: WITType, _ value: String) -> String {
        isWrapped(error) ? "\(value).payload" : value
    }

    /// The names of a record's fields, not escaped.
    func fields(_ id: TypeID) -> [String] {
        if case .record(let fields)? = types[id]?.kind { fields.map(\.name) } else { [] }
    }

    /// The names of a variant's cases, not escaped.
    func cases(_ id: TypeID) -> [String] {
        if case .variant(let cases)? = types[id]?.kind { cases.map(\.name) } else { [] }
    }
}
