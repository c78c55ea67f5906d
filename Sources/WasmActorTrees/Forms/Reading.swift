import WasmCore

/// The state of one reading: where it is, and the mistakes found so far.
struct Reading {
    /// How many mistakes one run tells.
    static let mostMistakes = 20

    private(set) var mistakes: [TreeFileError.Mistake] = []
    /// The way to the value that is being read, such as `children[2].restart`.
    private var path = ""
    /// Where the values that were read begin.
    private var positions: [String: JSONValue.Position] = [:]

    /// Whether more mistakes would not be told.
    var isFull: Bool { mistakes.count >= Self.mostMistakes }

    /// Notes a mistake in the value that is being read.
    mutating func refuse(_ value: JSONValue, _ message: String) {
        refuse(path, at: value.position, message)
    }

    /// Notes that a value is of another form than wanted.
    mutating func refuse(_ value: JSONValue, wanted: String) {
        let found =
            switch value.kind {
            case .string(let text): "`\(Printable.text(text, limit: 64))`"
            case .number(let text): "`\(Printable.text(text, limit: 64))`"
            case .bool(let truth): "`\(truth)`"
            default: value.typeName
            }
        refuse(value, "\(found) where \(wanted) is expected")
    }

    /// Notes a mistake that was found after the reading, at the part that the way leads to, or nearest to.
    mutating func refuse(field: String, _ message: String) {
        var nearest = field[...]
        while positions[String(nearest)] == nil, let end = nearest.lastIndex(where: { $0 == "." || $0 == "[" }) {
            nearest = nearest[..<end]
        }
        refuse(field, at: positions[String(nearest)] ?? positions[""] ?? .init(), message)
    }

    private mutating func refuse(_ path: String, at position: JSONValue.Position, _ message: String) {
        guard !isFull else { return }
        mistakes.append(.init(path: path, line: position.line, column: position.column, message: message))
    }

    /// Reads a member of the object that is being read.
    mutating func within<Value>(
        _ name: String,
        _ value: JSONValue,
        _ body: (inout Reading) -> Value
    ) -> Value {
        step(path.isEmpty ? name : "\(path).\(name)", value, body)
    }

    /// Reads an element of the list that is being read.
    mutating func within<Value>(_ index: Int, _ value: JSONValue, _ body: (inout Reading) -> Value) -> Value {
        step("\(path)[\(index)]", value, body)
    }

    /// Reads the whole.
    mutating func root<Value>(_ value: JSONValue, _ body: (inout Reading) -> Value) -> Value { step("", value, body) }

    private mutating func step<Value>(_ inner: String, _ value: JSONValue, _ body: (inout Reading) -> Value) -> Value {
        let outer = path
        path = inner
        positions[inner] = value.position
        defer { path = outer }
        return body(&self)
    }
}
