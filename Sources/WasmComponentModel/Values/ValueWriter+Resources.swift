import CWasmtime

extension ValueWriter {
    /// Writes a handle of a resource.
    ///
    /// - Parameter handle: the handle; a guest's handle must belong to the store that the value goes to. One that the host
    ///   owns is used up where the type says `own`, and lent where it says `borrow`.
    public mutating func resource(_ handle: ResourceHandle) {
        begin(Kind.bool)
        switch handle.origin {
        case .guest(let resource):
            let storeID = unsafe store._withUnsafeGuaranteedRef(\.id)
            guard resource.storeID == storeID else {
                return fail(.wrongStore, "the handle belongs to another store; pass it to the instance that made it")
            }
            guard resource.isLive else {
                return fail(.invalidValue, "the resource was given away or dropped already; each uses a handle up")
            }
            guard let any = unsafe wasmtime_component_resource_any_clone(resource.pointer) else { return }
            unsafe set(any, .guest(resource), isOwned: handle.isOwned)
        case .host(let type, let representation):
            guard !type.isTableBacked || isInTable(representation, type) else {
                return fail(.invalidValue, "the store's table holds no such resource; it was taken or dropped")
            }
            host(type, representation, entry: nil, isOwned: handle.isOwned)
        }
    }

    /// Writes a handle of a resource that must be had first: out of a box, say.
    ///
    /// - Parameter handle: gets the handle; what it throws is the error of the call.
    public mutating func resource(_ handle: () throws(WasmError) -> ResourceHandle) {
        do throws(WasmError) {
            resource(try handle())
        } catch {
            begin(Kind.bool)
            fail(error.code, error.message)
        }
    }

    /// Puts an object into the store's table and gives the guest a handle that owns it.
    ///
    /// The object leaves the table when the guest drops the handle or gives it back, and when the store goes. A full
    /// table is `WasmError.Code.limitExceeded` of the call.
    ///
    /// - Parameters:
    ///   - object: the object.
    ///   - type: the type that `LinkerInstance.defineResource(_:type:)` defined.
    public mutating func hostResource(_ object: any AnyObject & Sendable, _ type: HostResourceType) {
        host(object, type, isOwned: true)
    }

    /// Lends the guest an object for the duration of a call.
    ///
    /// The object leaves the store's table at the end of the call.
    ///
    /// - Parameters:
    ///   - object: the object.
    ///   - type: the type that `LinkerInstance.defineResource(_:type:)` defined.
    public mutating func lentHostResource(_ object: any AnyObject & Sendable, _ type: HostResourceType) {
        host(object, type, isOwned: false)
    }

    private mutating func host(_ object: any AnyObject & Sendable, _ type: HostResourceType, isOwned: Bool) {
        begin(Kind.bool)
        let key = unsafe store._withUnsafeGuaranteedRef { store -> UInt32? in
            do throws(WasmError) {
                return try store.hostResources.insert(object, type)
            } catch {
                fail(error.code, error.message)
                return nil
            }
        }
        if let key { host(type, key, entry: key, isOwned: isOwned) }
    }

    private func isInTable(_ key: UInt32, _ type: HostResourceType) -> Bool {
        unsafe store._withUnsafeGuaranteedRef { $0.hostResources.object(key, type) != nil }
    }

    private mutating func host(_ type: HostResourceType, _ representation: UInt32, entry: UInt32?, isOwned: Bool) {
        let host = unsafe wasmtime_component_resource_host_new(isOwned, representation, type.id)
        defer { unsafe wasmtime_component_resource_host_delete(host) }
        var any: OpaquePointer?
        let error = unsafe store._withUnsafeGuaranteedRef { store in
            unsafe wasmtime_component_resource_host_to_any(store.context, host, &any)
        }
        if let error = unsafe error {
            if let entry { unsafe store._withUnsafeGuaranteedRef { _ = $0.hostResources.remove(entry, type) } }
            let text = unsafe CError(taking: error).text
            return fail(.limitExceeded, "the store takes no further resource handle: \(text)")
        }
        if let any = unsafe any { unsafe set(any, .host(type, entry: entry), isOwned: isOwned) }
    }

    private mutating func set(_ any: OpaquePointer, _ resource: WrittenResource.Resource, isOwned: Bool) {
        unsafe slot.pointee.of.resource = any
        unsafe slot.pointee.kind = Kind.resource
        unsafe store._withUnsafeGuaranteedRef {
            unsafe $0.written.append(WrittenResource(resource, isOwned: isOwned, any))
        }
    }
}
