internal import CSQLite

/// A connection to a database, with its compiled statements. It belongs to one queue, which alone uses it.
///
/// See sqlite.org/c3ref/intro.html.
@safe final class SQLiteConnection {
    private let database: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]
    let path: String

    /// Opens the database.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isReadOnly: Whether only queries run on the connection.
    ///   - busyMilliseconds: How long to wait for another process's lock.
    ///   - vfs: The name of the file system layer to use; nil for the system's.
    /// - Throws: `SQLiteStorageError` where the file cannot be opened.
    init(path: String, isReadOnly: Bool, busyMilliseconds: Int32, vfs: String?) throws(SQLiteStorageError) {
        // One queue uses the connection, so SQLite's own lock is left out.
        let mode = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        var handle: OpaquePointer?
        let result = unsafe sqlite3_open_v2(path, &handle, flags, vfs)
        guard result == SQLITE_OK, let handle = unsafe handle else {
            let text = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            unsafe sqlite3_close_v2(handle)
            throw SQLiteStorageError(result: result, text: text, path: path)
        }
        unsafe database = handle
        self.path = path
        unsafe sqlite3_busy_timeout(handle, busyMilliseconds)
        // A damaged file must not make SQLite run what stands in its schema.
        unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    }

    deinit {
        statements.removeAll()
        unsafe sqlite3_close_v2(database)
    }

    /// Runs a statement that answers no rows.
    func run(_ sql: String, _ bindings: SQLiteValue...) throws(SQLiteStorageError) {
        try query(sql, bindings) { _ in }
    }

    /// The first row's value, or nil where there is no row.
    func first<Row>(
        _ sql: String,
        _ bindings: SQLiteValue...,
        read: (borrowing SQLiteRow) -> Row
    ) throws(SQLiteStorageError) -> Row? {
        var found: Row?
        try query(sql, bindings) { row in
            if found == nil { found = read(row) }
        }
        return found
    }

    /// Every row's value.
    func all<Row>(
        _ sql: String,
        _ bindings: SQLiteValue...,
        read: (borrowing SQLiteRow) -> Row
    ) throws(SQLiteStorageError) -> [Row] {
        var rows: [Row] = []
        try query(sql, bindings) { rows.append(read($0)) }
        return rows
    }

    /// Whether a transaction is open: some failures end it by themselves (sqlite.org/lang_transaction.html).
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(database) == 0 }

    private func query(
        _ sql: String,
        _ bindings: [SQLiteValue],
        _ body: (borrowing SQLiteRow) -> Void
    ) throws(SQLiteStorageError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        for (index, value) in bindings.enumerated() {
            try check(statement.bind(value, at: CInt(index + 1)))
        }
        while true {
            switch statement.step() {
            case SQLITE_ROW: body(SQLiteRow(statement))
            case SQLITE_DONE: return
            case let result: throw failure(result)
            }
        }
    }

    private func prepared(_ sql: String) throws(SQLiteStorageError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        var handle: OpaquePointer?
        try check(unsafe sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil))
        guard let handle = unsafe handle else { throw failure(SQLITE_MISUSE) }
        let statement = unsafe SQLiteStatement(handle)
        statements[sql] = statement
        return statement
    }

    private func check(_ result: CInt) throws(SQLiteStorageError) {
        guard result == SQLITE_OK else { throw failure(result) }
    }

    private func failure(_ result: CInt) -> SQLiteStorageError {
        SQLiteStorageError(result: result, text: unsafe String(cString: sqlite3_errmsg(database)), path: path)
    }
}
