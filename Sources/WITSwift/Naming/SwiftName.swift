/// How a WIT name is written in Swift.
///
/// `actor-id` becomes `actorID` for values and `ActorID` for types: words lose their hyphens, and a word that is an
/// initialism is written in one case throughout, as Swift's API guidelines want it.
public enum SwiftName {
    /// The name of a value: a function, a parameter, a property, a case. Not escaped: see `escaped(_:)`.
    ///
    /// - Parameter name: A WIT name.
    /// - Returns: Such as `actorID`.
    public static func value(_ name: String) -> String {
        let words = words(name)
        return words.first.map { joined([$0.lowercased()], words.dropFirst()) } ?? ""
    }

    /// The name of a type.
    ///
    /// - Parameter name: A WIT name.
    /// - Returns: Such as `ActorID`.
    public static func type(_ name: String) -> String {
        joined([], words(name)[...])
    }

    /// A name as it is declared or used, in backticks where it is a keyword of Swift.
    ///
    /// - Parameter name: A Swift name.
    /// - Returns: The name, safe in every place where an identifier may stand.
    public static func escaped(_ name: String) -> String {
        reserved.contains(name) ? "`\(name)`" : name
    }

    /// A name as the label of an argument, where Swift takes all keywords but one as they are.
    ///
    /// - Parameter name: A Swift name.
    /// - Returns: The name, safe in front of a colon in a call.
    public static func label(_ name: String) -> String {
        name == "inout" ? "`inout`" : name
    }

    /// A name behind a dot, where Swift takes most keywords as they are.
    ///
    /// - Parameter name: A Swift name.
    /// - Returns: The name, safe behind a dot.
    public static func member(_ name: String) -> String {
        ["Any", "Protocol", "Self", "Type", "init", "self"].contains(name) ? "`\(name)`" : name
    }

    /// Whether a text is a name that Swift takes, in backticks where it is a keyword.
    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
        return name != "_" && name.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
    }

    /// A type's name as the start of a value's: `Messaging` becomes `messaging`.
    static func lowerFirst(_ name: String) -> String {
        let capitals = name.prefix { $0.isUppercase }
        if capitals.count == name.count { return name.lowercased() }
        let count = max(1, capitals.count - 1)
        return name.prefix(count).lowercased() + name.dropFirst(count)
    }

    private static func words(_ name: String) -> [String] {
        name.split(separator: "-").map(String.init)
    }

    private static func joined(_ start: [String], _ words: ArraySlice<String>) -> String {
        var text = start.joined()
        for word in words {
            if let digit = word.first, digit.isNumber, text.last?.isNumber ?? false { text += "_" }
            // A word in capitals is one that its author took for an initialism.
            let isInitialism = word == word.uppercased() || initialisms.contains(word)
            text += isInitialism ? word.uppercased() : word.prefix(1).uppercased() + word.dropFirst()
        }
        return text
    }

    /// The words that are written in one case throughout.
    private static let initialisms: Set<String> = [
        "abi", "api", "cpu", "dns", "html", "http", "https", "id", "ip", "json", "tcp", "tls", "udp", "uri", "url",
        "utf8", "uuid", "wit", "xml",
    ]

    /// The keywords that cannot stand alone as a name, and the words that mean something else in expressions.
    private static let reserved: Set<String> = [
        "Any", "Protocol", "Self", "Type", "as", "associatedtype", "await", "break", "case", "catch", "class",
        "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
        "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self",
        "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var",
        "where", "while",
    ]
}
