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
