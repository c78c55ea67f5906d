import WasmCore

/// Saved states in storage: one area for all actors, a key for each.
///
/// A value is the state's version, four bytes of it with the lowest first, and then its data. What is for the time out of
/// memory alone lies beside what outlives the actor: neither is ever taken for the other, nor written over it.
struct SnapshotStore: Sendable {
    let storage: any ComponentStorage

    /// What lies in storage for an actor.
    enum Found: Sendable {
        case nothing
        case state(SavedState)
        /// Nothing that was written here; its size in bytes.
        case damaged(Int)
    }

    /// Keeps a state in the place of an earlier one.
    func save(_ state: SavedState, of id: ActorID, outlivesIt: Bool) async throws(StorageError) {
        let version = (0..<4).map { UInt8(truncatingIfNeeded: state.version >> (8 * $0)) }
        try await storage.set(
            Self.key(id, outlivesIt),
            to: version + state.data,
            in: .snapshots,
            quota: UInt64(Int64.max)
        )
    }

    /// The state that was kept last.
    func load(_ id: ActorID, outlivesIt: Bool) async throws(StorageError) -> Found {
        guard let bytes = try await storage.get(Self.key(id, outlivesIt), in: .snapshots) else { return .nothing }
        guard bytes.count >= 4 else { return .damaged(bytes.count) }
        let version = bytes.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return .state(SavedState(version: version, data: Array(bytes.dropFirst(4))))
    }

    /// Forgets the state of an actor; where there is none, nothing.
    func remove(_ id: ActorID, outlivesIt: Bool) async throws(StorageError) {
        _ = try await storage.delete(Self.key(id, outlivesIt), in: .snapshots)
    }

    /// No id has this sign.
    private static func key(_ id: ActorID, _ outlivesIt: Bool) -> String { outlivesIt ? "\(id)" : "\(id)#" }
}
