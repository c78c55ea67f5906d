import Synchronization
import WasmCore

/// Hands events to all who listen. Where nobody does, an event is not even made.
final class EventHub: Sendable {
    private struct Listener {
        let id: UInt64
        weak var events: ActorEvents?
    }

    private struct Observer {
        let id: UInt64
        let observe: @Sendable (ActorEvent) -> Void
    }

    private struct State {
        /// In the order in which they came.
        var listeners: [Listener] = []
        var observers: [Observer] = []
        var last: UInt64 = 0
        var isFinished = false

        mutating func number() -> UInt64 {
            last += 1
            return last
        }
    }

    private let state = Mutex(State())
    private let listenerCount = Atomic<Int>(0)

    /// A new listener.
    func listen(capacity: Int) -> ActorEvents {
        let id = state.withLock { $0.number() }
        let events = ActorEvents(capacity: capacity) { [weak self] in self?.remove(id) }
        let isFinished = change { state in
            state.listeners.append(Listener(id: id, events: events))
            return state.isFinished
        }
        if isFinished { events.finish() }
        return events
    }

    /// Has a function called with every event, at once and by whoever makes it; it must be short.
    ///
    /// - Returns: A name for `remove`.
    func observe(_ observe: @escaping @Sendable (ActorEvent) -> Void) -> UInt64 {
        change { state in
            let id = state.number()
            state.observers.append(Observer(id: id, observe: observe))
            return id
        }
    }

    /// Takes a listener or an observer out.
    func remove(_ id: UInt64) {
        change { state in
            state.listeners.removeAll { $0.id == id }
            state.observers.removeAll { $0.id == id }
        }
    }

    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { state in
            let value = body(&state)
            listenerCount.store(state.listeners.count + state.observers.count, ordering: .releasing)
            return value
        }
    }

    /// Hands an event to all who listen.
    func emit(_ event: @autoclosure () -> ActorEvent) {
        guard listenerCount.load(ordering: .acquiring) > 0 else { return }
        let event = event()
        let (observers, listeners) = state.withLock { ($0.observers, $0.listeners.compactMap(\.events)) }
        for observer in observers { observer.observe(event) }
        for listener in listeners { listener.append(event) }
    }

    /// No more events come.
    func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            return state.listeners.compactMap(\.events)
        }
        for listener in listeners { listener.finish() }
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
