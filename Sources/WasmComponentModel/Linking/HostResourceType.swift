import Synchronization

/// The type of a resource that the host defines, made by `LinkerInstance.defineResource` or for it.
public struct HostResourceType: Hashable, Sendable {
    /// libwasmtime's number for the type, unique in the process.
    let id: UInt32

    /// The bit of `id` that says that the representations are keys of the store's table.
    private static let tableBit: UInt32 = 1 << 31
    private static let next = Atomic<UInt32>(1)

    init(id: UInt32) {
        self.id = id
    }

    init(isTableBacked: Bool) {
        let number = Self.next.wrappingAdd(1, ordering: .relaxed).oldValue & ~Self.tableBit
        id = isTableBacked ? number | Self.tableBit : number
    }

    /// Makes a type for `LinkerInstance.defineResource(_:type:)`: one constant for each resource of the bindings.
    public init() {
        self.init(isTableBacked: true)
    }

    /// Whether the objects of this type stand in the store's table.
    var isTableBacked: Bool { id & Self.tableBit != 0 }
}
