import WITModel

extension GuestCodec {
    /// A case of an enum in Swift whose payload is lowered.
    struct LoweredCase {
        /// The name with its dot.
        var pattern: String
        var payload: BindingsType?
        /// Whether the payload is an error, which can always be copied.
        var isError = false
        /// Whether the payload lies inside of a `ComponentFailure`.
        var isWrapped = false
    }

    private func cases(some: BindingsType) -> [LoweredCase] {
        [LoweredCase(pattern: "nil"), LoweredCase(pattern: ".some", payload: some)]
    }

    private func cases(ok: BindingsType?, error: BindingsType?) -> [LoweredCase] {
        [
            LoweredCase(pattern: ".success", payload: ok),
            LoweredCase(pattern: ".failure", payload: error, isError: true, isWrapped: names.isWrapped(error)),
        ]
    }

    // MARK: Into flat values

    /// Statements that lower a value, and the flat values that they end in.
    mutating func lower(
        _ type: BindingsType,
        _ value: String,
        _ place: GuestNames.Place = .nested
    ) -> (statements: [Statement], values: [FlatValue]) {
        if let scalar = type.scalar { return lower(scalar, value) }
        let subject = names.subject(value, type, place)
        switch type.resolved {
        case .bytes, .list, .map: return lowerList(type.resolved, value)
        case .tuple(let elements):
            return lowerSequence(elements, elements.indices.map { elements.count == 1 ? value : "\(value).\($0)" })
        case .option(let some): return lowerVariant(subject, cases(some: some), place)
        case .result(let ok, let error): return lowerVariant(subject, cases(ok: ok, error: error), place)
        case .named(let id): return lowerNamed(id, value)
        case .own(let id): return ([], [FlatValue(expression: lowerHandle(id, value, isLent: false), type: .i32)])
        case .borrow(let id): return ([], [FlatValue(expression: lowerHandle(id, value, isLent: true), type: .i32)])
        case .primitive, .alias: return ([], [])
        }
    }

    private mutating func lower(
        _ scalar: Scalar,
        _ value: String
    ) -> (statements: [Statement], values: [FlatValue]) {
        switch scalar {
        case .bool: return ([], [FlatValue(expression: "(\(value) ? 1 : 0)", type: .i32)])
        case .s8, .u8, .s16, .u16: return ([], [FlatValue(expression: "Swift.Int32(\(value))", type: .i32)])
        case .s32: return ([], [FlatValue(expression: value, type: .i32)])
        case .u32: return ([], [FlatValue(expression: "Swift.Int32(bitPattern: \(value))", type: .i32)])
        case .s64: return ([], [FlatValue(expression: value, type: .i64)])
        case .u64: return ([], [FlatValue(expression: "Swift.Int64(bitPattern: \(value))", type: .i64)])
        case .f32: return ([], [FlatValue(expression: value, type: .f32)])
        case .f64: return ([], [FlatValue(expression: value, type: .f64)])
        case .char: return ([], [FlatValue(expression: "Swift.Int32(bitPattern: \(value).value)", type: .i32)])
        case .string: return lowerRange(value)
        }
    }

    /// The handle of a resource: it is given away, or lent.
    private func lowerHandle(_ id: TypeID, _ value: String, isLent: Bool) -> String {
        guard names.isImported(id) else { return "\(GuestResources.table(names, id)).handle(\(value))" }
        return isLent ? "\(value)._handle" : "\(value)._take()"
    }

    mutating func lowerSequence(
        _ types: [BindingsType],
        _ values: [String],
        _ place: GuestNames.Place = .nested
    ) -> (statements: [Statement], values: [FlatValue]) {
        var statements: [Statement] = []
        var flat: [FlatValue] = []
        for (type, value) in zip(types, values) {
            let lowered = lower(type, value, place)
            statements += lowered.statements
            flat += lowered.values
        }
        return (statements, flat)
    }

    private mutating func lowerNamed(_ id: TypeID, _ value: String) -> (statements: [Statement], values: [FlatValue]) {
        switch names.types[id]?.kind {
        case .enumeration: return ([], [FlatValue(expression: "\(value).discriminant", type: .i32)])
        case .flags(let flags):
            let bits = FlatValue(expression: "Swift.Int32(bitPattern: \(value).rawValue)", type: .i32)
            return ([], flags.isEmpty ? [] : [bits])
        default:
            need(.lowerFlat, of: id)
            usesArena = true
            return bind(layout.flat(.named(id)), to: "\(value).flat(&arena)")
        }
    }

