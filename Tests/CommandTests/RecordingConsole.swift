import Synchronization

@testable import wasm_actors

/// A console that keeps what is written, and runs a line of arguments on it.
final class RecordingConsole: Sendable {
    private let bytes = Mutex<(out: [UInt8], error: [UInt8])>(([], []))

    var out: String { bytes.withLock { String(decoding: $0.out, as: UTF8.self) } }
    var error: String { bytes.withLock { String(decoding: $0.error, as: UTF8.self) } }

    var console: Console {
        Console(
            out: { bytes in self.bytes.withLock { $0.out += bytes } },
            error: { bytes in self.bytes.withLock { $0.error += bytes } }
        )
    }

    /// Runs the shipped tool.
    func run(_ arguments: String...) async -> ExitCode {
        await CommandLineTool.standard.run(arguments, console: console)
    }
}
