/// The line that is typed below the live view, key by key.
struct LineEditor {
    /// What a key leads to.
    enum Result: Equatable {
        /// A line was ended.
        case line(String)
        /// The table moves by rows.
        case scroll(Int)
        /// The table moves by what is seen of it, up or down.
        case page(Int)
        /// No more is typed.
        case end
    }

    private static let longest = 4096

    /// What has been typed.
    private(set) var text = ""
    /// Bytes that are no whole key yet.
    private var pending: [UInt8] = []

    /// Takes bytes from the terminal.
    mutating func type(_ bytes: [UInt8]) -> [Result] {
        pending += bytes
        var results: [Result] = []
        while let first = pending.first {
            let length: Int
            switch first {
            case 0x1B:
                guard let (used, result) = escape() else { return results }
                if let result { results.append(result) }
                length = used
            case 0x20...0x7E, 0x80...:
                guard let (used, character) = character() else { return results }
                if let character, text.utf8.count < Self.longest { text.append(character) }
                length = used
            default:
                if let result = control(first) { results.append(result) }
                length = 1
            }
            pending.removeFirst(length)
        }
        return results
    }

    private mutating func control(_ byte: UInt8) -> Result? {
        switch byte {
        case 0x0D, 0x0A:
            defer { text = "" }
            return .line(text)
        case 0x7F, 0x08: _ = text.popLast()
        // Ctrl-U and Ctrl-W.
        case 0x15: text = ""
        case 0x17:
            while text.last == " " { text.removeLast() }
            while let last = text.last, last != " " { text.removeLast() }
        // Ctrl-D.
        case 0x04: return text.isEmpty ? .end : nil
        default: break
        }
        return nil
    }

    /// A key that sends an escape sequence, and how many bytes it has; nil where its end has not come yet.
    private func escape() -> (length: Int, result: Result?)? {
        guard pending.count > 1 else { return nil }
        guard pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O") else { return (1, nil) }
        guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
            return pending.count > 32 ? (pending.count, nil) : nil
        }
        let result: Result? =
            switch String(decoding: pending[2...end], as: UTF8.self) {
            case "A": .scroll(-1)
            case "B": .scroll(1)
            case "5~": .page(-1)
            case "6~": .page(1)
            default: nil
            }
        return (end + 1, result)
    }

    /// One character of UTF-8; nil where its end has not come yet, and no character for bytes that are none.
    private func character() -> (length: Int, character: Character?)? {
        let length =
            switch pending[0] {
            case ..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0 else { return (1, nil) }
        let bytes = pending.prefix(length)
        guard bytes.dropFirst().allSatisfy({ (0x80...0xBF).contains($0) }) else { return (1, nil) }
        guard bytes.count == length else { return nil }
        return (length, String(validating: bytes, as: UTF8.self)?.first)
    }
}
