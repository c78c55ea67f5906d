import WasmRuntime

extension JSONValue {
    /// The value as text, indented; a list or an object of single values stands on one line where it is short.
    func text(indent: Int = 0) -> String {
        if let line, line.utf8.count + 4 * indent <= 100 || elements.isEmpty { return line }
        let inner = String(repeating: "    ", count: indent + 1)
        let outer = String(repeating: "    ", count: indent)
        let parts = elements.map { name, value in
            inner + (name.map { JSONLine.quoted($0) + ": " } ?? "") + value.text(indent: indent + 1)
        }
        let (open, close) = if case .array = kind { ("[", "]") } else { ("{", "}") }
        return "\(open)\n\(parts.joined(separator: ",\n"))\n\(outer)\(close)"
    }

    /// The value on one line; nil where it holds objects with something in them.
    private var line: String? {
        switch kind {
        case .null: return "null"
        case .bool(let truth): return "\(truth)"
        case .number(let text): return text
        case .string(let text): return JSONLine.quoted(text)
        case .array, .object:
            guard elements.allSatisfy({ $0.value.isFlat }) else { return nil }
            let parts = elements.map { name, value in
                (name.map { JSONLine.quoted($0) + ": " } ?? "") + (value.line ?? "")
            }
            if case .array = kind { return "[\(parts.joined(separator: ", "))]" }
            return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
        }
    }

    private var elements: [(name: String?, value: JSONValue)] {
        switch kind {
        case .array(let values): values.map { (nil, $0) }
        case .object(let members): members.map { ($0.name, $0.value) }
        default: []
        }
    }

    private var isFlat: Bool {
        if case .object(let members) = kind { members.isEmpty } else { elements.allSatisfy { $0.value.isFlat } }
    }
}
