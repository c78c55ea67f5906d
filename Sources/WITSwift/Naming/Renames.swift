import WITModel

/// The Swift names that a configuration gives to what WIT names.
struct Renames {
    private let entries: [String: BindingsConfiguration.Located]
    private var known: Set<String> = []
    /// The chosen names that something else in their place has already.
    private(set) var conflicts: [(name: String, span: Span?)] = []

    init(_ entries: [String: BindingsConfiguration.Located]) {
        self.entries = entries
    }

    private mutating func entry(for path: FunctionPath) -> BindingsConfiguration.Located? {
        known.formUnion(path.keys)
        return path.keys.first { entries[$0] != nil }.flatMap { entries[$0] }
    }

    /// Takes the name that was chosen for something, or else a plain one.
    mutating func take(for path: FunctionPath, or plain: String, in scope: inout NameScope) -> String {
        guard let chosen = entry(for: path) else { return scope.take(plain) }
        if scope.contains(chosen.text) { conflicts.append((chosen.text, chosen.span)) }
        return scope.take(chosen.text)
    }

    /// The entries that name nothing.
    var mistakes: [(name: String, span: Span?)] {
        entries.filter { !known.contains($0.key) }.map { ($0.key, $0.value.span) }.sorted { $0.0 < $1.0 }
    }
}