    private mutating func lowerList(
        _ type: BindingsType,
        _ value: String
    ) -> (statements: [Statement], values: [FlatValue]) {
        if type.isBytes { return lowerRange(value) }
        let lowered = lowerElements(type, value)
        let names = [temporary("address"), temporary("count")]
        return (
            [.block("let (\(names.joined(separator: ", "))) = \(lowered.open)", lowered.body, "}")],
            names.map { FlatValue(expression: $0, type: .i32) }
        )
    }

    /// A string or bytes.
    private mutating func lowerRange(_ value: String) -> (statements: [Statement], values: [FlatValue]) {
        usesArena = true
        return bind([.i32, .i32], to: "CanonicalABI.lower(\(value), &arena)")
    }

    /// The call that lowers the elements of a list or a map, up to the closing brace.
    private mutating func lowerElements(_ type: BindingsType, _ value: String) -> (open: String, body: [Statement]) {
        usesArena = true
        let stride = layout.extent(type.element).size
        let items: [String]
        let lower: String
        if case .map = type {
            (items, lower) = ([temporary("key"), temporary("value")], "lowerMap")
        } else {
            (items, lower) = ([temporary("element")], "lowerList")
        }
        let place = temporary("place")
        let body: [Statement]
        if case .map(let key, let value) = type {
            body = writeSequence([key, value], items, place)
        } else {
            body = write(type.element, items[0], place, 0)
        }
        let parameters = (items + [place, "arena"]).joined(separator: ", ")
        return ("CanonicalABI.\(lower)(\(value), stride: \(stride), &arena) { \(parameters) in", body)
    }

    /// Names for the flat values that a call returns.
    private mutating func bind(
        _ types: [CoreType],
        to call: String
    ) -> (statements: [Statement], values: [FlatValue]) {
        let names = types.map { _ in temporary("flat") }
        let pattern = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
        return (
            [.line("let \(pattern) = \(call)")],
            zip(names, types).map { FlatValue(expression: $0, type: $1) }
        )
    }

    private mutating func lowerVariant(
        _ value: String,
        _ cases: [LoweredCase],
        _ place: GuestNames.Place
    ) -> (statements: [Statement], values: [FlatValue]) {
        let places = layout.flatVariant(cases.map(\.payload))
        let names = places.map { _ in temporary("flat") }
        let pattern = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
        var statements: [Statement] = zip(names, places).map { .line("let \($0): \($1.swift)") }
        statements.append(contentsOf: lowerCases(value, cases, places, place) { "\(pattern) = \($0)" })
        return (statements, zip(names, places).map { FlatValue(expression: $0, type: $1) })
    }

    /// A switch whose cases each end in the variant's flat values, as a tuple that `finish` does something with.
    mutating func lowerCases(
        _ value: String,
        _ cases: [LoweredCase],
        _ places: [CoreType],
        _ place: GuestNames.Place = .nested,
        finish: (String) -> String
    ) -> [Statement] {
        var body: [(String, [Statement])] = []
        for (index, element) in cases.enumerated() {
            var inner: [Statement] = []
            var flat = ["\(index)"]
            var pattern = element.pattern
            if let payload = element.payload {
                let name = temporary("payload")
                pattern += "(let \(name))"
                let lowered = lower(
                    payload,
                    element.isWrapped ? "\(name).payload" : name,
                    element.isError ? .nested : place
                )
                inner += lowered.statements
                flat += zip(lowered.values, places.dropFirst()).map { $0.widened(to: $1) }
            }
            flat += Array(repeating: "0", count: places.count - flat.count)
            let tuple = flat.count == 1 ? flat[0] : "(\(flat.joined(separator: ", ")))"
            inner.append(.line(finish(tuple)))
            body.append(("case \(pattern):", inner))
        }
        return [.line("switch \(value) {"), .chain(body, "}")]
    }

    // MARK: Into memory

