import Foundation
import Synchronization
import TestSupport
import Testing

@testable import wasm_actors

/// What becomes of output that nobody takes, of the built command.
@Suite(.serialized, .timeLimit(.minutes(5))) struct OutputTests {
    private static let demo = Fixture.folderPath + "/trees/demo.json"
    private static let lines = [
        ["--version"], ["help", "run"], ["check", demo], ["run", demo, "--do", "tree", "--exit"],
    ]

    /// The command writes into a pipe whose reader is `reader`; the output is what that writes, and the exit code.
    private func run(_ line: [String], into reader: String) async throws -> RunningCommand {
        let script = #"{ { "$0" "$@"; echo "code $?" >&3; } | READER >&3; } 3>&1"#.replacing("READER", with: reader)
        let run = try RunningCommand(line, script: script)
        await run.end()
        return run
    }

    @Test(arguments: lines)
    func aReaderThatLeavesIsNoFailure(line: [String]) async throws {
        let run = try await run(line, into: "true")
        #expect(run.text == "code 0\n")
        #expect(run.errors.isEmpty)
    }

    @Test func aReaderThatLeavesDoesNotHideAFailure() async throws {
        let run = try await run(
            ["run", Self.demo, "--do", "ask demo/nobody/main x", "--do", "tree", "--exit"],
            into: "true"
        )
        #expect(run.text == "code 1\n")
        #expect(run.errors.contains("an action failed"))
    }

    @Test func aRunWithoutAReaderEndsInOrderAfterItsActions() async throws {
        let folder = try TemporaryFolder(files: [:])
        let metrics = folder.path + "/metrics"
        let actions = ["--do", "ask demo/counter/main get", "--do", "ask demo/chaos/main sleep 1000"]
        let run = try await run(["run", Self.demo, "--metrics-file", metrics] + actions, into: "head -n 1")
        #expect(run.text.hasPrefix("{") && run.text.hasSuffix("}\ncode 0\n"), "\(run.text)")
        #expect(run.errors.isEmpty)
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        #expect(text.contains("\nwasm_actors_messages_handled_total 2\n"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: lines)
    func outputThatFindsNoRoomIsAFailureAndSaidOnce(line: [String]) async throws {
        let run = try RunningCommand(line, script: #"exec "$0" "$@" >/dev/full"#)
        #expect(await run.exitCode() == 1)
        await run.end()
        #expect(run.errors == "wasm-actors: standard output cannot be written: No space left on device\n")
    }

    @Test(arguments: lines)
    func aClosedOutputIsAFailureAndSaidOnce(line: [String]) async throws {
        let run = try RunningCommand(line, script: #"exec "$0" "$@" >&-"#)
        #expect(await run.exitCode() == 1)
        await run.end()
        #expect(run.errors == "wasm-actors: standard output cannot be written: Bad file descriptor\n")
    }

    @Test(arguments: ["2>&-", "2>/dev/full", ">&- 2>&- <&-"])
    func errorsThatCannotBeToldDoNoHarm(redirections: String) async throws {
        let run = try RunningCommand(["bogus"], script: #"exec "$0" "$@" "# + redirections)
        #expect(await run.exitCode() == 2)
    }
}

@Suite(.timeLimit(.minutes(2))) struct DescriptorTests {
    /// A pipe of which neither end waits.
    private func pipe() -> (reading: FileHandle, writing: FileHandle) {
        let pipe = Pipe()
        let ends = (reading: pipe.fileHandleForReading, writing: pipe.fileHandleForWriting)
        for end in [ends.reading, ends.writing] { _ = fcntl(end.fileDescriptor, F_SETFL, O_NONBLOCK) }
        return ends
    }

    /// A thread that does something, as the system sees it.
    private final class Worker: Sendable {
        private let path = Mutex<String?>(nil)

        /// To be called on the thread.
        func begins() {
            let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            path.withLock { $0 = own }
        }

        /// Waits until it waits in the system: a thread that asks again and again never does.
        func sleeps() async {
            while !Task.isCancelled {
                if let path = path.withLock({ $0 }),
                    let stat = try? String(contentsOfFile: "/proc/\(path)/stat", encoding: .utf8),
                    // The state comes behind the name, which is in brackets.
                    stat.split(separator: ")").last?.hasPrefix(" S") == true
                {
                    return
                }
                await Task.yield()
            }
        }
    }

    /// Does something on a thread of its own, and says how many seconds that thread has worked for it.
    private func work<Value: Sendable>(
        on worker: Worker,
        _ body: @escaping @Sendable () -> Value
    ) async -> (Value, Double) {
        await withCheckedContinuation { (done: CheckedContinuation<(Value, Double), Never>) in
            Thread.detachNewThread {
                worker.begins()
                let value = body()
                var time = timespec()
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
                done.resume(returning: (value, Double(time.tv_sec) + Double(time.tv_nsec) / 1e9))
            }
        }
    }

    @Test func whatIsNotThereYetIsWaitedForWithoutWork() async throws {
        let ends = pipe()
        let worker = Worker()
        async let reader = work(on: worker) {
            var buffer = [UInt8](repeating: 0, count: 100)
            let count = Descriptor.read(into: &buffer, from: ends.reading.fileDescriptor)
            return Array(buffer.prefix(count))
        }
        await worker.sleeps()
        #expect(Descriptor.write(Array("late".utf8), to: ends.writing.fileDescriptor) == nil)
        let (bytes, time) = await reader
        #expect(bytes == Array("late".utf8))
        #expect(time < 0.25)
        try ends.writing.close()
        var rest: [UInt8] = [0]
        let end = Descriptor.read(into: &rest, from: ends.reading.fileDescriptor)
        #expect(end == 0)
    }

    @Test func aSlowReaderIsWaitedForWithoutWork() async throws {
        let ends = pipe()
        let bytes = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 / 1000) }
        let worker = Worker()
        async let writer = work(on: worker) { Descriptor.write(bytes, to: ends.writing.fileDescriptor) }
        await worker.sleeps()
        var received: [UInt8] = []
        while received.count < bytes.count {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = Descriptor.read(into: &buffer, from: ends.reading.fileDescriptor)
            try #require(count > 0)
            received += buffer.prefix(count)
        }
        let (error, time) = await writer
        #expect(error == nil && received == bytes)
        #expect(time < 0.25)
    }

    @Test func onlyAPipeThatNobodyReadsIsBroken() throws {
        let ends = pipe()
        #expect(!Descriptor.isBrokenPipe(ends.writing.fileDescriptor))
        try ends.reading.close()
        #expect(Descriptor.isBrokenPipe(ends.writing.fileDescriptor))
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        #expect(!Descriptor.isBrokenPipe(null) && !Descriptor.isBrokenPipe(-1))
    }

    @Test func whatCannotBeWrittenIsKeptInMind() throws {
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        let stream = ProcessStream(file)
        #expect(stream.failure == nil)
        stream.write([0x61])
        stream.write([0x62])
        #expect(stream.failure == "Bad file descriptor")
    }
}
