extension Store {
    /// How many of the guest's resources the host owns, those included that wait for their destructor.
    public var liveResourceCount: Int { core.dropList.count }

    /// Drops a guest's resource that the host owns, which runs the guest's destructor, in a synchronous store.
    ///
    /// A resource that is not dropped is dropped with the last copy of its handle, before the next call into the store.
    ///
    /// - Parameter handle: the handle; a host resource's handle is nothing to drop here.
    /// - Throws: `WasmError.Code.storeKind` for an asynchronous store, `WasmError.Code.wrongStore` for another store's
    ///   handle, `WasmError.Code.invalidValue` for one that is only lent or used up, `WasmError.Code.storeBusy`,
    ///   `WasmError.Code.storeFinished`, and what the guest's destructor fails with.
    public borrowing func drop(_ handle: ResourceHandle) throws(WasmError) {
        let core = core
        guard let resource = try core.guestResource(handle) else { return }
        try core.enterCall(.sync)
        try core.dropNow(resource)
    }

    /// Drops a guest's resource that the host owns, which runs the guest's destructor, in an asynchronous store.
    ///
    /// A resource that is not dropped is dropped with the last copy of its handle, before the next call into the store.
    ///
    /// - Parameter handle: the handle; a host resource's handle is nothing to drop here.
    /// - Throws: `WasmError.Code.storeKind` for a synchronous store, `WasmError.Code.unsupportedType` for a resource that
    ///   the component does not export by name, and otherwise as `drop(_:)`.
    public borrowing func dropAsync(_ handle: ResourceHandle) async throws(WasmError) {
        let core = core
        guard let resource = try core.guestResource(handle) else { return }
        try core.enterCall(.async)
        try await core.dropHeld(resource)
    }
}

extension StoreCore {
    /// The guest's resource behind a handle to drop; `nil` for a host's.
    fileprivate func guestResource(_ handle: ResourceHandle) throws(WasmError) -> GuestResource? {
        guard case .guest(let resource) = handle.origin else { return nil }
        guard resource.storeID == id else {
            throw WasmError(.wrongStore, "the handle belongs to another store; drop it there")
        }
        guard handle.isOwned else {
            throw WasmError(.invalidValue, "the handle is only lent; drop the resource that lent it")
        }
        return resource
    }
}
