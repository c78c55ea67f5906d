/// What one listener has not read yet; the oldest goes where there is no room.
struct FeedBuffer<Element> {
    private let capacity: Int
    private var elements = Ring<Element>()
    /// How many went unread.
    private(set) var dropped: UInt64 = 0
    /// Whether no more comes.
    private(set) var isFinished = false

    /// What a reader gets.
    enum Read {
        case element(Element)
        case wait
        case finished
    }

    /// Makes an empty one.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Adds an element.
    mutating func append(_ element: Element) {
        guard !isFinished else { return }
        if elements.count == capacity {
            _ = elements.popFirst()
            dropped += 1
        }
        elements.append(element)
    }

    /// No more comes; what is there can still be read.
    mutating func finish() { isFinished = true }

    /// Takes the oldest element out.
    mutating func read() -> Read {
        if let element = elements.popFirst() { return .element(element) }
        return isFinished ? .finished : .wait
    }
}
