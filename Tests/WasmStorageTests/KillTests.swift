import Foundation
import StorageSupport
import Testing
import WasmCore
import WasmStorage

/// Ends of the process at any moment of a write.
@Suite("kill -9")
struct KillTests {
    /// The writes that a process saw acknowledged, in a file that outlives it.
    struct Acknowledgements {
        let path: String

        /// Appends a key with one `write(2)`, which the end of the process does not take back.
        func add(_ key: String, to file: FileHandle) throws {
            try file.write(contentsOf: Data("\(key)\n".utf8))
        }

        func open() throws -> FileHandle {
            if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            return file
        }

        func all() throws -> [String] {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    /// The value under a key: a key whose value is another was torn.
    static func value(of key: String) -> [UInt8] {
        [UInt8](repeating: UInt8(key.utf8.reduce(0) { ($0 &+ Int($1)) & 0xFF }), count: 700)
    }

    /// Writes, four at a time, until the disk ends the process at its n-th operation.
    static func writeUntilKilled(path: String, acknowledgements: String, run: Int) async throws {
        let disk = FaultyDisk()
        var configuration = SQLiteStorage.Configuration()
        configuration.fileSystem = disk.name
        let storage = try SQLiteStorage(path: path, configuration: configuration)
        let log = Acknowledgements(path: acknowledgements)
        let file = try log.open()
        let scope = StorageScope.shared("kills")
        disk.kill(at: run)
        for round in 0... {
            var writes: [Task<String, any Error>] = []
            for slot in 0..<4 {
                let key = "\(run)-\(round)-\(slot)"
                writes.append(
                    Task.immediate {
                        try await storage.set(key, to: value(of: key), in: scope, quota: 1 << 30)
                        return key
                    }
                )
            }
            for write in writes { try log.add(try await write.value, to: file) }
        }
    }

    @Test("200 ends at 200 moments lose no acknowledged write, and tear none", .timeLimit(.minutes(5)))
    func acknowledgedWritesSurvive() async throws {
        let file = try StorageFile()
        let (path, log) = (file.path, file.folder.appending(path: "acknowledged").path)
        _ = try file.open()
        for run in 1...200 {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, log = log as String, run = run as Int] in
                try await KillTests.writeUntilKilled(path: path, acknowledgements: log, run: run)
            }
        }
        let acknowledged = try Acknowledgements(path: log).all()
        #expect(acknowledged.count > 200)
        let storage = try file.open()
        for key in acknowledged {
            #expect(try await storage.get(key, in: .shared("kills")) == Self.value(of: key), "\(key)")
        }
        var stored: [String] = []
        var cursor: String?
        repeat {
            let page = try await storage.keys(prefix: "", after: cursor, limit: 1000, in: .shared("kills"))
            stored += page.keys
            cursor = page.cursor
        } while cursor != nil
        // Written and not acknowledged may be there too, whole, and at most the last round of each run.
        for key in Set(stored).subtracting(acknowledged) {
            #expect(try await storage.get(key, in: .shared("kills")) == Self.value(of: key), "\(key)")
        }
        let usage = try await storage.usage(of: .shared("kills"), quota: 0)
        #expect(Int(usage.keys) == stored.count)
        #expect(Int(usage.bytes) == stored.reduce(0) { $0 + $1.utf8.count + 700 })
    }
}
