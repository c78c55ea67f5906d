/// Text of unknown origin made fit for a message: short, on one line.
package enum Printable {
    /// The text with control characters escaped, cut after `limit` characters.
    package static func text(_ text: String, limit: Int) -> String {
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit {
                return result + "..."
            }
            if scalar.value < 0x20 || scalar.value == 0x7F {
                result += scalar.escaped(asASCII: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
