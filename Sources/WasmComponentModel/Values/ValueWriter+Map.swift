import CWasmtime

extension ValueWriter {
    /// Writes a `map`, its entries in no order; more than 2,796,202 entries are refused.
    ///
    /// - Parameters:
    ///   - entries: the entries.
    ///   - key: writes a key.
    ///   - value: writes a value.
    public mutating func map<Key, Element>(
        _ entries: [Key: Element],
        _ key: (Key, inout ValueWriter) -> Void,
        _ value: (Element, inout ValueWriter) -> Void
    ) {
        guard let data = unsafe beginMap(entries.count) else { return }
        for (index, entry) in entries.enumerated() {
            unsafe withUnsafeMutablePointer(to: &data[index].key) { slot in
                var writer = unsafe ValueWriter(slot, store)
                key(entry.key, &writer)
            }
            unsafe withUnsafeMutablePointer(to: &data[index].value) { slot in
                var writer = unsafe ValueWriter(slot, store)
                value(entry.value, &writer)
            }
        }
    }

    /// Makes a map of this many entries, each of `bool`s until it is written; `nil` where it has none.
    private func beginMap(_ count: Int) -> UnsafeMutablePointer<wasmtime_component_valmap_entry_t>? {
        begin(Kind.bool)
        guard count <= Value.maximumElements else {
            fail(.tooLarge, "a map of \(count) entries; pass at most \(Value.maximumElements), in parts")
            return nil
        }
        var map = unsafe wasmtime_component_valmap_t()
        if count == 0 {
            unsafe wasmtime_component_valmap_new_empty(&map)
        } else {
            unsafe wasmtime_component_valmap_new_uninit(&map, count)
        }
        unsafe slot.pointee.of.map = map
        unsafe slot.pointee.kind = Kind.map
        return count == 0 ? nil : unsafe map.data
    }
}
