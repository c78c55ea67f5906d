internal import WasmCore

/// A change of one key, as it waits for its group.
struct StorageWrite: Sendable {
    enum Change: Sendable {
        case set([UInt8])
        case delete
        case compareAndSet(expected: [UInt8]?, replacement: [UInt8]?)
    }

    let key: [UInt8]
    let change: Change
    let scope: StorageScope
    /// The bytes that the area may hold.
    let quota: UInt64

    init(_ key: String, _ change: Change, in scope: StorageScope, quota: UInt64 = .max) {
        self.key = Array(key.utf8)
        self.change = change
        self.scope = scope
        self.quota = quota
    }

    /// What to do, given the value that is there.
    func decide(given current: [UInt8]?) -> Result<Step, StorageError> {
        switch change {
        case .set(let value): .success(.store(value))
        case .delete: .success(current == nil ? .nothing : .remove)
        case .compareAndSet(let expected, let replacement):
            if current != expected {
                .failure(.conflict)
            } else if let replacement {
                .success(.store(replacement))
            } else {
                .success(current == nil ? .nothing : .remove)
            }
        }
    }

    enum Step: Hashable, Sendable {
        case store([UInt8]), remove, nothing
    }

    /// The largest that a total may become, or why the change is refused.
    ///
    /// - Parameters:
    ///   - total: What the area, or the file, holds now.
    ///   - old: The bytes that the change frees.
    ///   - new: The bytes that it adds.
    ///   - quota: The most that may be held.
    /// - Returns: The new total. What is over its quota already, because that shrank, may still shrink.
    static func total(
        _ total: UInt64,
        replacing old: UInt64,
        with new: UInt64,
        quota: UInt64
    ) -> Result<UInt64, StorageError> {
        let next = total - min(old, total) + new
        guard next <= quota || new <= old else { return .failure(.quota(SizeLimit(size: next, limit: quota))) }
        return .success(next)
    }
}
