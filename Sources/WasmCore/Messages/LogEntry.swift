/// How important a log entry is.
public enum LogLevel: Hashable, Sendable, CaseIterable, Comparable {
    /// Every step.
    case trace
    /// For finding a fault.
    case debug
    /// Worth knowing.
    case info
    /// Something is off.
    case warning
    /// Something failed.
    case error
}

/// What a guest wrote into the log, or to its standard output or standard error.
public struct LogEntry: Hashable, Sendable {
    /// The actor.
    public let actor: ActorID
    /// How important it is.
    public let level: LogLevel
    /// The text.
    public let message: String
    /// Fields for machines to read.
    public let fields: [Field]
    /// When, in nanoseconds since 1970-01-01T00:00:00Z.
    public let time: UInt64

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - actor: The actor.
    ///   - level: How important it is.
    ///   - message: The text.
    ///   - fields: Fields for machines to read.
    ///   - time: When, in nanoseconds since 1970-01-01T00:00:00Z.
    public init(actor: ActorID, level: LogLevel, message: String, fields: [Field], time: UInt64) {
        self.actor = actor
        self.level = level
        self.message = message
        self.fields = fields
        self.time = time
    }
}

/// Takes log entries. Called in the middle of a guest's turn: it must not block.
public protocol LogSink: Sendable {
    /// Takes one entry.
    ///
    /// - Parameter entry: What the guest wrote.
    func log(_ entry: LogEntry)
}
