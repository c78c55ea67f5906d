/// Who of many was used least recently, without a step at each use: everybody's last use is read in one go, and holds for
/// those that were not used since.
struct LeastRecentlyUsed<Member: Sendable>: Sendable {
    /// A member as it was when all were read.
    struct Candidate: Sendable {
        let member: Member
        let lastUse: LastUse
    }

    /// The candidates, the most recent first.
    private var candidates: [Candidate] = []

    /// Takes up everybody's last use.
    mutating func refill(_ members: [Candidate]) {
        candidates = members.sorted { $0.lastUse > $1.lastUse }
    }

    /// The next that may go, unless it was used since; nil where all have to be read anew.
    mutating func popFirst() -> Candidate? { candidates.popLast() }
}

/// When an actor had something to do last; of two at the same time the later number is the later one.
struct LastUse: Comparable, Sendable {
    let time: Duration
    let number: UInt64

    static func < (left: LastUse, right: LastUse) -> Bool {
        (left.time, left.number) < (right.time, right.number)
    }
}
