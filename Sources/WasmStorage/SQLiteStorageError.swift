internal import CSQLite

/// Why a storage file cannot be opened.
///
/// What goes wrong later, in a read or a write, is a `StorageError.failed` with the same words.
public struct SQLiteStorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of a failure; more may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case cannotOpen, corrupt, foreign, newer, locked, readOnly, full, inputOutput, closed, other
        }

        private let kind: Kind

        /// The file or its folder cannot be opened or made.
        public static let cannotOpen = Code(kind: .cannotOpen)
        /// The file is damaged, or is no SQLite database at all.
        public static let corrupt = Code(kind: .corrupt)
        /// The file is a SQLite database of another application's.
        public static let foreign = Code(kind: .foreign)
        /// The file was written by a newer version of this package.
        public static let newer = Code(kind: .newer)
        /// Another process holds the file's lock for longer than the configured time.
        public static let locked = Code(kind: .locked)
        /// The file may not be written.
        public static let readOnly = Code(kind: .readOnly)
        /// The disk is full.
        public static let full = Code(kind: .full)
        /// Reading, writing or syncing the file failed.
        public static let inputOutput = Code(kind: .inputOutput)
        /// The storage was closed before.
        public static let closed = Code(kind: .closed)
        /// Any other failure; the message has SQLite's words.
        public static let other = Code(kind: .other)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of the failure.
    public let code: Code
    /// What went wrong, and what to do.
    public let message: String

    /// The failure in words.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A failure that SQLite reports: its extended result code (sqlite.org/rescode.html) and its own words.
    init(result: CInt, text: String, path: String) {
        let (code, advice): (Code, String) =
            switch result & 0xFF {
            case SQLITE_CANTOPEN: (.cannotOpen, "the folder must exist and be writable")
            case SQLITE_CORRUPT, SQLITE_NOTADB: (.corrupt, "restore the file from a copy")
            case SQLITE_BUSY, SQLITE_LOCKED: (.locked, "another process holds its lock; end that one, or wait longer")
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: (.readOnly, "give this process the right to write it")
            case SQLITE_FULL: (.full, "free some space; nothing of this was stored")
            case SQLITE_IOERR: (.inputOutput, "look at the disk; nothing of this was stored")
            default: (.other, "nothing of this was stored")
            }
        self.init(code, "\(path): \(text) (SQLite's code \(result)): \(advice)")
    }
}
