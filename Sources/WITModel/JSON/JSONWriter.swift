/// Writes JSON, a member a line.
struct JSONWriter {
    private(set) var text = ""
    private var depth = 0
    private var isFirst = true

    mutating func object(_ members: (inout JSONWriter) -> Void) { nest("{", "}", members) }

    mutating func array(_ elements: (inout JSONWriter) -> Void) { nest("[", "]", elements) }

    /// The name of the member whose value comes next.
    mutating func key(_ name: String) {
        separate()
        quote(name)
        text += ": "
    }

    /// Starts the next element of an array, whose value comes next.
    mutating func element() { separate() }

    mutating func string(_ value: String) { quote(value) }

    mutating func number(_ value: Int) { text += String(value) }

    mutating func null() { text += "null" }

    private mutating func nest(_ open: String, _ close: String, _ inside: (inout JSONWriter) -> Void) {
        text += open
        depth += 1
        isFirst = true
        inside(&self)
        depth -= 1
        if !isFirst { startLine() }
        isFirst = false
        text += close
    }

    private mutating func separate() {
        if !isFirst { text += "," }
        isFirst = false
        startLine()
    }

    private mutating func startLine() {
        text += "\n"
        for _ in 0..<depth { text += "  " }
    }

    private mutating func quote(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
