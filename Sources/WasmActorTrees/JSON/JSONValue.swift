/// A value of JSON and where it begins in its text.
struct JSONValue {
    /// A place in a text, counted from 1; columns in bytes.
    struct Position: Hashable {
        var line = 1
        var column = 1
    }

    /// A member of an object.
    struct Member {
        let name: String
        let position: Position
        let value: JSONValue
    }

    /// What it is.
    indirect enum Kind {
        case null
        case bool(Bool)
        /// As it was written.
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([Member])
    }

    let kind: Kind
    let position: Position

    init(_ kind: Kind, at position: Position = Position()) {
        self.kind = kind
        self.position = position
    }

    static func string(_ text: String) -> JSONValue { JSONValue(.string(text)) }
    static func number(_ text: String) -> JSONValue { JSONValue(.number(text)) }

    static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        JSONValue(.object(members.map { Member(name: $0, position: Position(), value: $1) }))
    }

    /// What it is, in a word.
    var typeName: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
