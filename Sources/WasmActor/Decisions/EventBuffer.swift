/// The events that one listener has not read yet; the oldest go where there is no room.
struct EventBuffer {
    private let capacity: Int
    private var events = Ring<ActorEvent>()
    /// How many went unread.
    private(set) var dropped: UInt64 = 0
    /// Whether no more events come.
    private(set) var isFinished = false

    /// What a reader gets.
    enum Read {
        case event(ActorEvent)
        case wait
        case finished
    }

    /// Makes an empty one.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Adds an event.
    mutating func append(_ event: ActorEvent) {
        guard !isFinished else { return }
        if events.count == capacity {
            _ = events.popFirst()
            dropped += 1
        }
        events.append(event)
    }

    /// No more events come; those that are there can still be read.
    mutating func finish() { isFinished = true }

    /// Takes the oldest event out.
    mutating func read() -> Read {
        if let event = events.popFirst() { return .event(event) }
        return isFinished ? .finished : .wait
    }
}
