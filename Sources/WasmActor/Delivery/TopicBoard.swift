import Synchronization
import WasmCore

/// Who gets what is published. Its lock is held to find the subscribers, not to hand them anything.
final class TopicBoard: Sendable {
    /// The most subscriptions of one actor.
    static let largestCount = 1000

    private enum Subscriber: Hashable {
        case actor(ActorCell)
        case host(UInt64)
    }

    private struct Listener {
        weak var feed: TopicMessages?
    }

    private struct State {
        var tree = TopicTree<Subscriber>()
        /// By when they came.
        var listeners: [UInt64: Listener] = [:]
        var lastListener: UInt64 = 0
        var isFinished = false
    }

    private let state = Mutex(State())

    /// Subscribes an actor, in all its generations; a second time changes nothing.
    ///
    /// - Throws: `MessagingError.quota` where it has as many subscriptions as an actor may have.
    func subscribe(_ cell: ActorCell, to pattern: Pattern) throws(MessagingError) {
        try state.withLock { state throws(MessagingError) in
            let isNew = state.tree.subscribe(.actor(cell), to: pattern)
            guard isNew, state.tree.count(of: .actor(cell)) > Self.largestCount else { return }
            _ = state.tree.unsubscribe(.actor(cell), from: pattern)
            throw .quota("subscriptions of one actor (\(Self.largestCount))")
        }
        // An actor that ended meanwhile was taken out already, and nobody would do it again.
        if cell.status.isEnded { remove(cell) }
    }

    /// Ends a subscription of an actor; where there is none, nothing.
    func unsubscribe(_ cell: ActorCell, from pattern: Pattern) {
        state.withLock { _ = $0.tree.unsubscribe(.actor(cell), from: pattern) }
    }

    /// Ends every subscription of an actor that is gone.
    func remove(_ cell: ActorCell) {
        state.withLock { $0.tree.remove(.actor(cell)) }
    }

    /// Subscribes the host, until nobody holds the sequence any more.
    func listen(to pattern: Pattern, capacity: Int) -> TopicMessages {
        let id = state.withLock { state in
            state.lastListener += 1
            return state.lastListener
        }
        let feed = TopicMessages(capacity: capacity) { [weak self] in self?.removeListener(id) }
        let isFinished = state.withLock { state in
            if !state.isFinished {
                state.listeners[id] = Listener(feed: feed)
                _ = state.tree.subscribe(.host(id), to: pattern)
            }
            return state.isFinished
        }
        if isFinished { feed.finish() }
        return feed
    }

    private func removeListener(_ id: UInt64) {
        state.withLock { state in
            state.listeners[id] = nil
            state.tree.remove(.host(id))
        }
    }

    /// Hands a message to everybody who subscribes to its topic, without a wait for any of them.
    ///
    /// - Returns: How many there were.
    func publish(_ message: ComponentMessage, on topic: String) -> Int {
        let (cells, feeds) = state.withLock { state in
            var (cells, feeds): ([ActorCell], [TopicMessages]) = ([], [])
            for subscriber in state.tree.subscribers(of: topic) {
                switch subscriber {
                case .actor(let cell): cells.append(cell)
                case .host(let id): state.listeners[id]?.feed.map { feeds.append($0) }
                }
            }
            return (cells, feeds)
        }
        for cell in cells { cell.deliverWithoutWait(message) }
        for feed in feeds { feed.append(message) }
        return cells.count + feeds.count
    }

    /// No more comes.
    func finish() {
        let feeds = state.withLock { state in
            state.isFinished = true
            return state.listeners.sorted { $0.key < $1.key }.compactMap(\.value.feed)
        }
        for feed in feeds { feed.finish() }
    }
}
