import Foundation

/// Where a command writes; tests pass one that collects.
struct Console: Sendable {
    /// Takes bytes for standard output.
    let out: @Sendable ([UInt8]) -> Void
    /// Takes bytes for standard error.
    let error: @Sendable ([UInt8]) -> Void

    /// The streams of the process.
    static let standard = Console(
        out: { bytes in FileHandle.standardOutput.write(Data(bytes)) },
        error: { bytes in FileHandle.standardError.write(Data(bytes)) }
    )

    /// Writes one line to standard output.
    func print(_ line: String) { out(Array((line + "\n").utf8)) }

    /// Writes one line to standard error.
    func printError(_ line: String) { error(Array((line + "\n").utf8)) }
}
