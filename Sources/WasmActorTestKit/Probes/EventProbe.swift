public import WasmActor
internal import WasmCore

/// The events of a system, from the moment on at which this was made, for a test that expects some of them.
///
/// Expectations are met in the order of the events: what an expectation skips or takes, a later one does not see. Make one
/// probe for each order that matters.
public final class EventProbe: Sendable {
    /// The time that expectations have where nothing else is said: 5 s, by the system's clock.
    public static let defaultTime = Duration.seconds(5)

    private let system: ActorSystem
    private let inbox: Inbox<ActorEvent>
    private let observation: UInt64

    /// Begins to take events.
    ///
    /// - Parameter system: The system.
    public init(_ system: ActorSystem) {
        let inbox = Inbox<ActorEvent>()
        self.system = system
        self.inbox = inbox
        observation = system.observe { inbox.append($0) }
    }

    deinit { system.endObservation(observation) }

    /// The events that have come and that no expectation has taken or skipped.
    public var pending: [ActorEvent] { inbox.elements }

    /// Waits for an event; skips those before it.
    ///
    /// ```swift
    /// try await events.expect { if case .restarted(counter.id, generation: 2) = $0 { true } else { false } }
    /// ```
    ///
    /// - Parameters:
    ///   - time: How long, by the system's clock: a manual one has to be moved.
    ///   - fits: Which event.
    /// - Returns: The event.
    /// - Throws: `ExpectationError`, which shows what came instead; nothing is skipped then.
    @discardableResult
    public func expect(
        within time: Duration = defaultTime,
        where fits: (ActorEvent) -> Bool
    ) async throws(ExpectationError) -> ActorEvent {
        try await expect("an event that fits", within: time) { fits($0) ? $0 : nil }
    }

    /// Waits for an event, and takes something out of it; skips the events before it.
    ///
    /// - Parameters:
    ///   - time: How long, by the system's clock: a manual one has to be moved.
    ///   - pick: What is taken out of the event; nil where it is not the one.
    /// - Returns: What was taken out.
    /// - Throws: `ExpectationError`, which shows what came instead; nothing is skipped then.
    public func expectValue<Value>(
        within time: Duration = defaultTime,
        _ pick: (ActorEvent) -> Value?
    ) async throws(ExpectationError) -> Value {
        try await expect("an event that fits", within: time, pick)
    }

    /// Waits for some events in an order, with any others between them.
    ///
    /// - Parameters:
    ///   - time: How long for all of them, by the system's clock: a manual one has to be moved.
    ///   - steps: Which event comes first, second and so on.
    /// - Returns: The events.
    /// - Throws: `ExpectationError`, which says at which step and shows what came instead.
    @discardableResult
    public func expectSequence(
        within time: Duration = defaultTime,
        _ steps: [(ActorEvent) -> Bool]
    ) async throws(ExpectationError) -> [ActorEvent] {
        let end = system.clock.now + time
        var events: [ActorEvent] = []
        for (index, fits) in steps.enumerated() {
            let left = max(end - system.clock.now, .zero)
            let what = "event \(index + 1) of a sequence of \(steps.count)"
            events.append(try await expect(what, within: left) { fits($0) ? $0 : nil })
        }
        return events
    }

    /// Waits, and fails where an event comes that was not to come, or is there already. Skips nothing.
    ///
    /// - Parameters:
    ///   - time: How long, by the system's clock: a manual one has to be moved.
    ///   - fits: Which events are not to come.
    /// - Throws: `ExpectationError`, with the first of them.
    public func expectNone(
        within time: Duration,
        where fits: (ActorEvent) -> Bool
    ) async throws(ExpectationError) {
        try await inbox.expectNothing("no event that fits", within: time, on: system.clock, where: fits)
    }

    private func expect<Value>(
        _ what: String,
        within time: Duration,
        _ pick: (ActorEvent) -> Value?
    ) async throws(ExpectationError) -> Value {
        try await inbox.expect(what, within: time, on: system.clock) { events in
            for (index, event) in events.enumerated() {
                if let value = pick(event) { return Inbox<ActorEvent>.Take(value: value, places: 0..<index + 1) }
            }
            return nil
        }
    }
}
