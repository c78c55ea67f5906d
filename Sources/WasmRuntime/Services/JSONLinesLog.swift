public import WasmCore

/// Writes each entry as one line of JSON: `time`, `level`, `actor`, `message`, and `fields` where there are any.
///
/// ```json
/// {"time":"2026-01-31T09:30:00.000000000Z","level":"info","actor":"shop/cart/7","message":"paid","fields":{"sum":"12"}}
/// ```
///
/// A field that comes more than once has a list of its values. It never waits for whoever reads the lines: where too much
/// is unread, lines are dropped, and one with `dropped` says how many.
public struct JSONLinesLog: LogSink {
    private let writer: DescriptorWriter

    /// Makes a sink.
    ///
    /// - Parameter descriptor: Where to write [standard error]; it stays open, and nobody else should write there.
    public init(descriptor: Int32 = 2) {
        self.init(DescriptorWriter(descriptor, notice: Self.notice))
    }

    /// Makes a sink that shares its writer.
    package init(_ writer: DescriptorWriter) {
        self.writer = writer
    }

    /// Writes one line, and nothing of the entry is left out.
    public func log(_ entry: LogEntry) { writer.write(Self.line(entry)) }

    /// Hands on what a slow reader has left.
    ///
    /// - Parameter milliseconds: How long to wait for the reader where it takes nothing.
    public func flush(atMost milliseconds: Int32 = 0) { writer.flush(atMost: milliseconds) }

    /// The line of an entry, with its end.
    package static func line(_ entry: LogEntry) -> String {
        var line = JSONLine()
        line.add("time", Timestamp.text(entry.time))
        line.add("level", "\(entry.level)")
        line.add("actor", "\(entry.actor)")
        line.add("message", entry.message)
        if !entry.fields.isEmpty { line.add("fields", entry.fields) }
        return line.text
    }

    /// The line that says how many lines are missing.
    package static func notice(dropped: UInt64) -> String {
        var line = JSONLine()
        line.add("level", "warning")
        line.add("message", "lines were dropped: nobody read them in time")
        line.add("dropped", dropped)
        return line.text
    }
}
