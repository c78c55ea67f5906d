import WasmComponentModel

extension WAVEReader {
    mutating func list(of element: ValueType) throws(WAVEError) -> [Value] {
        try scanner.require("[", "to open a list")
        return try sequence(closedBy: "]") { (reader) throws(WAVEError) in try reader.value(element) }
    }

    /// Reads a map, which is written as a list of pairs.
    mutating func entries(key: ValueType, value: ValueType) throws(WAVEError) -> [Value.Entry] {
        try scanner.require("[", "to open a map, which is written as [(key, value), ...]")
        return try sequence(closedBy: "]") { (reader) throws(WAVEError) in
            let pair = try reader.tuple([key, value])
            return Value.Entry(key: pair[0], value: pair[1])
        }
    }

    mutating func tuple(_ elements: [ValueType]) throws(WAVEError) -> [Value] {
        try scanner.require("(", "to open a tuple of \(elements.count)")
        var values: [Value] = []
        for (index, element) in elements.enumerated() {
            if index > 0 {
                try scanner.require(",", "and \(elements.count - index) more of the tuple's \(elements.count)")
            }
            values.append(try value(element))
        }
        _ = scanner.take(",")
        try scanner.require(")", "to close a tuple of \(elements.count)")
        return values
    }

    mutating func record(_ fields: [ValueType.Field]) throws(WAVEError) -> [Value.NamedValue] {
        try scanner.require("{", "to open a record")
        let start = scanner.position - 1
        var given: [String: Value] = [:]
        // `{:}` is the record all of whose fields are left out; `{}` alone would be flags.
        if scanner.take(":") {
            try scanner.require("}", "after '{:'")
        } else {
            _ = try sequence(closedBy: "}") { (reader) throws(WAVEError) in
                let (name, column) = try reader.label("a field's name")
                guard let field = fields.first(where: { $0.name == name }) else {
                    throw reader.unknown("field", name, among: fields.map { $0.name }, at: column)
                }
                guard given[name] == nil else {
                    throw reader.scanner.error("field '\(name)' is given twice", at: column)
                }
                try reader.scanner.require(":", "after the field's name '\(name)'")
                given[name] = try reader.value(field.type)
            }
        }
        var values: [Value.NamedValue] = []
        for field in fields {
            if let value = given[field.name] {
                values.append(Value.NamedValue(name: field.name, value: value))
            } else if case .option = field.type {
                values.append(Value.NamedValue(name: field.name, value: .option(nil)))
            } else {
                throw scanner.error("field '\(field.name)' (\(field.type)) is missing", at: start)
            }
        }
        return values
    }

    mutating func variant(_ cases: [ValueType.Case]) throws(WAVEError) -> Value {
        let (name, column) = try label("a case's name")
        guard let found = cases.first(where: { $0.name == name }) else {
            throw unknown("case", name, among: cases.map { $0.name }, at: column)
        }
        return .variant(name, try payload(of: "'\(name)'", found.payload))
    }

    mutating func enumeration(_ names: [String]) throws(WAVEError) -> String {
        let (name, column) = try label("a case's name")
        guard names.contains(name) else { throw unknown("case", name, among: names, at: column) }
        return name
    }

    mutating func flags(_ names: [String]) throws(WAVEError) -> [String] {
        try scanner.require("{", "to open flags")
        let given = try sequence(closedBy: "}") { (reader) throws(WAVEError) in
            let (name, column) = try reader.label("a flag's name")
            guard names.contains(name) else { throw reader.unknown("flag", name, among: names, at: column) }
            return name
        }
        return names.filter { given.contains($0) }
    }

    mutating func option(_ payload: ValueType) throws(WAVEError) -> Value? {
        switch keyword() {
        case "none": return nil
        case "some": return try self.payload(of: "some", payload)
        case let word?: scanner.goBack(to: scanner.position - word.count)
        case nil: break
        }
        guard WAVEReader.mayBeBare(payload) else {
            throw scanner.failure(expecting: "some(...) or none")
        }
        return try value(payload)
    }

    mutating func result(ok: ValueType?, error: ValueType?) throws(WAVEError) -> Value {
        switch keyword() {
        case "ok": return .ok(try payload(of: "ok", ok))
        case "err": return .error(try payload(of: "err", error))
        case let word?: scanner.goBack(to: scanner.position - word.count)
        case nil: break
        }
        guard let ok, WAVEReader.mayBeBare(ok) else {
            throw scanner.failure(expecting: "ok or err")
        }
        return .ok(try value(ok))
    }

    /// Whether a payload of this type can stand for `some` or `ok` of it: not where it has such words itself.
    static func mayBeBare(_ type: ValueType) -> Bool {
        switch type {
        case .option, .result: false
        default: true
        }
    }

    /// Takes `some`, `none`, `ok` or `err`, where it stands next and unescaped; else nothing.
    private mutating func keyword() -> String? {
        scanner.skipSpace()
        let start = scanner.position
        if let label = scanner.takeLabel(), !label.isEscaped, ["some", "none", "ok", "err"].contains(label.name) {
            return label.name
        }
        scanner.goBack(to: start)
        return nil
    }

    private mutating func payload(of owner: String, _ type: ValueType?) throws(WAVEError) -> Value? {
        guard let type else {
            if scanner.take("(") {
                scanner.goBack(to: scanner.position - 1)
                throw scanner.failure(expecting: "nothing after \(owner), which carries no value")
            }
            return nil
        }
        try scanner.require("(", "after \(owner), which carries \(type)")
        let value = try value(type)
        try scanner.require(")", "after the value of \(owner)")
        return value
    }

    private mutating func label(_ purpose: String) throws(WAVEError) -> (name: String, position: Int) {
        scanner.skipSpace()
        let start = scanner.position
        guard let label = scanner.takeLabel() else { throw scanner.failure(expecting: purpose) }
        if !label.isEscaped, WAVEScanner.keywords.contains(label.name) {
            throw scanner.error("expected \(purpose); '\(label.name)' is a keyword, write %\(label.name)", at: start)
        }
        return (label.name, start)
    }

    private func unknown(_ kind: String, _ name: String, among names: [String], at position: Int) -> WAVEError {
        scanner.error("no \(kind) '\(name)'; there is \(names.joined(separator: ", "))", at: position)
    }

    private mutating func sequence<Element>(
        closedBy end: String,
        _ element: (inout WAVEReader) throws(WAVEError) -> Element
    ) throws(WAVEError) -> [Element] {
        var elements: [Element] = []
        while !scanner.take(end) {
            if !elements.isEmpty {
                try scanner.require(",", "or '\(end)'")
                if scanner.take(end) { break }
            }
            elements.append(try element(&self))
        }
        return elements
    }
}
