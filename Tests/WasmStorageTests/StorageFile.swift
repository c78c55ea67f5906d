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
