public import WasmCore

/// Passes on the entries that are important enough.
public struct FilteredLog: LogSink {
    private let next: any LogSink
    private let minimum: LogLevel
    private let exceptions: [(actors: Pattern, minimum: LogLevel)]

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - next: Where the entries go that pass.
    ///   - minimum: The least important level that passes [info].
    ///   - exceptions: Other levels for the actors whose ids match [none]; the first that matches counts.
    public init(
        _ next: any LogSink,
        minimum: LogLevel = .info,
        exceptions: [(actors: Pattern, minimum: LogLevel)] = []
    ) {
        self.next = next
        self.minimum = minimum
        self.exceptions = exceptions
    }

    /// Passes an entry on where it is important enough.
    public func log(_ entry: LogEntry) {
        let exception = exceptions.isEmpty ? nil : exceptions.first { $0.actors.matches(entry.actor.description) }
        if entry.level >= exception?.minimum ?? minimum { next.log(entry) }
    }
}
