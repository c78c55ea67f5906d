import Synchronization
import WasmActorTestKit
import WasmCore
import WasmRuntime

/// Storage in memory that fails, the next calls or one in so many, or whose deletions take their time.
final class UnreliableStorage: ComponentStorage {
    /// One call in so many fails, which one is left to chance; none at 0.
    let failsOneIn = Atomic<Int>(0)
    /// How many of the next calls fail.
    let failures = Atomic<Int>(0)
    private let calls = Atomic<Int>(0)
    private let held = Mutex<OneShot<Void>?>(nil)
    let storage = MemoryStorage()

    /// Has deletions wait from now on.
    func holdDeletions() { held.withLock { $0 = OneShot() } }

    /// Has them go on.
    func release() { held.withLock { $0.take() }?.resolve(()) }

    private func fail() throws(StorageError) {
        if failures.load(ordering: .relaxed) > 0 {
            failures.subtract(1, ordering: .relaxed)
            throw .failed("no disk")
        }
        let rate = failsOneIn.load(ordering: .relaxed)
        guard rate > 0 else { return }
        // Every third call, say, would fail whoever makes three calls to begin, and each time.
        var random = SplitMix64(seed: UInt64(calls.add(1, ordering: .relaxed).newValue))
        if Int.random(in: 0..<rate, using: &random) == 0 { throw .failed("no disk") }
    }

    func get(_ key: String, in scope: StorageScope) async throws(StorageError) -> [UInt8]? {
        try fail()
        return try await storage.get(key, in: scope)
    }

    func set(_ key: String, to value: [UInt8], in scope: StorageScope, quota: UInt64) async throws(StorageError) {
        try fail()
        try await storage.set(key, to: value, in: scope, quota: quota)
    }

    func delete(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        try fail()
        if let held = held.withLock({ $0 }) { await held.value() }
        return try await storage.delete(key, in: scope)
    }

    func exists(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        try fail()
        return try await storage.exists(key, in: scope)
    }

    func keys(
        prefix: String,
        after cursor: String?,
        limit: Int,
        in scope: StorageScope
    ) async throws(StorageError) -> KeyPage {
        try fail()
        return try await storage.keys(prefix: prefix, after: cursor, limit: limit, in: scope)
    }

    func compareAndSet(
        _ key: String,
        expected: [UInt8]?,
        replacement: [UInt8]?,
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        try fail()
        try await storage.compareAndSet(key, expected: expected, replacement: replacement, in: scope, quota: quota)
    }

    func usage(of scope: StorageScope, quota: UInt64) async throws(StorageError) -> AreaUsage {
        try fail()
        return try await storage.usage(of: scope, quota: quota)
    }
}
