internal import Synchronization
public import WasmCore

/// Keeps the last records in memory and counts them all.
public final class BoundedAuditLog: AuditLog {
    private struct State {
        var records: [AuditRecord] = []
        var head = 0
        var denials: UInt64 = 0
        var grants: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    /// Whether decisions to allow are recorded too.
    public let recordsGrants: Bool

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - capacity: How many records it keeps [1,024]; the oldest go first, the counts stay.
    ///   - recordsGrants: Whether decisions to allow are recorded too [false].
    public init(capacity: Int = 1024, recordsGrants: Bool = false) {
        self.capacity = max(1, capacity)
        self.recordsGrants = recordsGrants
    }

    /// Takes one record.
    public func record(_ record: AuditRecord) {
        state.withLock { state in
            if record.isAllowed { state.grants += 1 } else { state.denials += 1 }
            if state.records.count < capacity {
                state.records.append(record)
            } else {
                state.records[state.head] = record
                state.head = (state.head + 1) % capacity
            }
        }
    }

    /// The records that are kept, the oldest first.
    public var records: [AuditRecord] {
        state.withLock { Array($0.records[$0.head...] + $0.records[..<$0.head]) }
    }

    /// How many calls were denied since the start.
    public var denialCount: UInt64 { state.withLock { $0.denials } }

    /// How many calls were allowed since the start; 0 where they are not recorded.
    public var grantCount: UInt64 { state.withLock { $0.grants } }
}
