internal import FaultyFileSystem
import Foundation

/// A file system layer that counts and fails, for one test.
package final class FaultyDisk: Sendable {
    package let name = "faulty-\(UUID().uuidString)"
    // The layer's own locks guard it; it lives as long as the process.
    nonisolated(unsafe) private let system: OpaquePointer

    package init() {
        system = faulty_file_system_register(name)
    }

    package var syncs: Int { Int(faulty_file_system_syncs(system)) }
    package func failSyncs(_ fails: Bool) { faulty_file_system_fail_syncs(system, fails ? 1 : 0) }
    package func fill(_ isFull: Bool) { faulty_file_system_fill(system, isFull ? 1 : 0) }
    package func holdSyncs(_ holds: Bool) { faulty_file_system_hold_syncs(system, holds ? 1 : 0) }
    /// Ends the process in place of the n-th write or sync from now.
    package func kill(at operation: Int) { faulty_file_system_kill_at(system, Int32(operation)) }
    /// Blocks until a sync is held.
    package func awaitHeldSync() { faulty_file_system_await_held_sync(system) }
}
