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

    }

    private struct Areas {
        var areas: [StorageScope: Area] = [:]
        var bytes: UInt64 = 0
        let quota: UInt64

        func value(_ key: Key, _ scope: StorageScope) -> [UInt8]? { areas[scope]?.values[key] }

        mutating func replace(
            _ key: Key,
            in scope: StorageScope,
            with value: [UInt8]?,
            quota: UInt64
        ) throws(StorageError) {
            var area = areas[scope, default: Area()]
            let old = area.values[key].map { Area.size(key, $0) } ?? 0
            let new = value.map { Area.size(key, $0) } ?? 0
            for (bytes, quota) in [(area.bytes, quota), (bytes, self.quota)] {
                let total = bytes - old + new
                // What is over its quota already, because the quota shrank, may still shrink.
                guard total <= quota || new <= old else { throw .quota(SizeLimit(size: total, limit: quota)) }
            }
            // One owner while it changes.
            areas[scope] = nil
            area.values[key] = value
            area.bytes = area.bytes - old + new
            bytes = bytes - old + new
            if !area.values.isEmpty { areas[scope] = area }
        }
    }

    private let areas: Mutex<Areas>

    /// Makes an empty storage.
    ///
    /// - Parameter totalQuota: The most bytes that all areas hold together, keys and values; no bound where it is not given.
    ///   A write that is beyond is refused with `StorageError.quota`.
    public init(totalQuota: UInt64 = .max) { areas = Mutex(Areas(quota: totalQuota)) }

    /// The value of a key.
    public func get(_ key: String, in scope: StorageScope) async throws(StorageError) -> [UInt8]? {
        areas.withLock { $0.value(Array(key.utf8), scope) }
    }

    /// Stores a value.
    public func set(
        _ key: String,
        to value: [UInt8],
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        try areas.withLock { areas throws(StorageError) in
            try areas.replace(Array(key.utf8), in: scope, with: value, quota: quota)
        }
    }

    /// Removes a key.
    public func delete(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        let key = Array(key.utf8)
        return try areas.withLock { areas throws(StorageError) in
            guard areas.value(key, scope) != nil else { return false }
            try areas.replace(key, in: scope, with: nil, quota: .max)
            return true
        }
    }

    /// Whether a key is there.
    public func exists(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        areas.withLock { $0.value(Array(key.utf8), scope) != nil }
    }

    /// The keys that start with a prefix. A cursor is the last key of the page before.
    public func keys(
        prefix: String,
        after cursor: String?,
        limit: Int,
        in scope: StorageScope
    ) async throws(StorageError) -> KeyPage {
        let all = areas.withLock { areas in
            (areas.areas[scope]?.values.keys).map(Array.init) ?? []
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
            guard areas.value(key, scope) == expected else { throw .conflict }
            if expected == nil && replacement == nil { return }
            try areas.replace(key, in: scope, with: replacement, quota: quota)
        }
    }

    /// What an area holds.
    public func usage(of scope: StorageScope, quota: UInt64) async throws(StorageError) -> AreaUsage {
        areas.withLock { areas in
            let area = areas.areas[scope] ?? Area()
            return AreaUsage(keys: UInt64(area.values.count), bytes: area.bytes, quota: quota)
        }
    }
}
