/// Text of unknown origin made fit for a message: short, on one line.
package enum Printable {
    /// The text with control characters escaped, cut after `limit` characters.
    package static func text(_ text: String, limit: Int) -> String {
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit {
                return result + "..."
            }
            if isControl(scalar) {
                result += scalar.escaped(asASCII: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether the scalar steers a terminal or a log rather than being text: C0, C1, line separators, and the
    /// bidirectional controls.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
