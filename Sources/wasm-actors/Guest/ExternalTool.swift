import Dispatch
import Foundation

/// A program of somebody else's, run to its end.
struct ExternalTool: Sendable {
    /// The path of the program.
    let path: String

    /// What a run left behind.
    struct Outcome {
        /// The exit status; 128 and the signal's number where a signal ended the program.
        let status: Int32
        /// What it wrote, both streams in the order in which they were written.
        let output: String
    }

    /// Runs the program without input and waits for it, on a thread that may wait.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - folder: The working directory; this process's own where none is given.
    ///   - keepsErrors: Whether the output has what the program writes to standard error.
    /// - Returns: The status and the output, whatever the status is.
    /// - Throws: A failure where the program cannot be started.
    func run(
        _ arguments: [String],
        in folder: String? = nil,
        keepsErrors: Bool = true
    ) async throws(CommandError) -> Outcome {
        let result = await withCheckedContinuation {
            (done: CheckedContinuation<Result<Outcome, CommandError>, Never>) in
            DispatchQueue.global().async {
                done.resume(
                    returning: Result { () throws(CommandError) in
                        try runAndWait(arguments, in: folder, keepsErrors: keepsErrors)
                    }
                )
            }
        }
        return try result.get()
    }

    private func runAndWait(
        _ arguments: [String],
        in folder: String?,
        keepsErrors: Bool
    ) throws(CommandError) -> Outcome {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = keepsErrors ? pipe : FileHandle.nullDevice
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        do {
            try process.run()
        } catch {
            throw .failure("\(path) cannot be started: \(error.localizedDescription)")
        }
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let signalled = process.terminationReason == .uncaughtSignal
        return Outcome(status: process.terminationStatus + (signalled ? 128 : 0), output: output)
    }

    /// Finds a program in the folders that `PATH` names.
    ///
    /// - Parameters:
    ///   - name: The program's name.
    ///   - environment: The variables to look `PATH` up in.
    /// - Returns: The first that can be run; none where there is none.
    static func inPath(_ name: String, _ environment: [String: String]) -> ExternalTool? {
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.map { "\($0)/\(name)" }.first(where: isExecutable).map(ExternalTool.init)
    }

    /// Whether a path names a file that can be run.
    static func isExecutable(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
