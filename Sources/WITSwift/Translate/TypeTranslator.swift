import WITModel

/// What bindings cannot carry, found in a type.
struct UnsupportedType: Error {
    /// Such as `a stream`.
    let what: String
    /// What to do instead.
    let hint: String
    /// The named type that holds it; nil where it stands in the function itself.
    var holder: String?
}

/// Turns WIT types into those that bindings can carry.
struct TypeTranslator {
    let resolve: Resolve
    /// The exported twins of types that exist twice: see `BindingsModel.twins`.
    var twins: [TypeID: TypeID] = [:]
    /// The side that types are translated for.
    var side = BindingsSide.imported
    /// What keeps named types from being carried; a value that is nil for those that can be.
    private var checked: [TypeID: UnsupportedType?] = [:]

    init(resolve: Resolve) {
        self.resolve = resolve
    }

    /// Translates a type.
    mutating func translate(_ type: WITType) throws(UnsupportedType) -> BindingsType {
        switch type {
        case .bool: return .primitive(swift: "Swift.Bool", wit: "bool")
        case .s8: return .primitive(swift: "Swift.Int8", wit: "s8")
        case .u8: return .primitive(swift: "Swift.UInt8", wit: "u8")
        case .s16: return .primitive(swift: "Swift.Int16", wit: "s16")
        case .u16: return .primitive(swift: "Swift.UInt16", wit: "u16")
        case .s32: return .primitive(swift: "Swift.Int32", wit: "s32")
        case .u32: return .primitive(swift: "Swift.UInt32", wit: "u32")
        case .s64: return .primitive(swift: "Swift.Int64", wit: "s64")
        case .u64: return .primitive(swift: "Swift.UInt64", wit: "u64")
        case .f32: return .primitive(swift: "Swift.Float", wit: "f32")
        case .f64: return .primitive(swift: "Swift.Double", wit: "f64")
        case .char: return .primitive(swift: "Swift.Unicode.Scalar", wit: "char")
        case .string: return .primitive(swift: "Swift.String", wit: "string")
        case .list(.u8): return .bytes
        case .list(let element): return .list(try translate(element))
        case .map(let key, let value): return .map(key: try translate(key), value: try translate(value))
        case .tuple(let elements):
            var parts: [BindingsType] = []
            for element in elements { parts.append(try translate(element)) }
            return .tuple(parts)
        case .option(let some): return .option(try translate(some))
        case .result(let ok, let error): return .result(ok: try translate(ok), error: try translate(error))
        case .named(let id): return try named(id)
        case .own(let id): return .own(twin(resource(id)))
        case .borrow(let id): return .borrow(twin(resource(id)))
        case .fixedLengthList: throw UnsupportedType(what: "a list of a fixed length", hint: "use `list<T>`")
        case .future: throw UnsupportedType(what: "a future", hint: "let a function return the value")
        case .stream: throw UnsupportedType(what: "a stream", hint: "let a function return the parts as lists")
        case .errorContext: throw UnsupportedType(what: "an `error-context`", hint: "use a `string` or a variant")
        }
    }

    private mutating func translate(_ type: WITType?) throws(UnsupportedType) -> BindingsType? {
        guard let type else { return nil }
        return try translate(type)
    }

    private mutating func named(_ id: TypeID) throws(UnsupportedType) -> BindingsType {
        let definition = resolve.definition(id)
        if let unsupported = unsupported(definition) { throw unsupported }
        switch resolve[definition].kind {
        case .record, .variant, .enumeration, .flags: return .named(twin(definition))
        case .alias(let target): return .alias(twin(definition), try translate(target))
        case .resource: return .own(twin(definition))
        }
    }

    /// What keeps a named type from being carried.
    mutating func unsupported(_ id: TypeID) -> UnsupportedType? {
        if let known = checked[id] { return known }
        var found: UnsupportedType?
        for part in resolve.parts(of: id) where found == nil {
            do throws(UnsupportedType) { _ = try translate(part) } catch {
                found = UnsupportedType(what: error.what, hint: error.hint, holder: error.holder ?? resolve[id].name)
            }
        }
        checked[id] = .some(found)
        return found
    }

    /// The type for this side.
    func twin(_ id: TypeID) -> TypeID { side == .exported ? twins[id] ?? id : id }

    /// The resource behind any number of names.
    func resource(_ id: TypeID) -> TypeID {
        if case .named(let found) = resolve.underlying(.named(id)) { found } else { id }
    }
}

extension Resolve {
    /// The types that a named type is made of.
    func parts(of id: TypeID) -> [WITType] {
        switch self[id].kind {
        case .record(let fields): fields.map(\.type)
        case .variant(let cases): cases.compactMap(\.payload)
        case .alias(let target): [target]
        case .enumeration, .flags, .resource: []
        }
    }

    /// Calls a function with every named type that a type is made of, at any depth, resources included, each once; what is
    /// behind a type for which it returns false is not looked at.
    func visit(_ type: WITType, _ body: (TypeID) -> Bool) {
        // Each once: types that are made of each other twice would be walked through 2^n times.
        var seen: Set<TypeID> = []
        visit(type, &seen, body)
    }

    private func visit(_ type: WITType, _ seen: inout Set<TypeID>, _ body: (TypeID) -> Bool) {
        switch type {
        case .named(let id), .own(let id), .borrow(let id):
            let definition = definition(id)
            guard seen.insert(definition).inserted, body(definition) else { return }
            for part in parts(of: definition) { visit(part, &seen, body) }
        default:
            for part in type.parts { visit(part, &seen, body) }
        }
    }
}

extension WITType {
    /// The types that an unnamed type is made of.
    var parts: [WITType] {
        switch self {
        case .list(let inner), .option(let inner), .fixedLengthList(let inner, _): [inner]
        case .map(let key, let value): [key, value]
        case .tuple(let elements): elements
        case .result(let ok, let error): [ok, error].compactMap { $0 }
        case .future(let payload), .stream(let payload): payload.map { [$0] } ?? []
        default: []
        }
    }
}
