import Synchronization
import WasmCore

/// The events of a system from the moment on at which this sequence was made.
///
/// Each sequence has its own bounded buffer, so a slow reader hurts only itself: the oldest events go, and `dropped`
/// counts them. To be read by one task. It ends with the system's shutdown, or with the reading task's cancellation.
public final class ActorEvents: AsyncSequence, Sendable {
    /// What the sequence gives.
    public typealias Element = ActorEvent
    /// It never throws.
    public typealias Failure = Never

    private struct State {
        var buffer: EventBuffer
        var reader: OneShot<Void>?
    }

    private let state: Mutex<State>
    private let onEnd: @Sendable (ObjectIdentifier) -> Void

    init(capacity: Int, onEnd: @escaping @Sendable (ObjectIdentifier) -> Void) {
        state = Mutex(State(buffer: EventBuffer(capacity: capacity)))
        self.onEnd = onEnd
    }

    deinit { onEnd(ObjectIdentifier(self)) }

    /// How many events went unread because the buffer was full.
    public var dropped: UInt64 { state.withLock { $0.buffer.dropped } }

    func append(_ event: ActorEvent) { update { $0.append(event) } }

    func finish() { update { $0.finish() } }

    private func update(_ change: (inout EventBuffer) -> Void) {
        let reader = state.withLock { state in
            change(&state.buffer)
            return state.reader.take()
        }
        reader?.resolve(())
    }

    private func next() async -> ActorEvent? {
        while !Task.isCancelled {
            let wakeUp = OneShot<Void>()
            let read = state.withLock { state in
                let read = state.buffer.read()
                if case .wait = read { state.reader = wakeUp }
                return read
            }
            switch read {
            case .event(let event): return event
            case .finished: return nil
            case .wait:
                await withTaskCancellationHandler {
                    await wakeUp.value()
                } onCancel: {
                    wakeUp.resolve(())
                }
            }
        }
        return nil
    }

    /// Makes the reader.
    ///
    /// - Returns: The one iterator; a second one would take events from the first.
    public func makeAsyncIterator() -> Iterator { Iterator(events: self) }

    /// Reads one event after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let events: ActorEvents

        /// The next event; waits for it.
        ///
        /// - Parameter actor: Where the reading code runs.
        /// - Returns: The event; nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> ActorEvent? {
            await events.next()
        }
    }
}
