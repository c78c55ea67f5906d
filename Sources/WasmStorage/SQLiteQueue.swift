internal import Dispatch

/// A connection and the one queue that uses it: file access blocks, which no thread of Swift's pool may.
final class SQLiteQueue: Sendable {
    private let queue: DispatchQueue
    // Read and written on `queue` alone; `deinit` runs when nothing is left on it.
    nonisolated(unsafe) private var connection: SQLiteConnection?
    private let path: String

    init(_ label: String, _ connection: sending SQLiteConnection) {
        queue = DispatchQueue(label: label)
        path = connection.path
        unsafe self.connection = connection
    }

    /// Runs `body` after what was enqueued before.
    func enqueue(_ body: @escaping @Sendable (SQLiteConnection?) -> Void) {
        queue.async { unsafe body(self.connection) }
    }

    /// Runs `body` after what was enqueued before, and waits for its answer.
    func perform<Answer: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws(SQLiteStorageError) -> Answer
    ) async throws(SQLiteStorageError) -> Answer {
        let closed = SQLiteStorageError(.closed, "\(path): the storage was closed; open it again")
        let result: Result<Answer, SQLiteStorageError> = await withCheckedContinuation { continuation in
            enqueue { connection in
                continuation.resume(
                    returning: Result { () throws(SQLiteStorageError) in
                        guard let connection else { throw closed }
                        return try body(connection)
                    }
                )
            }
        }
        return try result.get()
    }

    /// Closes the connection after what was enqueued before; what comes later is refused.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                unsafe self.connection = nil
                continuation.resume()
            }
        }
    }
}
