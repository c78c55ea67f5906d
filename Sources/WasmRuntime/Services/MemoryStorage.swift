internal import Synchronization
public import WasmCore

/// Storage in memory: for tests, and for actors whose state may end with the process.
public final class MemoryStorage: ComponentStorage {
    /// A key's bytes: two keys that only look alike are two keys.
    private typealias Key = [UInt8]

    private struct Area {
        var values: [Key: [UInt8]] = [:]
        var bytes: UInt64 = 0

        static func size(_ key: Key, _ value: [UInt8]) -> UInt64 {
            UInt64(key.count) + UInt64(value.count)
        }

        mutating func replace(_ key: Key, with value: [UInt8]?, quota: UInt64) throws(StorageError) {
            let old = values[key].map { Self.size(key, $0) } ?? 0
            let new = value.map { Self.size(key, $0) } ?? 0
            let total = bytes - old + new
            // An area that is over its quota already, because the quota shrank, may still shrink.
            guard total <= quota || new <= old else {
                throw .quota(SizeLimit(size: total, limit: quota))
            }
            values[key] = value
            bytes = total
        }
    }

    private let areas = Mutex<[StorageScope: Area]>([:])

    /// Makes an empty storage.
    public init() {}

    /// The value of a key.
    public func get(_ key: String, in scope: StorageScope) async throws(StorageError) -> [UInt8]? {
        areas.withLock { $0[scope]?.values[Array(key.utf8)] }
    }

    /// Stores a value.
    public func set(
        _ key: String,
        to value: [UInt8],
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        try areas.withLock { areas throws(StorageError) in
            try areas[scope, default: Area()].replace(Array(key.utf8), with: value, quota: quota)
        }
    }

    /// Removes a key.
    public func delete(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        let key = Array(key.utf8)
        return try areas.withLock { areas throws(StorageError) in
            guard areas[scope]?.values[key] != nil else { return false }
            try areas[scope, default: Area()].replace(key, with: nil, quota: .max)
            return true
        }
    }

    /// Whether a key is there.
    public func exists(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        areas.withLock { $0[scope]?.values[Array(key.utf8)] != nil }
    }

    /// The keys that start with a prefix. A cursor is the last key of the page before.
    public func keys(
        prefix: String,
        after cursor: String?,
        limit: Int,
        in scope: StorageScope
    ) async throws(StorageError) -> KeyPage {
        let all = areas.withLock { areas in
            (areas[scope]?.values.keys).map(Array.init) ?? []
        }
        let (first, last) = (Array(prefix.utf8), cursor.map { Array($0.utf8) })
        let matching =
            all
            .filter { key in key.starts(with: first) && (last.map { $0.lexicographicallyPrecedes(key) } ?? true) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        let page = matching.prefix(limit).map { String(decoding: $0, as: UTF8.self) }
        return KeyPage(keys: page, cursor: matching.count > page.count ? page.last : nil)
    }

    /// Stores, or removes, where the value is the expected one.
    public func compareAndSet(
        _ key: String,
        expected: [UInt8]?,
        replacement: [UInt8]?,
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        let key = Array(key.utf8)
        try areas.withLock { areas throws(StorageError) in
            guard areas[scope]?.values[key] == expected else { throw .conflict }
            if expected == nil && replacement == nil { return }
            try areas[scope, default: Area()].replace(key, with: replacement, quota: quota)
        }
    }

    /// What an area holds.
    public func usage(of scope: StorageScope, quota: UInt64) async throws(StorageError) -> AreaUsage {
        areas.withLock { areas in
            let area = areas[scope] ?? Area()
            return AreaUsage(keys: UInt64(area.values.count), bytes: area.bytes, quota: quota)
        }
    }
}
