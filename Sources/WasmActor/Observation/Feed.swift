import Synchronization
public import WasmCore

/// The events of a system from the moment on at which this sequence was made.
public typealias ActorEvents = Feed<ActorEvent>

/// The messages of the topics that a host subscribes to, from the moment on at which this sequence was made; a message's
/// `topic` says which.
public typealias TopicMessages = Feed<ComponentMessage>

/// What a system tells its host, from the moment on at which this sequence was made.
///
/// Each sequence has its own bounded buffer, so a slow reader hurts only itself: the oldest elements go, and `dropped`
/// counts them. To be read by one task. It ends with the system's shutdown, or with the reading task's cancellation.
public final class Feed<Element: Sendable>: AsyncSequence, Sendable {
    /// It never throws.
    public typealias Failure = Never

    private struct State {
        var buffer: FeedBuffer<Element>
        var reader: OneShot<Void>?
    }

    private let state: Mutex<State>
    private let onEnd: @Sendable () -> Void

    init(capacity: Int, onEnd: @escaping @Sendable () -> Void) {
        state = Mutex(State(buffer: FeedBuffer(capacity: capacity)))
        self.onEnd = onEnd
    }

    deinit { onEnd() }

    /// How many elements went unread because the buffer was full.
    public var dropped: UInt64 { state.withLock { $0.buffer.dropped } }

    func append(_ element: Element) { update { $0.append(element) } }

    func finish() { update { $0.finish() } }

    private func update(_ change: (inout FeedBuffer<Element>) -> Void) {
        let reader = state.withLock { state in
            change(&state.buffer)
            return state.reader.take()
        }
        reader?.resolve(())
    }

    private func next() async -> Element? {
        while !Task.isCancelled {
            let wakeUp = OneShot<Void>()
            let read = state.withLock { state in
                let read = state.buffer.read()
                if case .wait = read { state.reader = wakeUp }
                return read
            }
            switch read {
            case .element(let element): return element
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
    /// - Returns: The one iterator; a second one would take elements from the first.
    public func makeAsyncIterator() -> Iterator { Iterator(feed: self) }

    /// Reads one element after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let feed: Feed

        /// The next element; waits for it.
        ///
        /// - Parameter actor: Where the reading code runs.
        /// - Returns: The element; nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> Element? {
            await feed.next()
        }
    }
}
