import WasmCore

/// The actions that are not done yet, and which of them wait for which.
///
/// Actions on one actor are done in their order, and so are those of the command line, whatever they are about. Nothing
/// else waits; `kill` does not wait for what it may have to end.
struct ActionQueue {
    /// An action that may begin.
    struct Item: Sendable {
        /// Which one it is, in the order in which they came.
        let number: Int
        let action: RunAction
        /// Whether it comes from the command line.
        let isScripted: Bool
    }

    private struct Entry {
        let item: Item
        /// How many are to be done before it.
        var waitsFor: Int
        /// Those that wait for it.
        var followers: [Int] = []
    }

    private var entries: [Int: Entry] = [:]
    private var next = 0
    /// The last ones about each actor: whatever comes about it waits for them, and they wait for all that came before.
    private var latest: [ActorID: [Int]] = [:]
    /// The upgrades of all actors that match a pattern.
    private var patterns: [(number: Int, pattern: Pattern)] = []
    private var latestScripted: Int?

    /// Whether all are done.
    var isEmpty: Bool { entries.isEmpty }

    /// Whether one of the command line is not done.
    var hasScript: Bool { latestScripted != nil }

    /// Those that could not begin yet, in their order.
    var waiting: [Item] {
        entries.values.filter { $0.waitsFor > 0 }.map(\.item).sorted { $0.number < $1.number }
    }

    /// Adds an action.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - isScripted: Whether it comes from the command line.
    /// - Returns: The same, where it may begin at once.
    mutating func add(_ action: RunAction, isScripted: Bool) -> Item? {
        let item = Item(number: next, action: action, isScripted: isScripted)
        next += 1
        var earlier = comesAfter(item)
        if isScripted {
            if let latestScripted { earlier.insert(latestScripted) }
            latestScripted = item.number
        }
        for number in earlier { entries[number]?.followers.append(item.number) }
        entries[item.number] = Entry(item: item, waitsFor: earlier.count)
        return earlier.isEmpty ? item : nil
    }

    /// Takes out an action that is done.
    ///
    /// - Parameter number: Its number.
    /// - Returns: Those that waited for it alone.
    mutating func finish(_ number: Int) -> [Item] {
        guard let done = entries.removeValue(forKey: number) else { return [] }
        switch done.item.action.target {
        case .actor(let id):
            let left = latest[id, default: []].filter { $0 != number }
            latest[id] = left.isEmpty ? nil : left
        case .pattern: patterns.removeAll { $0.number == number }
        case nil: break
        }
        if latestScripted == number { latestScripted = nil }
        var ready: [Item] = []
        for follower in done.followers {
            guard var entry = entries[follower] else { continue }
            entry.waitsFor -= 1
            entries[follower] = entry
            if entry.waitsFor == 0 { ready.append(entry.item) }
        }
        return ready
    }

    /// Those about the same actors that are to be done before an action; enters it as the latest.
    private mutating func comesAfter(_ item: Item) -> Set<Int> {
        switch item.action.target {
        case .actor(let id):
            let before = latest[id, default: []]
            if case .kill = item.action.kind {
                latest[id] = before + [item.number]
                return []
            }
            latest[id] = [item.number]
            let upgrades = patterns.filter { $0.pattern.matches(id.description) }
            return Set(before + upgrades.map(\.number))
        case .pattern(let pattern):
            // Two patterns may match the same actors.
            let before = entries.values.filter { entry in
                switch entry.item.action.target {
                case .actor(let id): pattern.matches(id.description)
                case .pattern: true
                case nil: false
                }
            }
            patterns.append((item.number, pattern))
            return Set(before.map(\.item.number))
        case nil: return []
        }
    }
}
