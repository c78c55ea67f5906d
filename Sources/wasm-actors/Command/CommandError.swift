/// What the process returns to its shell.
enum ExitCode: Int32 {
    case success = 0
    case failure = 1
    case usage = 2
}

/// Why a command did not do its work: one line that says what is wrong, and one that says what to do.
struct CommandError: Error, Equatable {
    /// The code that the process ends with.
    let exitCode: ExitCode
    /// What is wrong, without the program's name.
    let message: String
    /// What to do about it.
    let hint: String?

    /// The arguments make no sense.
    static func usage(_ message: String, hint: String? = nil) -> CommandError {
        CommandError(exitCode: .usage, message: message, hint: hint)
    }

    /// The arguments made sense, the work failed.
    static func failure(_ message: String, hint: String? = nil) -> CommandError {
        CommandError(exitCode: .failure, message: message, hint: hint)
    }
}
