/// The latest dead letters, and how many there were in all.
struct DeadLetterRing {
    private let capacity: Int
    private var letters = Ring<DeadLetter>()
    /// How many there were in all.
    private(set) var total: UInt64 = 0

    /// Makes an empty one.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds a letter; the oldest goes where there is no room.
    mutating func append(_ letter: DeadLetter) {
        total += 1
        guard capacity > 0 else { return }
        if letters.count == capacity { _ = letters.popFirst() }
        letters.append(letter)
    }

    /// The kept letters, oldest first.
    var kept: [DeadLetter] {
        var copy = letters
        return copy.removeAll()
    }
}
