import WITModel

/// The Swift names that a configuration gives to what WIT names.
struct Renames {
    private let entries: [String: BindingsConfiguration.Located]
    private var known: Set<String> = []

    init(_ entries: [String: BindingsConfiguration.Located]) {
        self.entries = entries
    }

    /// The name that was chosen for something; nil where none was.
    mutating func name(for path: FunctionPath) -> String? {
        known.formUnion(path.keys)
        return path.keys.first { entries[$0] != nil }.flatMap { entries[$0]?.text }
    }

    /// The entries that name nothing.
    var mistakes: [(name: String, span: Span?)] {
        entries.filter { !known.contains($0.key) }.map { ($0.key, $0.value.span) }.sorted { $0.0 < $1.0 }
    }
}
