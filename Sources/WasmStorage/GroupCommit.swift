internal import Synchronization
internal import WasmCore

/// Writes that wait while an earlier group is synced make one transaction: many actors share one sync.
///
/// A write is acknowledged after its group's sync, never before; a group whose commit fails is an error to every write in
/// it, and nothing of it is stored.
final class GroupCommit: Sendable {
    typealias Outcome = Result<Bool, StorageError>

    private struct Waiting: Sendable {
        let write: StorageWrite
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        /// How many of them are in groups that were taken already.
        var taken = 0
        var isDraining = false
    }

    private let state = Mutex(State())
    private let queue: SQLiteQueue
    private let largestGroup: Int
    private let totalQuota: UInt64

    init(_ queue: SQLiteQueue, largestGroup: Int, totalQuota: UInt64) {
        self.queue = queue
        self.largestGroup = max(1, largestGroup)
        self.totalQuota = totalQuota
    }

    /// How many writes wait for their group.
    var waitingCount: Int { state.withLock { $0.waiting.count - $0.taken } }

    /// Makes a change durable.
    ///
    /// - Returns: Whether the key was there before.
    func commit(_ write: StorageWrite) async throws(StorageError) -> Bool {
        let outcome: Outcome = await withCheckedContinuation { continuation in
            let mustDrain = state.withLock { state in
                state.waiting.append(Waiting(write: write, continuation: continuation))
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if mustDrain { queue.enqueue { self.drain($0) } }
        }
        return try outcome.get()
    }

    private func drain(_ connection: SQLiteConnection?) {
        while let group = nextGroup() {
            let outcomes = outcomes(of: group, connection)
            for (waiting, outcome) in zip(group, outcomes) { waiting.continuation.resume(returning: outcome) }
        }
    }

    private func nextGroup() -> [Waiting]? {
        state.withLock { state in
            let group = Array(state.waiting[state.taken...].prefix(largestGroup))
            state.taken += group.count
            // Not for each group: what lies behind it would be moved each time.
            if state.taken * 2 >= state.waiting.count {
                state.waiting.removeFirst(state.taken)
                state.taken = 0
            }
            state.isDraining = !group.isEmpty
            return group.isEmpty ? nil : group
        }
    }

    private func outcomes(of group: [Waiting], _ connection: SQLiteConnection?) -> [Outcome] {
        guard let connection else {
            return group.map { _ in .failure(.failed("the storage was closed; open it again")) }
        }
        let tables = StorageTables(connection: connection)
        do throws(SQLiteStorageError) {
            return try tables.transaction { () throws(SQLiteStorageError) in
                var outcomes: [Outcome] = []
                for waiting in group { outcomes.append(try tables.apply(waiting.write, totalQuota: totalQuota)) }
                return outcomes
            }
        } catch {
            return group.map { _ in .failure(.failed(error.message)) }
        }
    }
}
