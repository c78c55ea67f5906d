internal import Foundation

/// The components and other files in `Fixtures/`.
package enum Fixture {
    /// The folder.
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// Where the components lie.
    package static var folderPath: String { folder.path }

    /// The bytes of a component, by its name without `.wasm`.
    package static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: "\(name).wasm")))
    }

    /// The path of a component, by its name without `.wasm`.
    package static func path(_ name: String) -> String {
        folder.appending(path: "\(name).wasm").path
    }

    /// Whether a component is there, by its name without `.wasm`.
    package static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}
