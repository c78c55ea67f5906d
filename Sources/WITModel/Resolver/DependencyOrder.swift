/// Puts things behind those that they depend on. It does not recurse: a chain may be as long as the text allows.
struct DependencyOrder<Label> {
    /// What one thing needs, and a label for the place that says so.
    struct Edge {
        let target: Int
        let label: Label
    }

    /// Every index once, each behind those that it depends on.
    private(set) var order: [Int] = []
    /// The edges that close a circle; without them the order is good.
    private(set) var closing: [Edge] = []

    private enum Progress { case pending, running, done }

    init(_ edges: [[Edge]]) {
        var states = [Progress](repeating: .pending, count: edges.count)
        order.reserveCapacity(edges.count)
        for root in edges.indices where states[root] == .pending {
            states[root] = .running
            var stack = [(node: root, next: 0)]
            while let top = stack.last {
                guard top.next < edges[top.node].count else {
                    states[top.node] = .done
                    order.append(top.node)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let edge = edges[top.node][top.next]
                switch states[edge.target] {
                case .done: break
                case .running: closing.append(edge)
                case .pending:
                    states[edge.target] = .running
                    stack.append((edge.target, 0))
                }
            }
        }
    }
}
