import WasmCore

/// What of an actor's messages lies in storage, as a value: the names under which they are kept, in their order, and how many
/// changes there are under way.
struct KeptMessages {
    private var time: UInt64 = 0
    private var count: UInt32 = 0
    /// The names that were given while it was not known yet what an earlier process left.
    private var names: Set<String> = []
    /// Whether what an earlier process left was taken up.
    private(set) var isTakenUp = false
    private var changes = 0
    /// Who waits until no more than so many changes are under way.
    private var waiter: (most: Int, answer: OneShot<Void>)?

    /// The name of the next message: behind all of this process, and behind those that were taken up.
    ///
    /// - Parameter now: The time of day, in nanoseconds since 1970.
    /// - Returns: The name.
    mutating func next(now: UInt64) -> String {
        // A clock that runs backwards changes no order.
        if now > time { (time, count) = (now, 0) } else { count += 1 }
        let name = "\(Self.digits(time, 20))-\(Self.digits(UInt64(count), 10))"
        if !isTakenUp { names.insert(name) }
        return name
    }

    /// Whether a message was kept by an earlier process.
    func isEarlier(_ name: String) -> Bool { !names.contains(name) }

    /// What an earlier process left was taken up; `last` is the last of its names.
    mutating func takenUp(_ last: String? = nil) {
        isTakenUp = true
        names = []
        let parts = last?.split(separator: "-") ?? []
        guard parts.count == 2, let time = UInt64(parts[0]), let count = UInt32(parts[1]) else { return }
        if (self.time, self.count) < (time, count) { (self.time, self.count) = (time, count) }
    }

    /// So many changes begin.
    mutating func began(_ count: Int = 1) { changes += count }

    /// A change is over; gives who is to be told of that.
    mutating func ended() -> OneShot<Void>? {
        changes -= 1
        guard let waiter, changes <= waiter.most else { return nil }
        self.waiter = nil
        return waiter.answer
    }

    /// Has one told when no more than so many changes are under way; false where there are no more now.
    mutating func wait(_ answer: OneShot<Void>, most: Int) -> Bool {
        guard changes > most else { return false }
        waiter = (most, answer)
        return true
    }

    private static func digits(_ number: UInt64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
