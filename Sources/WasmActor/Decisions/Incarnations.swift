/// The instances of one actor, by number: one, and in an upgrade its successor too. A generation may have several, one after
/// the other, for an actor that comes back into memory is of the same.
struct Incarnations {
    private var last: UInt64 = 0
    private var live: [UInt64] = []

    /// An instance is being made.
    ///
    /// - Returns: Its number.
    mutating func begin() -> UInt64 {
        last += 1
        live.append(last)
        return last
    }

    /// No instance is left.
    mutating func end() { live = [] }

    /// The successor has taken over.
    mutating func endFirst() { live.removeFirst() }

    /// The successor does not take over.
    mutating func endLast() { live.removeLast() }

    /// The instance that is there; nil where none is.
    var current: UInt64? { live.first }

    /// The instance that was made last: in an upgrade the successor.
    var latest: UInt64? { live.last }

    /// Whether an instance is there.
    func contains(_ number: UInt64) -> Bool { live.contains(number) }
}
