internal import Synchronization
public import WasmCore

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Writes each entry as one line to standard error.
public final class StandardErrorLog: LogSink {
    private let minimum: LogLevel
    private let isWriting = Mutex(())

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
        line += "\n"
        isWriting.withLock { _ in
            _ = line.withUTF8 { write(2, $0.baseAddress, $0.count) }
        }
    }
}
