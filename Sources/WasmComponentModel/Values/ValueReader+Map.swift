import CWasmtime

extension ValueReader {
    /// Reads a `map`.
    ///
    /// - Parameters:
    ///   - key: reads a key.
    ///   - value: reads a value.
    /// - Returns: the entries; where a key stands twice, the later one.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind, and what `key` and `value` throw.
    public func map<Key: Hashable, Element>(
        _ key: (borrowing ValueReader) throws(WasmError) -> Key,
        _ value: (borrowing ValueReader) throws(WasmError) -> Element
    ) throws(WasmError) -> [Key: Element] {
        try require(Kind.map, "map")
        let map = unsafe slot.pointee.of.map
        guard let data = unsafe map.data else { return [:] }
        var entries: [Key: Element] = [:]
        unsafe entries.reserveCapacity(map.size)
        for index in 0..<(unsafe map.size) {
            let name = try unsafe withUnsafeMutablePointer(to: &data[index].key) { (slot) throws(WasmError) in
                try key(unsafe ValueReader(slot, store))
            }
            entries[name] = try unsafe withUnsafeMutablePointer(to: &data[index].value) { (slot) throws(WasmError) in
                try value(unsafe ValueReader(slot, store))
            }
        }
        return entries
    }
}
