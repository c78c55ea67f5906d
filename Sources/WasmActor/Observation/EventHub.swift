import Synchronization
import WasmCore

/// Hands events to all who listen. Where nobody does, an event is not even made.
final class EventHub: Sendable {
    private struct Listener {
        weak var events: ActorEvents?
    }

    private struct State {
        var listeners: [ObjectIdentifier: Listener] = [:]
        var isFinished = false
    }

    private let state = Mutex(State())
    private let listenerCount = Atomic<Int>(0)

    /// A new listener.
    func listen(capacity: Int) -> ActorEvents {
        let events = ActorEvents(capacity: capacity) { [weak self] in self?.remove($0) }
        let isFinished = state.withLock { state in
            state.listeners[ObjectIdentifier(events)] = Listener(events: events)
            listenerCount.store(state.listeners.count, ordering: .releasing)
            return state.isFinished
        }
        if isFinished { events.finish() }
        return events
    }

    private func remove(_ id: ObjectIdentifier) {
        state.withLock { state in
            state.listeners[id] = nil
            listenerCount.store(state.listeners.count, ordering: .releasing)
        }
    }

    /// Hands an event to all who listen.
    func emit(_ event: @autoclosure () -> ActorEvent) {
        guard listenerCount.load(ordering: .acquiring) > 0 else { return }
        let event = event()
        for listener in listeners() { listener.append(event) }
    }

    /// No more events come.
    func finish() {
        state.withLock { $0.isFinished = true }
        for listener in listeners() { listener.finish() }
    }

    private func listeners() -> [ActorEvents] {
        state.withLock { $0.listeners.values.compactMap(\.events) }
    }
}

/// Passes records on, and tells the listeners.
struct EventingAudit: AuditLog {
    let next: any AuditLog
    let hub: EventHub

    var recordsGrants: Bool { next.recordsGrants }

    func record(_ record: AuditRecord) {
        next.record(record)
        hub.emit(.audited(record))
    }
}

/// Passes log entries on, and tells the listeners.
struct EventingLog: LogSink {
    let next: any LogSink
    let hub: EventHub

    func log(_ entry: LogEntry) {
        next.log(entry)
        hub.emit(.logged(entry))
    }
}
