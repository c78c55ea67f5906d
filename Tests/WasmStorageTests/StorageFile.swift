import FaultyFileSystem
import Foundation
import WasmCore
import WasmStorage

/// A folder of a test's own with a storage file in it, gone with the value.
final class StorageFile: Sendable {
    let folder: URL
    var path: String { folder.appending(path: "storage.sqlite").path }
    let scope = StorageScope.actor(try! ActorID("a/b/c"))  // The text is an id.

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "wasm-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func open(_ change: (inout SQLiteStorage.Configuration) -> Void = { _ in }) throws -> SQLiteStorage {
        var configuration = SQLiteStorage.Configuration()
        change(&configuration)
        return try SQLiteStorage(path: path, configuration: configuration)
    }
}

/// A file system layer that counts and fails, for one test.
final class FaultyDisk: Sendable {
    let name = "faulty-\(UUID().uuidString)"
    // The layer's own locks guard it; it lives as long as the process.
    nonisolated(unsafe) private let system: OpaquePointer

    init() {
        system = faulty_file_system_register(name)
    }

    var syncs: Int { Int(faulty_file_system_syncs(system)) }
    func failSyncs(_ fails: Bool) { faulty_file_system_fail_syncs(system, fails ? 1 : 0) }
    func fill(_ isFull: Bool) { faulty_file_system_fill(system, isFull ? 1 : 0) }
    func holdSyncs(_ holds: Bool) { faulty_file_system_hold_syncs(system, holds ? 1 : 0) }
    /// Ends the process in place of the n-th write or sync from now.
    func kill(at operation: Int) { faulty_file_system_kill_at(system, Int32(operation)) }
    /// Blocks until a sync is held.
    func awaitHeldSync() { faulty_file_system_await_held_sync(system) }
}
