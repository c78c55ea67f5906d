public import WasmCore

/// Storage in a SQLite file, which outlives the process.
///
/// A write is acknowledged when it is synced to the disk, under the default `Durability`: neither `kill -9` nor a loss of
/// power takes it back. Writes that arrive while others are synced share the next sync. A write whose sync fails, or that
/// finds the disk full, throws `StorageError.failed` and is not stored, as is every write that shared its sync.
///
/// The file is in write-ahead-log mode (sqlite.org/wal.html): two more files lie beside it while it is open. Several
/// processes may open one file; the later of two writers waits, for `Configuration.lockTimeout` at most.
public final class SQLiteStorage: ComponentStorage {
    /// When a write counts as stored.
    public struct Durability: Hashable, Sendable {
        let level: String

        /// When it is synced to the disk; survives a loss of power (`PRAGMA synchronous = FULL`).
        public static let synced = Durability(level: "FULL")
        /// When the operating system has it; survives the end of the process in any way, but a loss of power may take back
        /// the last writes (`PRAGMA synchronous = NORMAL`). The file stays whole.
        public static let handedToSystem = Durability(level: "NORMAL")
    }

    /// How a file is used.
    public struct Configuration: Hashable, Sendable {
        /// When a write counts as stored; `.synced` unless set.
        public var durability = Durability.synced
        /// How long to wait for another process that holds the file's lock; 5 seconds unless set, whole milliseconds.
        public var lockTimeout = Duration.seconds(5)
        /// The most bytes of keys and values that the file may hold over all its areas; no limit unless set.
        public var totalQuota = UInt64(Int64.max)
        /// The most writes that share one sync; 1,000 unless set.
        public var largestGroup = 1000
        /// The name of the layer of the file system (sqlite.org/vfs.html); nil, the default, for the system's own.
        public var fileSystem: String?

        /// Makes the default configuration.
        public init() {}
    }

    private let reader: SQLiteQueue
    private let writer: SQLiteQueue
    private let commits: GroupCommit

    /// Opens a file, or makes it, readable by its owner alone.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - configuration: How the file is used.
    /// - Throws: `SQLiteStorageError` where the file is damaged, locked, of another application's, or cannot be opened.
    public init(path: String, configuration: Configuration = Configuration()) throws(SQLiteStorageError) {
        PrivateFile.make(path)
        let (seconds, attoseconds) = configuration.lockTimeout.components
        let milliseconds = max(0, min(seconds, Int64(Int32.max))) * 1000 + attoseconds / 1_000_000_000_000_000
        let timeout = Int32(clamping: milliseconds)
        let writing = try SQLiteConnection(
            path: path,
            isReadOnly: false,
            busyMilliseconds: timeout,
            vfs: configuration.fileSystem
        )
        try StorageTables(connection: writing).prepare(configuration.durability)
        let reading = try SQLiteConnection(
            path: path,
            isReadOnly: true,
            busyMilliseconds: timeout,
            vfs: configuration.fileSystem
        )
        reader = SQLiteQueue("wasm-storage.reader", reading)
        writer = SQLiteQueue("wasm-storage.writer", writing)
        commits = GroupCommit(
            writer,
            largestGroup: configuration.largestGroup,
            totalQuota: min(configuration.totalQuota, UInt64(Int64.max))
        )
    }

    /// Closes the file after the writes that were made before; what comes later throws `StorageError.failed`.
    ///
    /// A storage that goes out of scope closes its file too.
    public func close() async {
        await writer.close()
        await reader.close()
    }

    /// How many writes wait for their group.
    package var waitingWrites: Int { commits.waitingCount }

    /// The value of a key.
    public func get(_ key: String, in scope: StorageScope) async throws(StorageError) -> [UInt8]? {
        try await read { tables throws(SQLiteStorageError) in try tables.value(of: Array(key.utf8), in: scope) }
    }

    /// Stores a value.
    public func set(
        _ key: String,
        to value: [UInt8],
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        _ = try await commits.commit(StorageWrite(key, .set(value), in: scope, quota: quota))
    }

    /// Removes a key.
    public func delete(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        try await commits.commit(StorageWrite(key, .delete, in: scope))
    }

    /// Whether a key is there.
    public func exists(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool {
        try await get(key, in: scope) != nil
    }

    /// The keys that start with a prefix. A cursor is the last key of the page before.
    public func keys(
        prefix: String,
        after cursor: String?,
        limit: Int,
        in scope: StorageScope
    ) async throws(StorageError) -> KeyPage {
        let (keys, isLast) = try await read { tables throws(SQLiteStorageError) in
            try tables.keys(
                prefix: Array(prefix.utf8),
                after: cursor.map { Array($0.utf8) },
                limit: limit,
                in: scope
            )
        }
        return KeyPage(keys: keys, cursor: isLast ? nil : keys.last)
    }

    /// Stores, or removes, where the value is the expected one.
    public func compareAndSet(
        _ key: String,
        expected: [UInt8]?,
        replacement: [UInt8]?,
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError) {
        let change = StorageWrite.Change.compareAndSet(expected: expected, replacement: replacement)
        _ = try await commits.commit(StorageWrite(key, change, in: scope, quota: quota))
    }

    /// What an area holds.
    public func usage(of scope: StorageScope, quota: UInt64) async throws(StorageError) -> AreaUsage {
        let (keys, bytes) = try await read { tables throws(SQLiteStorageError) in try tables.usage(of: scope) }
        return AreaUsage(keys: keys, bytes: bytes, quota: quota)
    }

    private func read<Answer: Sendable>(
        _ body: @escaping @Sendable (StorageTables) throws(SQLiteStorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        do throws(SQLiteStorageError) {
            return try await reader.perform { connection throws(SQLiteStorageError) in
                try body(StorageTables(connection: connection))
            }
        } catch {
            throw .failed(error.message)
        }
    }
}
