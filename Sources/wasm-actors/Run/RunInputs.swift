import Foundation
import Synchronization
import WasmActor
import WasmCore

/// What a run reacts to, in the order in which it comes.
enum RunInput: Sendable {
    /// Every actor of the tree runs.
    case started
    /// The tree could not be started.
    case startFailed(ActorSystemError)
    /// The tree is gone.
    case ended(ExitReason)
    /// Bytes of standard input.
    case bytes([UInt8])
    /// Standard input has ended.
    case endOfInput
    /// An action was done, or not.
    case done(ActionQueue.Item, RunReply)
    /// What was asked for before the end had its time.
    case waited
    /// A signal came.
    case signal(Int32)
    /// It is time to look again.
    case tick
}

/// Where the inputs of a run come from.
final class RunInputs: Sendable {
    /// All inputs.
    let stream: AsyncStream<RunInput>
    private let continuation: AsyncStream<RunInput>.Continuation
    private let ends = Atomic(0)
    /// How much of standard input may lie unread by the run.
    private let room = DispatchSemaphore(value: 16)
    /// What watches for signals. Written once, before the first comes, and never read: it is only kept alive.
    nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Adds an input.
    func add(_ input: RunInput) { continuation.yield(input) }

    /// Adds an input later.
    func add(_ input: RunInput, after time: Duration) {
        Task {
            try? await Task.sleep(for: time)
            add(input)
        }
    }

    /// Begins to take signals: the first that asks for an end is an input, the second ends the process at once.
    func takeSignals(isView: Bool) {
        let queue = DispatchQueue(label: "signals")
        for number in [SIGINT, SIGTERM, SIGHUP] + (isView ? [SIGWINCH] : []) {
            // What whoever started the process has it ignore, as `nohup` does, it goes on to ignore.
            let before: (@convention(c) (Int32) -> Void)? = signal(number, SIG_IGN)
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if number != SIGWINCH, self.ends.add(1, ordering: .relaxed).oldValue > 0 {
                    Terminal.leave()
                    _exit(128 + number)
                }
                self.add(.signal(number))
            }
            source.resume()
            sources.append(source)
        }
    }

    /// Begins to read standard input, on a thread of its own: it waits for whoever writes there.
    func readStandardInput() {
        Thread.detachNewThread {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Descriptor.read(into: &chunk, from: 0)
                guard count > 0 else { break }
                self.room.wait()
                self.add(.bytes(Array(chunk.prefix(count))))
            }
            self.add(.endOfInput)
        }
    }

    /// A chunk of standard input was worked off.
    func makeRoom() { room.signal() }
}
