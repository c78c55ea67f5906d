import Foundation

/// A run of the built `wit-swift`, which lies beside the tests: the plugin's own copy, or the product.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    init(_ arguments: [String]) throws {
        let folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: ".")
        let candidates = ["wit-swift-tool", "wit-swift"].map { folder.appending(path: $0) }
        let process = Process()
        process.executableURL = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        process.arguments = arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Neither stream of this command fills a pipe before the other is read.
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
