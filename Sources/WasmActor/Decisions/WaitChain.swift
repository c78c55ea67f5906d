/// Who waits for whom: an actor waits for one other at the most, so the waits from any actor on are a chain.
enum WaitChain {
    /// The circle that a new wait would close.
    ///
    /// The asker has to publish its own wait before it looks: of two askers that look at the same moment at least one
    /// then sees the other.
    ///
    /// - Parameters:
    ///   - asker: Who is about to wait.
    ///   - target: For whom.
    ///   - next: For whom somebody waits now; nil: for nobody.
    /// - Returns: The asker and all on the way back to it, in order; nil where there is no circle.
    static func circle<Node: Hashable>(from asker: Node, to target: Node, next: (Node) -> Node?) -> [Node]? {
        var chain = [asker]
        var seen: Set<Node> = [asker]
        var node: Node? = target
        while let current = node {
            if current == asker { return chain }
            // A circle without the asker is not this asker's to report.
            guard seen.insert(current).inserted else { return nil }
            chain.append(current)
            node = next(current)
        }
        return nil
    }
}
