/// Bytes as text, as RFC 4648 has it, with padding.
package enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of bytes.
    package static func text(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                result.append(
                    index <= group.count ? digits[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "=")
                )
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of a text; nil where it is not exactly what `text` writes.
    package static func bytes(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        for start in stride(from: 0, to: characters.count, by: 4) {
            let group = characters[start..<start + 4].prefix { $0 != UInt8(ascii: "=") }
            var bits: UInt32 = 0
            for index in 0..<4 {
                let value = index < group.count ? digits.firstIndex(of: group[start + index]) : 0
                guard let value else { return nil }
                bits = bits << 6 | UInt32(value)
            }
            for index in 0..<max(0, group.count - 1) {
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index)))
            }
        }
        // Padding in the middle, and bits beyond the last byte, make another text.
        return Base64.text(result) == text ? result : nil
    }
}
