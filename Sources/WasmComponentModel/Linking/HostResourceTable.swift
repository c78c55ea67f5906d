/// The host's objects that the guest of one store knows by a handle.
///
/// The keys are the representations that libwasmtime keeps for the guest, which cannot forge or even see them. None is
/// used again before four billion others were, so that a handle which the host kept for too long finds nothing.
struct HostResourceTable {
    private var entries: [UInt32: Entry] = [:]
    private var next: UInt32 = 1
    private let limit: Int

    private struct Entry {
        let type: HostResourceType
        let object: any AnyObject & Sendable
    }

    init(limit: Int) {
        // A table that is not full always has a free key.
        self.limit = min(limit, Int(UInt32.max) - 1)
    }

    /// Puts an object into the table.
    mutating func insert(_ object: any AnyObject & Sendable, _ type: HostResourceType) throws(WasmError) -> UInt32 {
        guard entries.count < limit else {
            throw WasmError(
                .limitExceeded,
                "the guests hold \(entries.count) of the host's resources, as many as StoreLimits.hostResources allows"
            )
        }
        while entries[next] != nil {
            next &+= 1
        }
        defer { next &+= 1 }
        entries[next] = Entry(type: type, object: object)
        return next
    }

    /// The object under a key, if it is of this type.
    func object(_ key: UInt32, _ type: HostResourceType) -> (any AnyObject & Sendable)? {
        guard let entry = entries[key], entry.type == type else { return nil }
        return entry.object
    }

    /// Takes the object under a key out of the table, if it is of this type.
    mutating func remove(_ key: UInt32, _ type: HostResourceType) -> (any AnyObject & Sendable)? {
        guard let object = object(key, type) else { return nil }
        entries[key] = nil
        return object
    }
}
