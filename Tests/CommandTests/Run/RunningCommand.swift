import Foundation
import Synchronization

@testable import wasm_actors

/// The built command as a process of its own, with pipes or a terminal at its streams.
final class RunningCommand: Sendable {
    /// What `wasm-actors` is called beside the tests.
    private static let executable = (Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: "."))
        .appending(path: "wasm-actors")

    private let process = Process()
    private let input: FileHandle
    private let output: FileHandle
    private let received = Received()
    private let complaints = Received()

    /// What has come out of a stream.
    private final class Received: Sendable {
        let bytes = Mutex<[UInt8]>([])
        let isAtEnd = Mutex(false)

        /// Reads to the end, on a thread of its own.
        func read(_ handle: FileHandle) {
            Thread.detachNewThread {
                var chunk = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = Foundation.read(handle.fileDescriptor, &chunk, chunk.count)
                    guard count > 0 else { break }
                    self.bytes.withLock { $0 += chunk.prefix(count) }
                }
                self.isAtEnd.withLock { $0 = true }
            }
        }

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    /// Starts the command with pipes; or a shell that does what a script says, to which `"$0" "$@"` is the command with
    /// its arguments.
    init(_ arguments: [String], script: String? = nil) throws {
        let (input, output, error) = (Pipe(), Pipe(), Pipe())
        (self.input, self.output) = (input.fileHandleForWriting, output.fileHandleForReading)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = error
        try start(arguments, script: script)
        complaints.read(error.fileHandleForReading)
    }

    /// Starts the command on a terminal of this size.
    init(_ arguments: [String], terminal size: ScreenSize) throws {
        let (main, side) = try Self.openTerminal()
        let handle = FileHandle(fileDescriptor: side, closeOnDealloc: true)
        input = FileHandle(fileDescriptor: main, closeOnDealloc: true)
        output = input
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = FileHandle.nullDevice
        process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm-256color"]) { $1 }
        resize(size)
        try start(arguments, script: nil)
        complaints.isAtEnd.withLock { $0 = true }
    }

    struct NoTerminal: Error {}

    /// Both sides of a new terminal: the one of its user, and the one of the command.
    private static func openTerminal() throws -> (Int32, Int32) {
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        #if canImport(Darwin)
            guard main >= 0, grantpt(main) == 0, unlockpt(main) == 0, let text = ptsname(main) else {
                throw NoTerminal()
            }
            let name = String(cString: text)
        #else
            // TIOCSPTLCK and TIOCGPTN, which Glibc's module leaves out.
            var (isLocked, number): (Int32, UInt32) = (0, 0)
            guard main >= 0, ioctl(main, 0x4004_5431, &isLocked) == 0, ioctl(main, 0x8004_5430, &number) == 0 else {
                throw NoTerminal()
            }
            let name = "/dev/pts/\(number)"
        #endif
        let side = open(name, O_RDWR | O_NOCTTY)
        guard side >= 0 else { throw NoTerminal() }
        return (main, side)
    }

    /// One process is started at a time, for how this one treats its signals is passed on.
    private static let starts = Mutex(())

    private func start(_ arguments: [String], script: String?) throws {
        process.executableURL = script == nil ? Self.executable : URL(filePath: "/bin/sh")
        process.arguments = (script.map { ["-c", $0, Self.executable.path] } ?? []) + arguments
        try Self.starts.withLock { _ in
            // Where the tests run in the background Ctrl-C may be ignored, and would stay so in the command.
            let before = Foundation.signal(SIGINT, SIG_DFL)
            defer { _ = Foundation.signal(SIGINT, before) }
            try process.run()
        }
        received.read(output)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// All that it has written.
    var text: String { received.text }
    /// All that it has written to standard error, where that is a pipe.
    var errors: String { complaints.text }

    /// Types, or writes into its standard input.
    func type(_ text: String) { input.write(Data(text.utf8)) }

    /// Ends its standard input.
    func closeInput() throws { try input.close() }

    /// Makes its window another size.
    func resize(_ size: ScreenSize) {
        var window = winsize()
        (window.ws_col, window.ws_row) = (UInt16(size.columns), UInt16(size.rows))
        _ = ioctl(input.fileDescriptor, UInt(TIOCSWINSZ), &window)
        if process.isRunning { kill(process.processIdentifier, SIGWINCH) }
    }

    /// Whether typed characters are shown by the terminal itself, as before the command took it over.
    var echoes: Bool {
        var mode = termios()
        return tcgetattr(input.fileDescriptor, &mode) == 0
            && mode.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until something is so, or the test is cancelled at its time limit.
    func until(_ condition: (String) -> Bool) async {
        while !condition(text), !Task.isCancelled { await Task.yield() }
    }

    /// Waits for the end; the exit code, or 128 and the number of the signal.
    func exitCode() async -> Int32 {
        while process.isRunning, !Task.isCancelled { await Task.yield() }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    /// Waits until all that it wrote is there.
    func end() async {
        for stream in [received, complaints] {
            while !stream.isAtEnd.withLock({ $0 }), !Task.isCancelled { await Task.yield() }
        }
    }
}

/// What a terminal shows of the bytes that it gets: as much of one as the view needs.
struct FakeScreen {
    private(set) var rows: [[Character]]
    /// Whether the other screen is shown.
    private(set) var isOther = false
    private(set) var hasCursor = true
    private var (row, column) = (0, 0)
    private let size: ScreenSize

    init(_ text: String, _ size: ScreenSize) {
        self.size = size
        rows = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\u{1B}", rest.first == "[" {
                rest.removeFirst()
                let parameters = rest.prefix { !$0.isLetter }
                rest = rest[parameters.endIndex...]
                if let command = rest.popFirst() { perform(command, String(parameters)) }
            } else if character.isNewline {
                (row, column) = (row + 1, 0)
            } else {
                put(character)
            }
        }
    }

    /// The rows as text, without the spaces at their ends.
    var lines: [String] { rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) } }

    private mutating func put(_ character: Character) {
        if rows.indices.contains(row), rows[row].indices.contains(column) { rows[row][column] = character }
        column += TextWidth.columns(String(character))
    }

    private mutating func perform(_ command: Character, _ parameters: String) {
        switch (command, parameters) {
        case ("H", _):
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            (row, column) = ((numbers.first ?? 1) - 1, (numbers.last ?? 1) - 1)
        case ("K", "2"): if rows.indices.contains(row) { rows[row] = Array(repeating: " ", count: size.columns) }
        case ("J", "2"): rows = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
        case ("h", "?1049"), ("l", "?1049"): isOther = command == "h"
        case ("h", "?25"), ("l", "?25"): hasCursor = command == "h"
        default: break
        }
    }
}
