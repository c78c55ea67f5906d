import WasmCore

/// The latest dead letters, and how many there were in all.
struct DeadLetterRing {
    private let capacity: Int
    private let byteCapacity: Int
    private var letters = Ring<DeadLetter>()
    /// The letters that are being sent again: they stay until that is decided.
    private var claimed: Set<UInt64> = []
    /// The bytes of the kept letters.
    private(set) var byteCount = 0
    /// How many there were in all.
    private(set) var total: UInt64 = 0

    /// Makes an empty one.
    init(capacity: Int, bytes: Int = .max) {
        self.capacity = max(0, capacity)
        byteCapacity = max(0, bytes)
    }

    /// Adds a letter; the oldest go where there is no room. One that has no room at all is counted alone.
    mutating func append(_ message: ComponentMessage, for target: ActorID?, _ reason: DeadLetter.Reason) -> DeadLetter {
        total += 1
        let letter = DeadLetter(number: total, target: target, message: message, reason: reason)
        letters.append(letter)
        byteCount += message.byteCount
        makeRoom()
        return letter
    }

    private mutating func makeRoom() {
        var staying: [DeadLetter] = []
        while letters.count + staying.count > capacity || byteCount > byteCapacity, let oldest = letters.popFirst() {
            if claimed.contains(oldest.number) {
                staying.append(oldest)
            } else {
                byteCount -= oldest.message.byteCount
            }
        }
        for letter in staying.reversed() { letters.prepend(letter) }
    }

    /// How many letters are kept.
    var count: Int { letters.count }

    /// The kept letters, oldest first.
    var kept: [DeadLetter] {
        var copy = letters
        return copy.removeAll()
    }

    /// Takes a letter out; nil where it is not kept, or is being sent again.
    mutating func remove(_ number: UInt64) -> DeadLetter? {
        guard !claimed.contains(number), let letter = letters.removeFirst(where: { $0.number == number }) else {
            return nil
        }
        byteCount -= letter.message.byteCount
        return letter
    }

    /// Gives a letter to somebody who sends it again; nil where it is not kept, or somebody does so already.
    mutating func claim(_ number: UInt64) -> DeadLetter? {
        guard !claimed.contains(number), let letter = kept.first(where: { $0.number == number }) else { return nil }
        claimed.insert(number)
        return letter
    }

    /// A claimed letter was taken by its target, or stays.
    mutating func settle(_ number: UInt64, isDelivered: Bool) {
        claimed.remove(number)
        if isDelivered { _ = remove(number) } else { makeRoom() }
    }
}
