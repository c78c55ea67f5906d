internal import Synchronization

/// What is made of components' bytes. Each is made once, also when many ask for it at the same time.
final class ComponentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// One value to be: whoever comes first makes it, the others wait for that.
    private final class Entry: Sendable {
        let value = Mutex<Value?>(nil)
    }

    private struct State {
        var entries: [Key: (entry: Entry, lastUse: UInt64)] = [:]
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: How many it keeps; what is used longest ago goes first. Live instances keep theirs.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    func value(
        for key: Key,
        make: () throws(RuntimeError) -> Value
    ) throws(RuntimeError) -> Value {
        let entry = state.withLock { state -> Entry in
            state.uses += 1
            let entry = state.entries[key]?.entry ?? Entry()
            state.entries[key] = (entry, state.uses)
            if state.entries.count > capacity,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
            }
            return entry
        }
        do throws(RuntimeError) {
            return try entry.value.withLock { value throws(RuntimeError) in
                if let value { return value }
                let made = try make()
                value = made
                return made
            }
        } catch {
            // What cannot be made leaves nothing behind.
            state.withLock { state in
                if state.entries[key]?.entry === entry { state.entries[key] = nil }
            }
            throw error
        }
    }

    func remove(_ key: Key) {
        state.withLock { $0.entries[key] = nil }
    }

    func removeAll() {
        state.withLock { $0.entries = [:] }
    }
}
