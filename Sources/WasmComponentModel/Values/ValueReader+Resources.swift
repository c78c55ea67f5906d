import CWasmtime

extension ValueReader {
    /// Reads a handle of a resource.
    ///
    /// A guest's resource that is given to the host is dropped with the last copy of its handle; see
    /// `Store.dropAsync(_:)`. A host's resource that is given back stays in the store's table; `hostResource(_:)` takes
    /// it out.
    ///
    /// - Returns: the handle.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no handle.
    public func resource() throws(WasmError) -> ResourceHandle {
        try require(Kind.resource, "a resource")
        guard let any = unsafe slot.pointee.of.resource else { throw mismatch("a resource") }
        return unsafe store._withUnsafeGuaranteedRef { unsafe $0.receive(any) }
    }

    /// Reads a guest's resource that the guest gives to the host.
    ///
    /// - Returns: the resource.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no handle, a borrow, or a handle of the host's own.
    public func ownedResource() throws(WasmError) -> OwnedResource {
        let handle = try resource()
        guard handle.isOwned, case .guest(let resource) = handle.origin else {
            throw mismatch("a resource of the guest's that is given away")
        }
        return OwnedResource(resource)
    }

    /// Reads one of the host's own resources.
    ///
    /// A handle that the guest lends is looked up in the store's table; one that it gives back is taken out of it.
    ///
    /// - Parameter type: the type that `LinkerInstance.defineResource(_:type:)` defined.
    /// - Returns: the object.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no handle or of another type, and
    ///   `WasmError.Code.invalidValue` where the table holds no such object: a handle given back is read once.
    public func hostResource(_ type: HostResourceType) throws(WasmError) -> any AnyObject & Sendable {
        let handle = try resource()
        guard case .host(type, let key) = handle.origin else { throw mismatch("a resource of this type") }
        let object = unsafe store._withUnsafeGuaranteedRef { store in
            handle.isOwned ? store.hostResources.remove(key, type) : store.hostResources.object(key, type)
        }
        guard let object else {
            throw WasmError(.invalidValue, "the store's table holds no such resource; it was taken or dropped already")
        }
        return object
    }
}
