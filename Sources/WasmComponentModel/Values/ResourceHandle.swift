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
