extension Value {
    /// The most list elements, map entries, fields and so on that a value may hold in all: more would not pass
    /// libwasmtime's own accounting of a call (128 MiB at 48 bytes each).
    static let maximumElements = 2_796_202
    /// The most bytes that the texts of a value may have in all: 128 MiB.
    static let maximumTextLength = 128 << 20

    /// Checks that this is a value of a type, completely: a value that passes is never refused by libwasmtime for its
    /// form, which would finish the store.
    ///
    /// - Parameter type: the type.
    /// - Throws: `WasmError.Code.invalidValue` naming the place and what is expected there, and
    ///   `WasmError.Code.tooLarge` for a value larger than one call can carry.
    public func validate(against type: ValueType) throws(WasmError) {
        var check = ValueCheck()
        try check.check(self, type, depth: 1)
    }
}

/// One walk over a value beside its type.
private struct ValueCheck {
    private var elements = 0
    private var textLength = 0
    private var path: [String] = []

    mutating func check(_ value: Value, _ type: ValueType, depth: Int) throws(WasmError) {
        guard depth <= ValueType.maximumDepth else {
            throw error(.tooLarge, "nested more than \(ValueType.maximumDepth) deep")
        }
        switch (value, type) {
        case (.bool, .bool), (.s8, .s8), (.u8, .u8), (.s16, .s16), (.u16, .u16), (.s32, .s32), (.u32, .u32),
            (.s64, .s64), (.u64, .u64), (.f32, .f32), (.f64, .f64), (.char, .char), (.resource, .own),
            (.resource, .borrow):
            break
        case (.string(let text), .string): try count(text)
        case (.list(let values), .list(let element)): try check(list: values, element, depth: depth)
        case (.map(let entries), .map(let keyType, let valueType)):
            try count(2 * entries.count)
            for entry in entries {
                try check(entry.key, keyType, depth: depth + 1)
                try check(entry.value, valueType, depth: depth + 1)
            }
        case (.record(let values), .record(let fields)): try check(record: values, fields, depth: depth)
        case (.tuple(let values), .tuple(let types)):
            guard values.count == types.count else {
                throw error(.invalidValue, "\(values.count) elements where \(type) has \(types.count)")
            }
            try count(values.count)
            for (index, value) in values.enumerated() {
                try within("\(index)", value, types[index], depth)
            }
        case (.variant(let name, let payload), .variant(let cases)):
            guard let match = cases.first(where: { $0.name == name }) else {
                throw unknown(name, among: cases.map(\.name))
            }
            try check(payload, match.payload, name, depth)
        case (.enumeration(let name), .enumeration(let names)):
            guard names.contains(name) else { throw unknown(name, among: names) }
        case (.option(let some), .option(let type)):
            if let some { try within("some", some, type, depth) }
        case (.ok(let payload), .result(let type, _)): try check(payload, type, "ok", depth)
        case (.error(let payload), .result(_, let type)): try check(payload, type, "err", depth)
        case (.flags(let set), .flags(let names)):
            for name in set where !names.contains(name) {
                throw unknown(name, among: names)
            }
        default: throw error(.invalidValue, "a \(value.kindName) where \(type) is expected")
        }
    }

    private mutating func check(list values: [Value], _ element: ValueType, depth: Int) throws(WasmError) {
        try count(values.count)
        for (index, value) in values.enumerated() {
            // The common list of bytes needs no path and no recursion.
            if case .u8 = value, element == .u8 { continue }
            try within("[\(index)]", value, element, depth)
        }
    }

    private mutating func check(
        record values: [Value.NamedValue],
        _ fields: [ValueType.Field],
        depth: Int
    ) throws(WasmError) {
        guard values.map(\.name) == fields.map(\.name) else {
            throw error(
                .invalidValue,
                "fields \(values.map(\.name).joined(separator: ", ")) where the record has "
                    + "\(fields.map(\.name).joined(separator: ", ")), in this order"
            )
        }
        try count(values.count)
        for (value, field) in zip(values, fields) {
            try within(field.name, value.value, field.type, depth)
        }
    }

    private mutating func check(
        _ payload: Value?,
        _ type: ValueType?,
        _ name: String,
        _ depth: Int
    ) throws(WasmError) {
        switch (payload, type) {
        case (nil, nil): break
        case (let payload?, let type?): try within(name, payload, type, depth)
        case (nil, let type?): throw error(.invalidValue, "\(name) without its payload of type \(type)")
        case (.some, nil): throw error(.invalidValue, "\(name) with a payload where it has none")
        }
    }

    private mutating func within(_ step: String, _ value: Value, _ type: ValueType, _ depth: Int) throws(WasmError) {
        path.append(step)
        try check(value, type, depth: depth + 1)
        path.removeLast()
    }

    private mutating func count(_ more: Int) throws(WasmError) {
        elements += more
        guard elements <= Value.maximumElements else {
            throw error(
                .tooLarge,
                "more than \(Value.maximumElements) elements in one value; pass bytes as string or in parts"
            )
        }
    }

    private mutating func count(_ text: String) throws(WasmError) {
        textLength += text.utf8.count
        guard textLength <= Value.maximumTextLength else {
            throw error(.tooLarge, "more than \(Value.maximumTextLength) bytes of text in one value; pass it in parts")
        }
    }

    private func unknown(_ name: String, among names: [String]) -> WasmError {
        error(.invalidValue, "\(name) is none of \(names.joined(separator: ", "))")
    }

    private func error(_ code: WasmError.Code, _ message: String) -> WasmError {
        WasmError(code, "\(path.isEmpty ? "the value" : "the value at \(path.joined(separator: "."))"): \(message)")
    }
}
