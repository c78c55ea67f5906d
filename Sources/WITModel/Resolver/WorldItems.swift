/// The imports or the exports of a world while they are being gathered.
struct WorldItems {
    private(set) var items: [WorldItem] = []
    private var positions: [String: Int] = [:]

    /// Plain names that differ in case only are one name; qualified names stand for what they say.
    private static func key(_ name: String) -> String { name.contains("/") ? name : name.lowercased() }

    /// Whether there is an item of a name.
    func contains(_ name: String) -> Bool { positions[Self.key(name)] != nil }

    /// Adds an item; where there is one of its name already, returns that one and changes nothing.
    mutating func add(_ item: WorldItem) -> WorldItem? {
        if let place = positions[Self.key(item.name)] { return items[place] }
        positions[Self.key(item.name)] = items.count
        items.append(item)
        return nil
    }

    mutating func set(_ stability: Stability, of name: String) {
        guard let place = positions[Self.key(name)] else { return }
        items[place].stability = stability
    }

    /// Puts interfaces first, then the types that a `use` brought in, other types, functions and the functions of
    /// resources: each behind what it can name.
    mutating func sort(in resolve: Resolve) {
        func rank(_ item: WorldItem) -> Int {
            switch item.kind {
            case .interface: 0
            case .type(let id): resolve[id].isUse ? 1 : 2
            case .function(let function): function.kind == .freestanding ? 3 : 4
            }
        }
        let ranked = items.enumerated().map { (rank: rank($1), place: $0) }
        items = ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map { items[$0.place] }
        for (place, item) in items.enumerated() { positions[Self.key(item.name)] = place }
    }
}
