internal import Synchronization

/// Compiled components by their bytes. Each is compiled once, also when many ask for it at the same time.
final class ComponentCache: Sendable {
    /// One component to be: whoever comes first compiles it, the others wait for that.
    private final class Entry: Sendable {
        let component = Mutex<CompiledComponent?>(nil)
    }

    private struct State {
        var entries: [[UInt8]: (entry: Entry, lastUse: UInt64)] = [:]
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: How many it keeps; what is used longest ago goes first. Live instances keep theirs.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    func component(
        for bytes: [UInt8],
        compile: () throws(RuntimeError) -> CompiledComponent
    ) throws(RuntimeError) -> CompiledComponent {
        let entry = state.withLock { state -> Entry in
            state.uses += 1
            let entry = state.entries[bytes]?.entry ?? Entry()
            state.entries[bytes] = (entry, state.uses)
            if state.entries.count > capacity,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
            }
            return entry
        }
        do throws(RuntimeError) {
            return try entry.component.withLock { component throws(RuntimeError) in
                if let component { return component }
                let compiled = try compile()
                component = compiled
                return compiled
            }
        } catch {
            // What does not compile leaves nothing behind.
            state.withLock { state in
                if state.entries[bytes]?.entry === entry { state.entries[bytes] = nil }
            }
            throw error
        }
    }

    func removeAll() {
        state.withLock { $0.entries = [:] }
    }
}
