import WITModel

extension GuestCodec {
    /// A case of an enum in Swift whose payload is lowered.
    struct LoweredCase {
        /// The name with its dot.
        var pattern: String
        var payload: WITType?
        /// Whether the payload lies inside of a `ComponentFailure`.
        var isWrapped = false
    }

    private func cases(some: WITType) -> [LoweredCase] {
        [LoweredCase(pattern: ".none"), LoweredCase(pattern: ".some", payload: some)]
    }

    private func cases(ok: WITType?, error: WITType?) -> [LoweredCase] {
        [
            LoweredCase(pattern: ".success", payload: ok),
            LoweredCase(pattern: ".failure", payload: error, isWrapped: names.isWrapped(error)),
        ]
    }

    // MARK: Into flat values

    /// Statements that lower a value, and the flat values that they end in.
    mutating func lower(_ type: WITType, _ value: String) -> (statements: [Statement], values: [FlatValue]) {
        let type = resolve.underlying(type)
        switch type {
        case .bool: return ([], [FlatValue(expression: "(\(value) ? 1 : 0)", type: .i32)])
        case .s8, .u8, .s16, .u16: return ([], [FlatValue(expression: "Swift.Int32(\(value))", type: .i32)])
        case .s32: return ([], [FlatValue(expression: value, type: .i32)])
        case .u32: return ([], [FlatValue(expression: "Swift.Int32(bitPattern: \(value))", type: .i32)])
        case .s64: return ([], [FlatValue(expression: value, type: .i64)])
        case .u64: return ([], [FlatValue(expression: "Swift.Int64(bitPattern: \(value))", type: .i64)])
        case .f32: return ([], [FlatValue(expression: value, type: .f32)])
        case .f64: return ([], [FlatValue(expression: value, type: .f64)])
        case .char: return ([], [FlatValue(expression: "Swift.Int32(bitPattern: \(value).value)", type: .i32)])
        case .string, .list: return lowerList(type, value)
        case .tuple(let elements):
            return lowerSequence(elements, elements.indices.map { elements.count == 1 ? value : "\(value).\($0)" })
        case .option(let some):
            return lowerVariant(value, cases(some: some))
        case .result(let ok, let error):
            return lowerVariant(value, cases(ok: ok, error: error))
        case .named(let id): return lowerNamed(id, value)
        // Refused while the model was made.
        case .map, .fixedLengthList, .own, .borrow, .future, .stream, .errorContext: return ([], [])
        }
    }

    mutating func lowerSequence(
        _ types: [WITType],
        _ values: [String]
    ) -> (statements: [Statement], values: [FlatValue]) {
        var statements: [Statement] = []
        var flat: [FlatValue] = []
        for (type, value) in zip(types, values) {
            let lowered = lower(type, value)
            statements += lowered.statements
            flat += lowered.values
        }
        return (statements, flat)
    }

    private mutating func lowerNamed(_ id: TypeID, _ value: String) -> (statements: [Statement], values: [FlatValue]) {
        switch resolve[id].kind {
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

    private mutating func lowerList(_ type: WITType, _ value: String) -> (statements: [Statement], values: [FlatValue])
    {
        usesArena = true
        guard case .list(let element) = type, resolve.underlying(element) != .u8 else {
            return bind([.i32, .i32], to: "CanonicalABI.lower(\(value), &arena)")
        }
        let lowered = lowerElements(element, value)
        let names = [temporary("address"), temporary("count")]
        return (
            [.block("let (\(names.joined(separator: ", "))) = \(lowered.open)", lowered.body, "}")],
            names.map { FlatValue(expression: $0, type: .i32) }
        )
    }

    /// The call that lowers the elements of a list, up to the closing brace.
    private mutating func lowerElements(
        _ element: WITType,
        _ value: String
    ) -> (open: String, body: [Statement]) {
        let stride = layout.extent(element).size
        let item = temporary("element")
        let place = temporary("place")
        let body = write(element, item, place, 0)
        return ("CanonicalABI.lowerList(\(value), stride: \(stride), &arena) { \(item), \(place), arena in", body)
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
        _ cases: [LoweredCase]
    ) -> (statements: [Statement], values: [FlatValue]) {
        let places = layout.flatVariant(cases.map(\.payload))
        let names = places.map { _ in temporary("flat") }
        let pattern = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
        var statements: [Statement] = zip(names, places).map { .line("let \($0): \($1.swift)") }
        statements.append(contentsOf: lowerCases(value, cases, places) { "\(pattern) = \($0)" })
        return (statements, zip(names, places).map { FlatValue(expression: $0, type: $1) })
    }

    /// A switch whose cases each end in the variant's flat values, as a tuple that `finish` does something with.
    mutating func lowerCases(
        _ value: String,
        _ cases: [LoweredCase],
        _ places: [CoreType],
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
                let lowered = lower(payload, element.isWrapped ? "\(name).payload" : name)
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
    mutating func write(_ type: WITType, _ value: String, _ base: String, _ offset: Int) -> [Statement] {
        let type = resolve.underlying(type)
        switch type {
        case .bool: return [Self.store("\(value) ? 1 : 0", "Swift.UInt8", base, offset)]
        case .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .f32, .f64:
            return [Self.store(value, names.swift(type), base, offset)]
        case .char: return [Self.store("\(value).value", "Swift.UInt32", base, offset)]
        case .string:
            return [
                .line("CanonicalABI.store(CanonicalABI.lower(\(value), &arena), at: \(Self.address(base, offset)))")
            ]
        case .list(let element): return writeList(element, value, Self.address(base, offset))
        case .tuple(let elements):
            return writeSequence(
                elements,
                elements.indices.map { elements.count == 1 ? value : "\(value).\($0)" },
                base,
                offset
            )
        case .option(let some):
            return writeCases(value, cases(some: some), base, offset)
        case .result(let ok, let error):
            return writeCases(value, cases(ok: ok, error: error), base, offset)
        case .named(let id): return writeNamed(id, value, base, offset)
        // Refused while the model was made.
        case .map, .fixedLengthList, .own, .borrow, .future, .stream, .errorContext: return []
        }
    }

    mutating func writeSequence(
        _ types: [WITType],
        _ values: [String],
        _ base: String,
        _ offset: Int = 0
    ) -> [Statement] {
        let offsets = layout.sequence(types).offsets
        return zip(zip(types, values), offsets).flatMap { write($0.0, $0.1, base, offset + $1) }
    }

    private mutating func writeList(_ element: WITType, _ value: String, _ address: String) -> [Statement] {
        if resolve.underlying(element) == .u8 {
            return [.line("CanonicalABI.store(CanonicalABI.lower(\(value), &arena), at: \(address))")]
        }
        let list = temporary("list")
        let lowered = lowerElements(element, value)
        return [
            .block("let \(list) = \(lowered.open)", lowered.body, "}"),
            .line("CanonicalABI.store(\(list), at: \(address))"),
        ]
    }

    private mutating func writeNamed(_ id: TypeID, _ value: String, _ base: String, _ offset: Int) -> [Statement] {
        switch resolve[id].kind {
        case .enumeration(let cases):
            let type = Self.unsigned(bytes: layout.variant(cases.map(\.payload)).shape.discriminantBytes)
            return [Self.store("\(type)(truncatingIfNeeded: \(value).discriminant)", type, base, offset)]
        case .flags(let flags):
            let type = Self.unsigned(bytes: layout.extent(.named(id)).size)
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
        _ offset: Int
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
                    offset + shape.payloadOffset
                )
            }
            body.append(("case \(pattern):", inner))
        }
        return [.line("switch \(value) {"), .chain(body, "}")]
    }
}
