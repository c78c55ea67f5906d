import Synchronization
import WasmCore

/// How many actors live because of one that the host spawned: its children, their children and so on.
final class Family: Sendable {
    let root: ActorID
    let limit: Int
    private let count = Mutex(0)

    init(root: ActorID, limit: Int) {
        self.root = root
        self.limit = limit
    }

    /// Counts one more; false where that would be too many.
    func join() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    /// One of them is gone.
    func leave() { count.withLock { $0 -= 1 } }

    /// Why there may not be one more.
    var refusal: String { "actors that live because of \(root) (\(limit))" }
}

/// What the children of one guest are counted in: their parent, and the family that it belongs to.
struct Household: Sendable {
    let parent: ActorCell
    let family: Family

    /// Counts one more child; false where the family would be too many.
    func join() -> Bool {
        guard family.join() else { return false }
        parent.state.withLock { $0.childCount += 1 }
        return true
    }

    /// A child is gone.
    func leave() {
        family.leave()
        parent.state.withLock { $0.childCount -= 1 }
    }
}
