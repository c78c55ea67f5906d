/// Where a command writes; tests pass one that collects.
struct Console: Sendable {
    /// Takes bytes for standard output.
    let out: @Sendable ([UInt8]) -> Void
    /// Takes bytes for standard error.
    let error: @Sendable ([UInt8]) -> Void

    /// Why something did not reach standard output; nil where all did, or where its reader has left.
    var failure: @Sendable () -> String? = { nil }

    /// Whether these are the process's own streams, so that its terminal, its standard input and its signals belong to
    /// the command as well.
    var isProcess = false

    /// The streams of the process.
    static let standard: Console = {
        let (out, error) = (ProcessStream(1), ProcessStream(2))
        return Console(
            out: { out.write($0) },
            error: { error.write($0) },
            failure: { out.failure },
            isProcess: true
        )
    }()

    /// Writes one line to standard output.
    func print(_ line: String) { out(Array((line + "\n").utf8)) }

    /// Writes one line to standard error.
    func printError(_ line: String) { error(Array((line + "\n").utf8)) }
}
