internal import WasmCore

/// The tables of a storage file, on one connection.
struct StorageTables {
    let connection: SQLiteConnection

    /// `WAct`, which marks the file as this package's (sqlite.org/pragma.html#pragma_application_id).
    private static let applicationID: Int64 = 0x5741_6374
    private static let version: Int64 = 1

    /// Makes the tables, or checks that they are ours.
    func prepare(_ durability: SQLiteStorage.Durability) throws(SQLiteStorageError) {
        let (application, version) = try (pragma("application_id"), pragma("user_version"))
        let isEmpty = try connection.first("SELECT count(*) FROM sqlite_master", read: { $0.integer(0) }) == 0
        guard application == Self.applicationID || (application == 0 && version == 0 && isEmpty) else {
            throw SQLiteStorageError(
                .foreign,
                "\(connection.path) is a database of another application's; give another path"
            )
        }
        guard version <= Self.version else {
            throw SQLiteStorageError(
                .newer,
                "\(connection.path) has version \(version) of the tables, and this package knows \(Self.version); use a newer one"
            )
        }
        let mode = try connection.first("PRAGMA journal_mode = WAL", read: { $0.text(0) })
        guard mode == "wal" else {
            throw SQLiteStorageError(
                .other,
                "\(connection.path) lies where SQLite's write-ahead log does not work, as on network drives; use a local disk"
            )
        }
        try connection.run("PRAGMA synchronous = \(durability.level)")
        guard version < Self.version else { return }
        try transaction { () throws(SQLiteStorageError) in
            for statement in Self.schema { try connection.run(statement) }
        }
    }

    private static let schema = [
        """
        CREATE TABLE IF NOT EXISTS areas(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
            keys INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0) STRICT
        """,
        // Keys are blobs, so that they are ordered by their bytes.
        """
        CREATE TABLE IF NOT EXISTS entries(
            area INTEGER NOT NULL REFERENCES areas(id), key BLOB NOT NULL, value BLOB NOT NULL,
            UNIQUE(area, key)) STRICT
        """,
        "CREATE TABLE IF NOT EXISTS totals(id INTEGER PRIMARY KEY CHECK(id = 1), bytes INTEGER NOT NULL) STRICT",
        "INSERT OR IGNORE INTO totals VALUES(1, 0)",
        "PRAGMA application_id = \(applicationID)",
        "PRAGMA user_version = \(version)",
    ]

    /// Runs `body` in a transaction that holds the lock for writing from its start.
    func transaction<Answer>(
        _ body: () throws(SQLiteStorageError) -> Answer
    ) throws(SQLiteStorageError) -> Answer {
        try connection.run("BEGIN IMMEDIATE")
        do throws(SQLiteStorageError) {
            let answer = try body()
            try connection.run("COMMIT")
            return answer
        } catch {
            // A full disk may have ended it already. What a roll-back cannot do is done when the file is next opened.
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw error
        }
    }

