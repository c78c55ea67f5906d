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

    /// Reads one of the host's own resources as the type that it has in generated bindings.
    ///
    /// - Parameters:
    ///   - type: the type that `LinkerInstance.defineResource(_:type:)` defined.
    ///   - object: the protocol or class that every object of this type conforms to.
    /// - Returns: the object.
    /// - Throws: what `hostResource(_:)` throws, and `WasmError.Code.typeMismatch` where somebody wrote an object of
    ///   another kind under this type.
    public func hostResource<Object>(_ type: HostResourceType, as object: Object.Type) throws(WasmError) -> Object {
        guard let object = try hostResource(type) as? Object else {
            throw WasmError(.typeMismatch, "the host's resource is no \(Object.self); write only such under its type")
        }
        return object
    }
}
