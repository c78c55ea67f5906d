/// The form of names: words of letters and digits with hyphens between them, each word in one case.
enum KebabCase {
    /// What is wrong with a name; nil where nothing is.
    static func complaint(_ name: String) -> String? {
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() {
            guard let first = word.utf8.first else {
                return words.count == 1 ? "it is empty" : "it has a hyphen without a word beside it"
            }
            if index == 0, first >= 0x30, first <= 0x39 { return "it starts with a digit" }
            let hasUpper = word.utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
            let hasLower = word.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
            if hasUpper, hasLower { return "`\(word)` mixes upper and lower case" }
        }
        return nil
    }

    /// The name that was likely meant.
    static func hint(_ name: String) -> String {
        var words = ""
        for character in name {
            if character.isUppercase, let last = words.last, last != "-", !last.isUppercase { words.append("-") }
            words.append(character)
        }
        let fixed = words.lowercased().split(separator: "-").joined(separator: "-")
        return complaint(fixed) == nil
            ? "write it in kebab case: `\(fixed)`" : "names are words with hyphens between them, such as `actor-id`"
    }
}
