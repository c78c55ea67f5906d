/// How much room text takes in a terminal.
enum TextWidth {
    /// The columns that a text takes: two for the wide characters of East Asia and for pictures, none for marks that
    /// combine.
    static func columns(_ text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + columns($1) }
    }

    private static func columns(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return 1
        }
    }

    /// The beginning of a text, with `…` at its end where something is left out.
    static func cut(_ text: String, to width: Int) -> String {
        guard columns(text) > width else { return text }
        guard width > 0 else { return "" }
        return head(text[...], width - 1) + "…"
    }

    /// The end of a text, with `…` at its beginning where something is left out.
    static func cutLeft(_ text: String, to width: Int) -> String {
        guard columns(text) > width else { return text }
        guard width > 0 else { return "" }
        return "…" + String(head(text.reversed()[...], width - 1).reversed())
    }

    /// A text with spaces behind it.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    private static func head(_ text: some Sequence<Character>, _ width: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            used += columns(character)
            if used > width { break }
            result.append(character)
        }
        return result
    }
}
