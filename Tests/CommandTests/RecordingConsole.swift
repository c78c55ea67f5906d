import Synchronization

@testable import wasm_actors

/// A console that keeps what is written, and runs a line of arguments on it.
final class RecordingConsole: Sendable {
    private let texts = Mutex<(out: String, error: String)>(("", ""))

    var out: String { texts.withLock { $0.out } }
    var error: String { texts.withLock { $0.error } }

    var console: Console {
        Console(
            out: { text in self.texts.withLock { $0.out += text } },
            error: { text in self.texts.withLock { $0.error += text } }
        )
    }

    /// Runs the shipped tool.
    func run(_ arguments: String...) async -> ExitCode {
        await CommandLineTool.standard.run(arguments, console: console)
    }
}
