public import WasmCore

/// Writes each entry as one line to standard error.
///
/// It never waits for whoever reads that: where too much is unread, lines are dropped, and one says how many.
public final class StandardErrorLog: LogSink {
    private let minimum: LogLevel
    private let writer = DescriptorWriter(2) { "[warning] \($0) log lines were dropped: nobody read them in time\n" }

    /// Makes a sink.
    ///
    /// - Parameter minimum: The least important level that is written [info].
    public init(minimum: LogLevel = .info) {
        self.minimum = minimum
    }

    /// Writes one line: level, actor, text and fields, with control characters escaped.
    public func log(_ entry: LogEntry) {
        guard entry.level >= minimum else { return }
        var line = "[\(entry.level)] \(entry.actor): \(Printable.text(entry.message, limit: 4096))"
        for field in entry.fields {
            line += " \(Printable.text(field.name, limit: 64))=\(Printable.text(field.value, limit: 1024))"
        }
        writer.write(line + "\n")
    }
}
