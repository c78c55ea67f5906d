import CWasmtime
import Synchronization

/// The type of a resource that the host defines, made by `LinkerInstance.defineResource`.
public struct HostResourceType: Hashable, Sendable {
    /// libwasmtime's number for the type, unique in the process.
    let id: UInt32

    private static let next = Atomic<UInt32>(1)

    init(id: UInt32) {
        self.id = id
    }

    init() {
        id = Self.next.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}

/// A handle of a resource: of the host's, which is a number of the host's choosing, or of a guest's.
///
/// See `wasmtime/component/val.h`, `wasmtime_component_resource_any_t`.
public struct ResourceHandle: Hashable, Sendable {
    /// Whose resource it is.
    enum Origin: Hashable, Sendable {
        case host(HostResourceType, representation: UInt32)
        case guest(GuestResource)
    }

    let origin: Origin
    /// Whether the handle owns the resource; a borrow is valid during the call that it came with only.
    public let isOwned: Bool

    init(origin: Origin, isOwned: Bool) {
        self.origin = origin
        self.isOwned = isOwned
    }

    /// Makes a handle of a host resource.
    ///
    /// - Parameters:
    ///   - type: the resource's type.
    ///   - representation: the number by which the host knows the resource, an index of a table say.
    ///   - isOwned: whether whoever receives the handle owns the resource.
    public init(_ type: HostResourceType, representation: UInt32, isOwned: Bool = true) {
        self.init(origin: .host(type, representation: representation), isOwned: isOwned)
    }

    /// The type of a host resource; `nil` for a guest's.
    public var hostType: HostResourceType? {
        if case .host(let type, _) = origin { type } else { nil }
    }

    /// The number by which the host knows a host resource; `nil` for a guest's.
    public var representation: UInt32? {
        if case .host(_, let representation) = origin { representation } else { nil }
    }
}

/// A guest's resource in the host's hands: inert without the guest's store.
@safe final class GuestResource: Sendable, Hashable {
    /// The store that the resource belongs to.
    let storeID: UInt64
    /// Only read after `init`, and read by the C functions that copy it.
    nonisolated(unsafe) let pointer: OpaquePointer

    init(copying pointer: OpaquePointer, storeID: UInt64) {
        self.storeID = storeID
        // A clone is never null.
        unsafe self.pointer = wasmtime_component_resource_any_clone(pointer)!
    }

    deinit {
        unsafe wasmtime_component_resource_any_delete(pointer)
    }

    static func == (left: GuestResource, right: GuestResource) -> Bool {
        left === right
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
