import WasmCore

/// Who subscribes to what, as a tree of the patterns' segments: finding a topic's subscribers takes as many steps as the
/// topic has segments, however many subscriptions there are.
struct TopicTree<Subscriber: Hashable> {
    private struct Node {
        /// By the segment's bytes: two texts that only look alike are two.
        var children: [[UInt8]: Node] = [:]
        /// Below `*`, which is one node at the most.
        var any: [Node] = []
        /// Whose pattern ends here.
        var here: Set<Subscriber> = []
        /// Whose pattern ends here with `**`.
        var rest: Set<Subscriber> = []

        var isEmpty: Bool { children.isEmpty && any.isEmpty && here.isEmpty && rest.isEmpty }
    }

    private var root = Node()
    private var subscriptions: [Subscriber: Subscriptions] = [:]
    private var last: UInt64 = 0

    /// What one subscriber subscribes to.
    private struct Subscriptions {
        /// Its place among all, by when it came.
        let place: UInt64
        var patterns: Set<Pattern> = []
    }

    /// How many subscriptions one subscriber has.
    func count(of subscriber: Subscriber) -> Int { subscriptions[subscriber]?.patterns.count ?? 0 }

    /// Whether nobody subscribes to anything.
    var isEmpty: Bool { subscriptions.isEmpty }

    /// Takes up a subscription; says whether it is new.
    mutating func subscribe(_ subscriber: Subscriber, to pattern: Pattern) -> Bool {
        if subscriptions[subscriber] == nil {
            last += 1
            subscriptions[subscriber] = Subscriptions(place: last)
        }
        guard subscriptions[subscriber]?.patterns.insert(pattern).inserted == true else { return false }
        Self.change(&root, Self.segments(of: pattern.description)[...]) { $0.insert(subscriber) }
        return true
    }

    /// Ends a subscription; says whether there was one.
    mutating func unsubscribe(_ subscriber: Subscriber, from pattern: Pattern) -> Bool {
        guard subscriptions[subscriber]?.patterns.remove(pattern) != nil else { return false }
        if count(of: subscriber) == 0 { subscriptions[subscriber] = nil }
        Self.change(&root, Self.segments(of: pattern.description)[...]) { $0.remove(subscriber) }
        return true
    }

    /// Ends every subscription of one subscriber.
    mutating func remove(_ subscriber: Subscriber) {
        for pattern in subscriptions[subscriber]?.patterns ?? [] { _ = unsubscribe(subscriber, from: pattern) }
    }

    /// Everybody with a pattern that matches the topic, each once, in the order in which they came.
    func subscribers(of topic: String) -> [Subscriber] {
        var found: Set<Subscriber> = []
        // At most one node of each depth for each way to read the segments as `*` or as themselves.
        var nodes = [root]
        let segments = Self.segments(of: topic)
        for (index, segment) in segments.enumerated() {
            var next: [Node] = []
            for node in nodes {
                found.formUnion(node.rest)
                if let child = node.children[segment] { next.append(child) }
                next += node.any
            }
            nodes = next
            if index == segments.count - 1 {
                for node in nodes { found.formUnion(node.here) }
            }
        }
        return found.map { (place: subscriptions[$0]?.place ?? 0, subscriber: $0) }.sorted { $0.place < $1.place }
            .map(\.subscriber)
    }

    private static func change(
        _ node: inout Node,
        _ segments: ArraySlice<[UInt8]>,
        _ body: (inout Set<Subscriber>) -> Void
    ) {
        guard let segment = segments.first else { return body(&node.here) }
        let below = segments.dropFirst()
        switch segment {
        case Array("**".utf8):
            body(&node.rest)
        case Array("*".utf8):
            if node.any.isEmpty { node.any.append(Node()) }
            change(&node.any[0], below, body)
            if node.any[0].isEmpty { node.any = [] }
        default:
            change(&node.children[segment, default: Node()], below, body)
            if node.children[segment]?.isEmpty == true { node.children[segment] = nil }
        }
    }

    private static func segments(of text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    }
}
