import Foundation

/// Where a command writes; tests pass one that collects.
struct Console: Sendable {
    /// Takes text for standard output, with its line end.
    let out: @Sendable (String) -> Void
    /// Takes text for standard error, with its line end.
    let error: @Sendable (String) -> Void

    /// The streams of the process.
    static let standard = Console(
        out: { text in FileHandle.standardOutput.write(Data(text.utf8)) },
        error: { text in FileHandle.standardError.write(Data(text.utf8)) }
    )

    /// Writes one line to standard output.
    func print(_ line: String) { out(line + "\n") }

    /// Writes one line to standard error.
    func printError(_ line: String) { error(line + "\n") }
}
