import Synchronization
import WasmCore

/// A moment of one supervisor.
public struct SupervisorSummary: Hashable, Sendable {
    /// Its name behind those of the supervisors above, as `shop/carts`.
    public let path: String
    /// Who is started again with a child that fell.
    public let strategy: Strategy
    /// What it is doing.
    public let status: ActorStatus
    /// 1 at first, one more each time that it began anew.
    public let generation: UInt64
    /// How often it started children again.
    public let restarts: UInt64
}

/// A moment of all supervisors and actors of a system: who is whose child, and what each is doing.
public struct SupervisionTree: Hashable, Sendable, CustomStringConvertible {
    /// A supervisor or an actor, with its children.
    @nonexhaustive public indirect enum Node: Hashable, Sendable, CustomStringConvertible {
        /// A supervisor, and its children in the order of their start.
        case supervisor(SupervisorSummary, children: [Node])
        /// An actor, and the children that its guest has spawned, in the order of their start.
        case actor(ActorSummary, children: [Node])

        /// What is below.
        public var children: [Node] {
            switch self {
            case .supervisor(_, let children), .actor(_, let children): children
            }
        }

        /// A line for each, the children below their parent.
        public var description: String { lines(first: "", rest: "").joined(separator: "\n") }

        private var line: String {
            switch self {
            case .supervisor(let summary, _):
                let name = summary.path.split(separator: "/").last.map(String.init) ?? summary.path
                return "\(name) [\(summary.strategy)] \(summary.status), generation \(summary.generation), "
                    + "restarts \(summary.restarts)"
            case .actor(let summary, _):
                return "\(summary.id) \(summary.status), generation \(summary.generation), "
                    + "restarts \(summary.restarts), mailbox \(summary.mailboxDepth)"
            }
        }

        fileprivate func lines(first: String, rest: String) -> [String] {
            var lines = [first + line]
            for (index, child) in children.enumerated() {
                let isLast = index == children.count - 1
                lines += child.lines(first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "))
            }
            return lines
        }
    }

    /// The trees in the order of their start, then the actors that no supervisor watches over, in the order of their
    /// ids.
    public let roots: [Node]

    /// A line for each supervisor and actor, the children below their parent.
    public var description: String { roots.map(\.description).joined(separator: "\n") }
}

extension ActorSystem {
    /// All supervisors and actors, as they are now.
    public var tree: SupervisionTree {
        let free = environment.registry.cells.filter { $0.parent == nil }.sorted { $0.id < $1.id }
        return SupervisionTree(roots: environment.trees.roots.map(\.node) + free.map(\.node))
    }
}

extension ActorCell {
    /// This actor and its guest's children.
    var node: SupervisionTree.Node { .actor(summary, children: state.withLock { $0.children }?.nodes ?? []) }
}

extension Supervisor {
    var summary: SupervisorSummary {
        state.withLock { state in
            SupervisorSummary(
                path: path,
                strategy: spec.strategy,
                status: state.machine.status,
                generation: state.generation,
                restarts: state.machine.restarts
            )
        }
    }

    /// The children that are there, in the order of their start.
    var childNodes: [SupervisionTree.Node] {
        let slots = state.withLock { state in state.machine.children.compactMap { state.slots[$0.number] } }
        return slots.compactMap { $0.cell?.node ?? $0.supervisor?.node }
    }

    /// This supervisor and its children.
    var node: SupervisionTree.Node { .supervisor(summary, children: childNodes) }
}
