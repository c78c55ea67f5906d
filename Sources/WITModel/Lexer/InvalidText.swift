/// Characters that WIT forbids anywhere, comments included.
enum InvalidText {
    /// The first byte that is no UTF-8, or the first forbidden scalar.
    static func first(in bytes: [UInt8]) -> (offset: Int, message: String)? {
        let repaired = String(decoding: bytes, as: UTF8.self)
        var offset = 0
        for (given, read) in zip(bytes, repaired.utf8) {
            if given != read { return (offset, "the text is not UTF-8") }
            offset += 1
        }
        offset = 0
        for scalar in repaired.unicodeScalars {
            if let message = complaint(scalar) { return (offset, message) }
            offset += UTF8.width(scalar)
        }
        return nil
    }

    /// Whether a character is forbidden.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x7F || scalar.value < 0x20 ? complaint(scalar) != nil : false
    }

    private static func complaint(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: return nil
        case 0..<0x20, 0x7F..<0xA0: return "a control character, U+\(hex(scalar)), is not allowed"
        case 0x202A...0x202E, 0x2066...0x2069:
            return "U+\(hex(scalar)) changes the direction of text and is not allowed"
        case 0x149, 0x673, 0xF77, 0xF79, 0x17A3, 0x17A4, 0x17B4, 0x17B5:
            return "U+\(hex(scalar)) is deprecated by Unicode and not allowed"
        default: return nil
        }
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
