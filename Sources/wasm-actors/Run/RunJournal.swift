import Synchronization
import WasmActor
import WasmCore
import WasmRuntime

/// Where everything goes that a run has to tell: lines of JSON, and the latest lines for the view.
final class RunJournal: Sendable, LogSink {
    private static let capacity = 200

    private let write: (@Sendable (String) -> Void)?
    private let minimum: LogLevel
    private let latest = Mutex<[RunView.Line]>([])
    private let clock = SystemClock()

    /// Makes a journal.
    ///
    /// - Parameters:
    ///   - minimum: The least important log entry of a guest that is told.
    ///   - write: Takes lines of JSON with their ends; nil where nobody wants them.
    init(minimum: LogLevel, write: (@Sendable (String) -> Void)?) {
        self.minimum = minimum
        self.write = write
    }

    /// The latest lines, the oldest first.
    var lines: [RunView.Line] { latest.withLock { $0 } }

    /// A guest wrote into the log.
    func log(_ entry: LogEntry) {
        guard entry.level >= minimum else { return }
        write?(JSONLinesLog.line(entry))
        let text = "\(entry.actor): \(entry.message)"
        keep(text, entry.level, time: entry.time)
    }

    /// Something happened.
    func tell(_ event: ActorEvent) {
        // Those come through `log`, in the order in which they were written.
        if case .logged = event { return }
        let line = EventLine(event)
        let time = clock.wallTime
        write?(line.json(time: time))
        if line.level > .debug { keep((line.subject.map { "\($0) " } ?? "") + line.text, line.level, time: time) }
    }

    /// Events went by that were not told, because more came than could be told in time. Log entries are among those
    /// counted, and were told all the same: they come through `log`.
    ///
    /// - Parameters:
    ///   - count: How many since this was last said.
    ///   - total: How many in all.
    func tell(dropped count: UInt64, total: UInt64) {
        let time = clock.wallTime
        var json = JSONLine()
        json.add("time", Timestamp.text(time))
        json.add("event", "dropped")
        json.add("count", count)
        json.add("total", total)
        write?(json.text)
        keep("\(count) events are not shown: more came than could be told in time", .warning, time: time)
    }

    /// An action was done, or not.
    func tell(_ reply: RunReply) {
        write?(reply.json.text)
        let time = clock.wallTime
        keep("> \(reply.action)", .debug, time: time)
        for line in reply.lines { keep("  " + line, reply.isDone ? .info : .error, time: nil) }
    }

    private func keep(_ text: String, _ level: LogLevel, time: UInt64?) {
        let stamp = time.map { String(Timestamp.text($0).dropFirst(11).prefix(8)) + " " } ?? ""
        let mood: RunView.Status.Mood =
            switch level {
            case .error: .bad
            case .warning: .changing
            default: .idle
            }
        let line = RunView.Line(text: stamp + Printable.text(text, limit: 400), mood: mood)
        latest.withLock { latest in
            latest.append(line)
            if latest.count > Self.capacity { latest.removeFirst(latest.count - Self.capacity) }
        }
    }
}
