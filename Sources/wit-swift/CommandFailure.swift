/// Why the command ends with another status than 0.
struct CommandFailure: Error {
    /// What goes to standard error.
    let text: String
    /// 1 where the input is to blame, 2 where the command line is.
    let status: Int32

    static func usage(_ message: String) -> CommandFailure {
        CommandFailure(text: "error: \(message)\n\nRun `wit-swift --help` for what it takes.", status: 2)
    }

    static func failed(_ message: String) -> CommandFailure {
        CommandFailure(text: "error: \(message)", status: 1)
    }
}
