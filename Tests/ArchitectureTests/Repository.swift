import Foundation

/// The package's own files, found from this file's place in it.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The Swift files below `folder`, in the order of their paths; none where there is no such folder.
    static func swiftFiles(below folder: URL) -> [URL] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? [])
            .filter { $0.pathExtension == "swift" }
            .sorted { $0.path < $1.path }
    }

    /// The folders of the package's targets, by target: those below `Sources` and those below `Tests`.
    static func targetFolders() throws -> [String: URL] {
        var folders: [String: URL] = [:]
        for parent in ["Sources", "Tests"] {
            let url = root.appending(path: parent)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path) where !name.hasPrefix(".") {
                folders[name] = url.appending(path: name)
            }
        }
        return folders
    }
}
