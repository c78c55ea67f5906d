extension String {
    /// This text with control characters escaped and cut to a number of UTF-8 bytes.
    ///
    /// Guests choose the names that appear in error texts: unescaped, a newline in one would forge lines of a log.
    func escapedAndCut(to limit: Int) -> String {
        if utf8.count <= limit, unicodeScalars.allSatisfy({ !$0.isControl }) { return self }
        var result = ""
        result.reserveCapacity(Swift.min(utf8.count, limit) + 8)
        for scalar in unicodeScalars {
            let piece = scalar.isControl ? scalar.escaped(asASCII: true) : String(scalar)
            if result.utf8.count + piece.utf8.count > limit - 3 {
                return result + "..."
            }
            result += piece
        }
        return result
    }
}

extension Unicode.Scalar {
    /// Whether the scalar steers a terminal or a log rather than being text: C0, C1, and the bidirectional controls.
    fileprivate var isControl: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