    /// Makes one change; to be called in a transaction.
    ///
    /// - Returns: Whether the key was there before, or why the change was refused, which leaves everything as it was.
    /// - Throws: What SQLite fails with; the transaction must not be committed then.
    func apply(
        _ write: StorageWrite,
        totalQuota: UInt64
    ) throws(SQLiteStorageError) -> Result<Bool, StorageError> {
        let name = Self.name(of: write.scope)
        var area = try area(named: name)
        let current = try area.map { area throws(SQLiteStorageError) in try value(of: write.key, in: area) } ?? nil
        let step: StorageWrite.Step
        switch write.decide(given: current) {
        case .failure(let error): return .failure(error)
        case .success(let decided): step = decided
        }
        let (old, new): (UInt64, UInt64)
        let size = UInt64(write.key.count)
        old = current.map { size + UInt64($0.count) } ?? 0
        switch step {
        case .nothing: return .success(current != nil)
        case .remove: new = 0
        case .store(let value): new = size + UInt64(value.count)
        }
        let total = try connection.first("SELECT bytes FROM totals", read: { UInt64(max(0, $0.integer(0))) }) ?? 0
        let (areaBytes, totalBytes): (UInt64, UInt64)
        switch (
            StorageWrite.total(area?.bytes ?? 0, replacing: old, with: new, quota: write.quota),
            StorageWrite.total(total, replacing: old, with: new, quota: totalQuota)
        ) {
        case (.failure(let error), _), (_, .failure(let error)): return .failure(error)
        case (.success(let first), .success(let second)): (areaBytes, totalBytes) = (first, second)
        }
        if area == nil {
            try connection.run("INSERT INTO areas(name) VALUES(?)", .text(name))
            area = try self.area(named: name)
        }
        guard let area else { return .failure(.failed("\(connection.path): an area vanished while it was written")) }
        if case .store(let value) = step {
            try connection.run(
                "INSERT INTO entries VALUES(?, ?, ?) ON CONFLICT(area, key) DO UPDATE SET value = excluded.value",
                .integer(area.id),
                .blob(write.key),
                .blob(value)
            )
        } else {
            try connection.run("DELETE FROM entries WHERE area = ? AND key = ?", .integer(area.id), .blob(write.key))
        }
        let keys = Int64(area.keys) + (new > 0 ? 1 : 0) - (old > 0 ? 1 : 0)
        if keys == 0 {
            // Actors come and go: an area without keys leaves nothing behind.
            try connection.run("DELETE FROM areas WHERE id = ?", .integer(area.id))
        } else {
            try connection.run(
                "UPDATE areas SET keys = ?, bytes = ? WHERE id = ?",
                .integer(keys),
                .integer(Int64(clamping: areaBytes)),
                .integer(area.id)
            )
        }
        try connection.run("UPDATE totals SET bytes = ?", .integer(Int64(clamping: totalBytes)))
        return .success(current != nil)
    }

    /// The value of a key.
    func value(of key: [UInt8], in scope: StorageScope) throws(SQLiteStorageError) -> [UInt8]? {
        // One statement: between two an area might go, and another come under its number.
        try connection.first(
            "SELECT value FROM entries WHERE area = (SELECT id FROM areas WHERE name = ?) AND key = ?",
            .text(Self.name(of: scope)),
            .blob(key),
            read: { $0.blob(0) }
        )
    }

    /// A page of keys in byte order.
    func keys(
        prefix: [UInt8],
        after cursor: [UInt8]?,
        limit: Int,
        in scope: StorageScope
    ) throws(SQLiteStorageError) -> (keys: [String], isLast: Bool) {
        guard limit > 0 else { return ([], true) }
        // One statement, as for a value. UTF-8 has no byte 0xFF: every key with the prefix lies before it.
        let rows = try connection.all(
            """
            SELECT key FROM entries WHERE area = (SELECT id FROM areas WHERE name = ?)
            AND key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?
            """,
            .text(Self.name(of: scope)),
            .blob(prefix),
            .blob(prefix + [0xFF]),
            cursor.map(SQLiteValue.blob) ?? .blob([]),
            .integer(Int64(limit) + 1),
            read: { $0.text(0) }
        )
        return (Array(rows.prefix(limit)), rows.count <= limit)
    }

    /// How many keys and bytes an area holds.
    func usage(of scope: StorageScope) throws(SQLiteStorageError) -> (keys: UInt64, bytes: UInt64) {
        try area(named: Self.name(of: scope)).map { ($0.keys, $0.bytes) } ?? (0, 0)
    }

    private struct Area {
        let id: Int64
        let keys: UInt64
        let bytes: UInt64
    }

    private func area(named name: String) throws(SQLiteStorageError) -> Area? {
        try connection.first("SELECT id, keys, bytes FROM areas WHERE name = ?", .text(name)) {
            Area(id: $0.integer(0), keys: UInt64(max(0, $0.integer(1))), bytes: UInt64(max(0, $0.integer(2))))
        }
    }

    private func value(of key: [UInt8], in area: Area) throws(SQLiteStorageError) -> [UInt8]? {
        try connection.first(
            "SELECT value FROM entries WHERE area = ? AND key = ?",
            .integer(area.id),
            .blob(key),
            read: { $0.blob(0) }
        )
    }

    private func pragma(_ name: String) throws(SQLiteStorageError) -> Int64 {
        try connection.first("PRAGMA \(name)", read: { $0.integer(0) }) ?? 0
    }

    /// An actor's area and a shared one of the same name are two.
    private static func name(of scope: StorageScope) -> String {
        switch scope {
        case .actor(let id): "actor:\(id)"
        case .shared(let name): "shared:\(name)"
        case .snapshots: "snapshots"
        case .mailbox(let id): "mailbox:\(id)"
        }
    }
}
