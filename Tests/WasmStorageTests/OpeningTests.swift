import CSQLite
import Foundation
import Testing
import WasmCore
import WasmStorage

@Suite("Opening a storage file")
struct OpeningTests {
    private let file: StorageFile

    init() throws {
        file = try StorageFile()
    }

    private func code(of open: () throws -> SQLiteStorage) -> SQLiteStorageError.Code? {
        do {
            _ = try open()
            return nil
        } catch {
            return (error as? SQLiteStorageError)?.code
        }
    }

    private func run(_ sql: String) throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(file.path, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    }

    @Test("a file that is no database is refused as corrupt, and left as it was")
    func noDatabase() throws {
        let bytes = Data(
            "not a database at all, but long enough to hold a header of one hundred bytes......................".utf8
        )
        try bytes.write(to: URL(filePath: file.path))
        #expect(code { try file.open() } == .corrupt)
        #expect(try Data(contentsOf: URL(filePath: file.path)) == bytes)
    }

    @Test("damage inside is a typed error of the read that meets it, never the end of the process")
    func damage() async throws {
        var storage: SQLiteStorage? = try file.open()
        for number in 0..<200 {
            try await storage?.set(
                "key-\(number)",
                to: [UInt8](repeating: 7, count: 500),
                in: file.scope,
                quota: 1 << 20
            )
        }
        await storage?.close()
        storage = nil
        var bytes = try Data(contentsOf: URL(filePath: file.path))
        // Everything behind the page with the schema.
        for index in 4096..<bytes.count { bytes[index] = 0xA5 }
        try bytes.write(to: URL(filePath: file.path))
        do {
            let storage = try file.open()
            _ = try await storage.get("key-1", in: file.scope)
            Issue.record("damaged pages were read")
        } catch let error as SQLiteStorageError {
            #expect(error.code == .corrupt)
        } catch let error as StorageError {
            guard case .failed(let text) = error else { throw error }
            #expect(text.contains("malformed") && text.contains("restore"))
        }
    }

    @Test("a database of another application's is refused, and left as it was")
    func foreign() throws {
        try run("CREATE TABLE notes(text)")
        #expect(code { try file.open() } == .foreign)
        try run("INSERT INTO notes VALUES('still here')")
    }

    @Test("a file of a newer version's is refused")
    func newer() async throws {
        await (try file.open()).close()
        try run("PRAGMA user_version = 2")
        #expect(code { try file.open() } == .newer)
    }

    @Test("a file that another holds locked is refused after the configured time")
    func locked() throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(file.path, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(sqlite3_exec(database, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
        #expect(code { try file.open { $0.lockTimeout = .milliseconds(1) } } == .locked)
    }

    @Test("a missing folder, and a folder in the file's place, cannot be opened")
    func cannotOpen() throws {
        let missing = file.folder.appending(path: "no/such/file").path
        #expect(code { try SQLiteStorage(path: missing) } == .cannotOpen)
        #expect(code { try SQLiteStorage(path: file.folder.path) } == .cannotOpen)
    }
}
