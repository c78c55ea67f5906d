import Foundation
import WITModel

/// A file that is removed with the value that names it.
final class TemporaryFile: Sendable {
    let path: String

    init(bytes: [UInt8]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).wasm").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit {
        unlink(path)
    }
}

/// A folder that is removed with the value that names it.
final class TemporaryFolder: Sendable {
    let path: String

    init(files: [String: [UInt8]]) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        path = url.path
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, bytes) in files {
            try Data(bytes).write(to: url.appendingPathComponent(name))
        }
    }

    deinit {
        // What is left in the temporary directory is the system's to remove.
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// The files of `wit/`.
enum ContractFiles {
    static func all() throws -> [SourceFile] {
        let directory = PackageDirectory.url.appendingPathComponent("wit")
        return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "wit" }
            .sorted { $0.path < $1.path }
            .map { SourceFile(path: $0.lastPathComponent, bytes: Array(try Data(contentsOf: $0))) }
    }
}

/// Where the package's sources lie.
enum PackageDirectory {
    static let url = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
