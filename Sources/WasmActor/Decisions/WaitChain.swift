/// A wait of one actor for another.
struct Wait<Node: Hashable>: Hashable {
    /// For whom.
    let target: Node
    /// Its place among all waits of the system, drawn in the moment in which it is published.
    let number: UInt64
}

extension Wait: Sendable where Node: Sendable {}

/// Who waits for whom: an actor waits for one other at the most, so the waits from any actor on are a chain.
enum WaitChain {
    /// The circle that a new wait has closed, where it is this wait that has to go.
    ///
    /// The asker publishes its own wait before it looks. Of the waits that make a circle the one with the largest number
    /// was published last, so whoever made it sees all the others, and it alone goes: however many look at the same
    /// moment, one of them is refused and the others go on.
    ///
    /// - Parameters:
    ///   - asker: Who waits now.
    ///   - wait: Its wait.
    ///   - next: What somebody waits for now; nil: for nobody.
    /// - Returns: The asker and all on the way back to it, in order; nil where the asker may wait.
    static func circle<Node: Hashable>(
        from asker: Node,
        _ wait: Wait<Node>,
        next: (Node) -> Wait<Node>?
    ) -> [Node]? {
        // A second look that finds the same waits says that they were all there at one moment.
        guard let first = walk(from: asker, wait, next), walk(from: asker, wait, next) == first else { return nil }
        return [asker] + first.dropLast().map(\.target)
    }

    /// The waits from the asker's own on, back to the asker.
    private static func walk<Node: Hashable>(
        from asker: Node,
        _ wait: Wait<Node>,
        _ next: (Node) -> Wait<Node>?
    ) -> [Wait<Node>]? {
        var chain = [wait]
        var seen: Set<Node> = []
        while let last = chain.last, last.target != asker {
            // A circle without the asker is not this asker's to report, and neither is one that a later wait has closed.
            guard seen.insert(last.target).inserted, let following = next(last.target), following.number < wait.number
            else { return nil }
            chain.append(following)
        }
        return chain
    }
}
