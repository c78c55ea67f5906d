import WITModel

/// What a configuration says of functions, by patterns; of those that fit a function the most specific one counts.
struct FunctionTable<Choice> {
    private let entries: [String: Choice]
    private let spans: [(pattern: String, span: Span?)]
    private var known: Set<String> = ["*"]

    init(_ entries: [(pattern: BindingsConfiguration.Located, choice: Choice)]) {
        self.entries = Dictionary(entries.map { ($0.pattern.text, $0.choice) }) { first, _ in first }
        spans = entries.map { ($0.pattern.text, $0.pattern.span) }
    }

    /// The choice for a function.
    mutating func choice(for function: FunctionPath) -> Choice? {
        let patterns = function.patterns
        known.formUnion(patterns)
        return patterns.first { entries[$0] != nil }.flatMap { entries[$0] }
    }

    /// The patterns that fit no function.
    var mistakes: [(pattern: String, span: Span?)] {
        spans.filter { !known.contains($0.pattern) }
    }
}

/// Where a configuration looks a function, a type or a part of one up.
struct FunctionPath {
    /// What the interface or the world is called: in short, and with its package.
    let owners: [String]
    /// Whether the owner is a world, whose functions need no name in front of them.
    let isWorld: Bool
    /// The names inside of the owner: `read`, or `file` and `read`.
    let names: [String]

    /// The patterns that fit, the most specific ones first.
    var patterns: [String] {
        var patterns = keys
        for count in stride(from: names.count - 1, through: 0, by: -1) {
            let inner = names.prefix(count) + ["*"]
            patterns += FunctionPath(owners: owners, isWorld: false, names: Array(inner)).keys
        }
        return patterns + ["*"]
    }

    /// The ways to write the path itself.
    var keys: [String] {
        let path = names.joined(separator: ".")
        return owners.map { names.isEmpty ? $0 : "\($0).\(path)" } + (isWorld && !names.isEmpty ? [path] : [])
    }

    /// The path of something inside.
    func appending(_ name: String) -> FunctionPath {
        FunctionPath(owners: owners, isWorld: isWorld, names: names + [name])
    }
}
