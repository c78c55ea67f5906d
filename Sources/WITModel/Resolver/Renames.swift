/// The names that the `with` of an `include` gives.
struct Renames {
    private let pairs: [(name: Identifier, alias: Identifier)]
    private var places: [Substring: Int] = [:]
    private var used: Set<Substring> = []

    init(_ pairs: [(name: Identifier, alias: Identifier)]) {
        self.pairs = pairs
        // The first one counts where a name stands twice.
        for (place, pair) in pairs.enumerated().reversed() { places[Substring(pair.name.text)] = place }
    }

    /// The names that nothing has.
    var unused: [Identifier] {
        pairs.map(\.name).filter { !used.contains(Substring($0.text)) }
    }

    /// The new name of an item: its own, or one that follows from its resource's, as in `[method]file.read`.
    mutating func name(of item: String) -> String {
        if let alias = alias(of: Substring(item)) { return alias }
        guard let bracket = item.firstIndex(of: "]") else { return item }
        let prefix = item[...bracket]
        let rest = item[item.index(after: bracket)...]
        let resource = rest.prefix { $0 != "." }
        guard let alias = alias(of: resource) else { return item }
        return prefix + alias + rest[resource.endIndex...]
    }

    private mutating func alias(of name: Substring) -> String? {
        guard let place = places[name] else { return nil }
        used.insert(name)
        return pairs[place].alias.text
    }
}
