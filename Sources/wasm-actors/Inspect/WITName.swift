/// Names as WIT writes them.
enum WITName {
    /// The words that are names only behind a `%`.
    private static let keywords: Set<String> = [
        "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export", "f32", "f64",
        "flags",
        "from", "func", "future", "import", "include", "interface", "list", "map", "option", "own", "package", "record",
        "resource", "result", "s16", "s32", "s64", "s8", "static", "stream", "string", "tuple", "type", "u16", "u32",
        "u64", "u8", "use", "variant", "with", "world",
    ]

    /// A name, behind a `%` where it would be read as a keyword.
    static func escaped(_ name: String) -> String { keywords.contains(name) ? "%" + name : name }

    /// Whether a name is one of a plain item, such as `handle-message`: letters, digits and single hyphens.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.allSatisfy { $0 == "-" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }

    /// The parts of an interface's full name, such as `wasi:io/poll@0.2.0`, each as WIT writes it.
    struct Interface: Hashable {
        /// The package without its version, such as `wasi:io`.
        private let unversioned: String
        /// The version behind an `@`, or nothing.
        private let version: String
        /// The interface's own name, such as `poll`.
        let name: String

        /// Takes a full name apart; none where it is no interface of a package.
        init?(_ fullName: String) {
            let versioned = fullName.split(separator: "@", maxSplits: 1)
            guard let path = versioned.first, path.contains(":"), let slash = path.lastIndex(of: "/") else {
                return nil
            }
            let name = String(path[path.index(after: slash)...])
            guard WITName.isPlain(name) else { return nil }
            self.name = name
            unversioned = path[..<slash].split(separator: ":").map { WITName.escaped(String($0)) }.joined(
                separator: ":"
            )
            version = versioned.count > 1 ? "@" + versioned[1] : ""
        }

        /// The package with its version, such as `wasi:io@0.2.0`.
        var package: String { unversioned + version }

        /// The whole name.
        var text: String { "\(unversioned)/\(WITName.escaped(name))\(version)" }
    }
}