    /// Statements that lower a value into memory.
    mutating func write(
        _ type: BindingsType,
        _ value: String,
        _ base: String,
        _ offset: Int,
        _ place: GuestNames.Place = .nested
    ) -> [Statement] {
        if let scalar = type.scalar { return write(scalar, value, base, offset) }
        let subject = names.subject(value, type, place)
        switch type.resolved {
        case .bytes, .list, .map: return writeList(type.resolved, value, Self.address(base, offset))
        case .tuple(let elements):
            return writeSequence(
                elements,
                elements.indices.map { elements.count == 1 ? value : "\(value).\($0)" },
                base,
                offset
            )
        case .option(let some): return writeCases(subject, cases(some: some), base, offset, place)
        case .result(let ok, let error): return writeCases(subject, cases(ok: ok, error: error), base, offset, place)
        case .named(let id): return writeNamed(id, value, base, offset)
        case .own(let id): return [Self.store(lowerHandle(id, value, isLent: false), "Swift.Int32", base, offset)]
        case .borrow(let id): return [Self.store(lowerHandle(id, value, isLent: true), "Swift.Int32", base, offset)]
        case .primitive, .alias: return []
        }
    }

    private mutating func write(_ scalar: Scalar, _ value: String, _ base: String, _ offset: Int) -> [Statement] {
        switch scalar {
        case .bool: return [Self.store("\(value) ? 1 : 0", "Swift.UInt8", base, offset)]
        case .char: return [Self.store("\(value).value", "Swift.UInt32", base, offset)]
        case .string: return writeRange(value, Self.address(base, offset))
        default: return [Self.store(value, scalar.swift, base, offset)]
        }
    }

    mutating func writeSequence(
        _ types: [BindingsType],
        _ values: [String],
        _ base: String,
        _ offset: Int = 0,
        _ place: GuestNames.Place = .nested
    ) -> [Statement] {
        let offsets = layout.sequence(types).offsets
        return zip(zip(types, values), offsets).flatMap { write($0.0, $0.1, base, offset + $1, place) }
    }

    private mutating func writeList(_ type: BindingsType, _ value: String, _ address: String) -> [Statement] {
        if type.isBytes { return writeRange(value, address) }
        let list = temporary("list")
        let lowered = lowerElements(type, value)
        return [
            .block("let \(list) = \(lowered.open)", lowered.body, "}"),
            .line("CanonicalABI.store(\(list), at: \(address))"),
        ]
    }

    /// A string or bytes.
    private mutating func writeRange(_ value: String, _ address: String) -> [Statement] {
        usesArena = true
        return [.line("CanonicalABI.store(CanonicalABI.lower(\(value), &arena), at: \(address))")]
    }

    private mutating func writeNamed(_ id: TypeID, _ value: String, _ base: String, _ offset: Int) -> [Statement] {
        let type = Self.unsigned(bytes: layout.extent(.named(id)).size)
        switch names.types[id]?.kind {
        case .enumeration:
            return [Self.store("\(type)(truncatingIfNeeded: \(value).discriminant)", type, base, offset)]
        case .flags(let flags):
            let bits = "\(type)(truncatingIfNeeded: \(value).rawValue)"
            return flags.isEmpty ? [] : [Self.store(bits, type, base, offset)]
        default:
            need(.write, of: id)
            usesArena = true
            return [.line("\(value).write(to: \(Self.address(base, offset)), &arena)")]
        }
    }

    /// A switch that stores the discriminant and the payload of a variant.
    mutating func writeCases(
        _ value: String,
        _ cases: [LoweredCase],
        _ base: String,
        _ offset: Int,
        _ place: GuestNames.Place = .nested
    ) -> [Statement] {
        let shape = layout.variant(cases.map(\.payload)).shape
        var body: [(String, [Statement])] = []
        for (index, element) in cases.enumerated() {
            var pattern = element.pattern
            var inner = [Self.store("\(index)", Self.unsigned(bytes: shape.discriminantBytes), base, offset)]
            if let payload = element.payload {
                let name = temporary("payload")
                pattern += "(let \(name))"
                inner += write(
                    payload,
                    element.isWrapped ? "\(name).payload" : name,
                    base,
                    offset + shape.payloadOffset,
                    element.isError ? .nested : place
                )
            }
            body.append(("case \(pattern):", inner))
        }
        return [.line("switch \(value) {"), .chain(body, "}")]
    }
}
