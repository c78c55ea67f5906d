public import WasmCore

/// Keeps what comes, all of it and in its order, for a test that looks at it or waits for it.
public final class Recorder<Element: Sendable>: Sendable {
    private let inbox = Inbox<Element>()

    /// Makes one that holds nothing.
    public init() {}

    /// Everything that has come, in its order.
    public var all: [Element] { inbox.elements }

    /// Takes one element.
    ///
    /// - Parameter element: The element.
    public func record(_ element: Element) { inbox.append(element) }

    /// The first element that fits, of those that are there and of those to come.
    ///
    /// - Parameters:
    ///   - time: How long to wait, by the clock.
    ///   - clock: The clock.
    ///   - fits: What is waited for.
    /// - Returns: The element; it stays in `all`.
    /// - Throws: `ExpectationError` where the time is over, or the waiting task was cancelled.
    @discardableResult
    public func first(
        within time: Duration,
        on clock: any ActorClock,
        where fits: (Element) -> Bool
    ) async throws(ExpectationError) -> Element {
        try await inbox.expect("an element that fits", within: time, on: clock) { elements in
            elements.first(where: fits).map { Inbox<Element>.Take(value: $0, places: 0..<0) }
        }
    }
}

/// A sink that keeps what it is given in a recorder.
public protocol RecordingSink<Element> {
    /// What it is given.
    associatedtype Element: Sendable

    /// Where it is kept.
    var recorder: Recorder<Element> { get }
}

extension RecordingSink {
    /// The first element that fits, of those that are there and of those to come.
    ///
    /// - Parameters:
    ///   - time: How long to wait, by the clock.
    ///   - clock: The clock.
    ///   - fits: What is waited for.
    /// - Returns: The element.
    /// - Throws: `ExpectationError` where the time is over, or the waiting task was cancelled.
    @discardableResult
    public func expect(
        within time: Duration,
        on clock: any ActorClock,
        where fits: (Element) -> Bool
    ) async throws(ExpectationError) -> Element {
        try await recorder.first(within: time, on: clock, where: fits)
    }
}

/// Keeps the log entries of guests in memory.
public final class MemoryLog: LogSink, RecordingSink {
    /// Where they are kept.
    public let recorder = Recorder<LogEntry>()

    /// Makes an empty log.
    public init() {}

    /// Every entry, in its order.
    public var entries: [LogEntry] { recorder.all }

    /// Takes one entry.
    public func log(_ entry: LogEntry) { recorder.record(entry) }
}

/// Keeps every decision of the gate in memory, grants included.
public final class MemoryAudit: AuditLog, RecordingSink {
    /// Where they are kept.
    public let recorder = Recorder<AuditRecord>()
    /// Decisions to allow are recorded too.
    public let recordsGrants = true

    /// Makes an empty log.
    public init() {}

    /// Every record, in its order.
    public var records: [AuditRecord] { recorder.all }

    /// Takes one record.
    public func record(_ record: AuditRecord) { recorder.record(record) }
}
