import Foundation
import WasmActor
import WasmCore
import WasmRuntime
import WasmStorage

/// `run`: starts the system that a file describes, shows it, and does what its user asks for.
enum RunCommand: Subcommand {
    static let name = "run"
    static let summary = "Runs a tree of actors from a file, and shows it."
    static let help = """
        Starts the actors and supervisors that a file of JSON describes. On a terminal it shows them, their mailboxes
        and messages, and the log, and takes lines at the bottom; elsewhere it writes every event, log entry and reply
        as one line of JSON, and takes lines from standard input. No actor waits for whoever reads: where more happens
        than can be written, a line {"event":"dropped","count":N} says how many events are missing, and one with
        "dropped":N how many lines.

        Usage: wasm-actors run TREE.json [OPTIONS]

        Lines:
        \(RunAction.forms.map { "  \($0.form)\(String(repeating: " ", count: max(2, 29 - $0.form.count)))\($0.meaning)" }
            .joined(separator: "\n"))

        Lines about one actor are done in their order. `kill`, `tree`, `metrics` and `help` wait for no line before
        them, nor does `quit` on a terminal; elsewhere the lines before it have the --grace time. Ctrl-D in the view is
        `quit`; the end of any other standard input is the end under --exit alone, after all that was asked for.

        Options:
          --do LINE           Does this once the tree runs; may come more than once, and each waits for the one before.
          --exit              Ends after the last --do, or, without any, at the end of standard input.
          --storage FILE      Keeps the guests' storage in this SQLite file; in memory by default.
          --resident N        How many durable actors may be in memory at a time; 10000 by default.
          --components DIR    The folder in which components are found by name, as DIR/NAME.wasm.
          --metrics-file FILE Writes the metrics there as Prometheus reads them, every 5 s and at the end.
          --grace TIME        How long actors may finish their work at the end, such as 500ms or 1m; 5s by default.
          --log-level LEVEL   The least important log entries that are shown: trace, debug, info, warning or error; info
                              by default.
          --plain             Writes lines of JSON on a terminal too.

        Ctrl-C, SIGTERM and SIGHUP end everything in order; a second one ends the process at once. Those that were
        ignored at the start, as under nohup, stay so. Where nobody reads the lines any more, everything ends in order
        after the last --do.

        Exit codes: 0 all ended in order; 1 the tree could not be started, ended of itself after a failure, or was cut
        off at the end, or an action failed under --exit, or the output could not be written; 2 the arguments or the
        file make no sense; 128 and the signal's number after a second signal.
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let options = try RunOptions(line)
        let spec = try TreeArgument.read(options.tree)
        let isView = console.isProcess && !options.isPlain && Terminal.isThere
        if isView { Terminal.guardEnds() }

        let writer = DescriptorWriter(isView ? 2 : 1, notice: JSONLinesLog.notice)
        var lines: (@Sendable (String) -> Void)?
        if !console.isProcess {
            lines = { line in console.out(Array(line.utf8)) }
        } else if !isView || isatty(2) != 1 {
            // Beside a view the lines go to standard error, where that is no terminal that they would spoil.
            lines = { line in writer.write(line) }
        }
        let journal = RunJournal(minimum: options.logLevel, write: lines)
        let storage = try options.storage.map(open)
        var loop = RunLoop(
            options: options,
            spec: spec,
            system: try makeSystem(options, journal, storage),
            journal: journal,
            isView: isView,
            readsInput: console.isProcess,
            flush: { writer.flush(atMost: $0) },
            hasReader: { isView || !console.isProcess || !Descriptor.isBrokenPipe(1) }
        )
        let (report, failure) = await loop.run(takesSignals: console.isProcess)
        await storage?.close()
        console.print(isView ? text(of: report) : json(of: report))
        if let failure { throw failure }
    }

    private static func open(_ path: String) throws(CommandError) -> SQLiteStorage {
        do {
            return try SQLiteStorage(path: path)
        } catch {
            throw .failure("\(path): \(error)")
        }
    }

    private static func makeSystem(
        _ options: RunOptions,
        _ journal: RunJournal,
        _ storage: SQLiteStorage?
    ) throws(CommandError) -> ActorSystem {
        var configuration = ActorSystem.Configuration(log: journal, eventCapacity: 16_384)
        if let resident = options.resident { configuration.residency.largestCount = resident }
        if let storage { configuration.storage = storage }
        if let folder = options.components { configuration.components = try DirectoryComponentSource(folder: folder) }
        do {
            return try ActorSystem(configuration)
        } catch {
            throw .failure("\(error)")
        }
    }

    private static func json(of report: ShutdownReport) -> String {
        var json = JSONLine()
        json.add("time", Timestamp.text(SystemClock().wallTime))
        json.add("event", "shutdown")
        json.add("stopped", report.stopped.map { "\($0)" })
        let cutOff = report.cutOff.sorted { $0.key < $1.key }
        json.add("cutOff", cutOff.map { Field(name: "\($0.key)", value: "\($0.value)") })
        json.add("lostMessages", report.lostMessages)
        json.add("keptMessages", report.keptMessages)
        json.add("abandonedCalls", report.abandonedCalls)
        return json.object
    }

    private static func text(of report: ShutdownReport) -> String {
        var lines = ["\(report.stopped.count) actors stopped, \(report.lostMessages) messages lost"]
        for (id, reason) in report.cutOff.sorted(by: { $0.key < $1.key }) { lines.append("cut off: \(id) (\(reason))") }
        return lines.joined(separator: "\n")
    }
}
