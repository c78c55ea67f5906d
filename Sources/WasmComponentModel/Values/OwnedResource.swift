/// A guest's resource that the host owns.
///
/// The guest's destructor runs exactly once: at `drop()`, or, where the value just goes, before the next call into its
/// store. It does not run when the store ends first. A resource keeps nothing of its store alive.
///
/// See *Canonical ABI*, `resource.drop`, in the component model's `CanonicalABI.md`.
public struct OwnedResource: ~Copyable, Sendable {
    /// `nil` once it is taken or dropped.
    private var resource: GuestResource?
    /// The resource's handle, to lend it as an argument; worthless when the resource is gone.
    public let handle: ResourceHandle

    init(_ resource: GuestResource) {
        self.resource = resource
        handle = ResourceHandle(origin: .guest(resource), isOwned: false)
    }

    deinit {
        resource?.abandon()
    }

    /// Gives the resource away.
    ///
    /// - Returns: the handle to write where a parameter owns its resource. If it is not passed on after all, the resource
    ///   is dropped with the last copy of the handle.
    public consuming func take() -> ResourceHandle {
        // Never nil: only this method and drop() set it, and each consumes the value.
        let taken = resource!
        resource = nil
        return ResourceHandle(origin: .guest(taken), isOwned: true)
    }

    /// Runs the guest's destructor now.
    ///
    /// A store that ended needs none, and there is no error. While the store runs a call the destructor runs before the
    /// next one.
    ///
    /// - Throws: what the destructor fails with, or another one that waited: a trap finishes the store. Besides
    ///   `WasmError.Code.unsupportedType` for a resource of an asynchronous store that its component does not export by
    ///   name; it lives as long as the store.
    public consuming func drop() async throws(WasmError) {
        let dropped = take()
        guard case .guest(let resource) = dropped.origin else { return }
        try await resource.dropList.core?.drop(resource)
    }
}
