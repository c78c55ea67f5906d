import CWasmtime

/// A resource that came from the guest, until its reader is done.
struct ReceivedResource {
    let handle: ResourceHandle
    /// Whether the reader asked for it; if not, nobody owns it afterwards.
    var isRead = false
}

extension StoreCore {
    /// Hands a received resource to its reader.
    func receive(_ any: OpaquePointer) -> ResourceHandle {
        let key = Int(bitPattern: any)
        let handle = unsafe received[key]?.handle ?? convert(any)
        received[key] = ReceivedResource(handle: handle, isRead: true)
        return handle
    }

    /// Converts every resource handle in a value, and remembers the result for its reader.
    ///
    /// A borrow among a host function's arguments must be converted exactly once and before the function returns, read or
    /// not: libwasmtime would finish the store.
    func receiveResources(in slot: UnsafeMutablePointer<CValue>) {
        typealias Kind = CConstants.ValueKind
        let value = unsafe slot.pointee
        switch unsafe value.kind {
        case Kind.resource:
            if let any = unsafe value.of.resource {
                received[Int(bitPattern: any)] = unsafe ReceivedResource(handle: convert(any))
            }
        case Kind.list: unsafe receiveResources(in: value.of.list.data, value.of.list.size)
        case Kind.tuple: unsafe receiveResources(in: value.of.tuple.data, value.of.tuple.size)
        case Kind.record:
            for index in 0..<(unsafe value.of.record.size) {
                unsafe withUnsafeMutablePointer(to: &value.of.record.data[index].val) {
                    unsafe receiveResources(in: $0)
                }
            }
        case Kind.map:
            for index in 0..<(unsafe value.of.map.size) {
                unsafe withUnsafeMutablePointer(to: &value.of.map.data[index].value) {
                    unsafe receiveResources(in: $0)
                }
            }
        case Kind.variant: unsafe value.of.variant.val.map { unsafe receiveResources(in: $0) }
        case Kind.option: unsafe value.of.option.map { unsafe receiveResources(in: $0) }
        case Kind.result: unsafe value.of.result.val.map { unsafe receiveResources(in: $0) }
        default: break
        }
    }

    private func receiveResources(in slots: UnsafeMutablePointer<CValue>?, _ count: Int) {
        guard let slots = unsafe slots else { return }
        for index in 0..<count {
            unsafe receiveResources(in: slots + index)
        }
    }

    /// Ends the reading: what the guest gave away and nobody read is dropped.
    func releaseReceived() {
        let all = received
        received.removeAll()
        for unread in all.values where !unread.isRead && unread.handle.isOwned {
            guard case .host(let type, let representation) = unread.handle.origin, type.isTableBacked else { continue }
            _ = hostResources.remove(representation, type)
        }
    }

    /// Converts libwasmtime's handle, which frees its place in libwasmtime's table if it is the host's resource.
    private func convert(_ any: OpaquePointer) -> ResourceHandle {
        let isOwned = unsafe wasmtime_component_resource_any_owned(any)
        if let host = unsafe hostResource(any) {
            return ResourceHandle(origin: host, isOwned: isOwned)
        }
        if !ownsResources {
            ownsResources = true
            dropList.core = self
        }
        let resource = unsafe GuestResource(copying: any, isOwned: isOwned, dropList)
        return ResourceHandle(origin: .guest(resource), isOwned: isOwned)
    }

    /// The host's resource behind a handle, which is used up by this; `nil` for a guest's.
    @discardableResult
    func hostResource(_ any: OpaquePointer) -> ResourceHandle.Origin? {
        var host: OpaquePointer?
        if let error = unsafe wasmtime_component_resource_any_to_host(context, any, &host) {
            unsafe wasmtime_error_delete(error)
        }
        guard let host = unsafe host else { return nil }
        defer { unsafe wasmtime_component_resource_host_delete(host) }
        let type = unsafe HostResourceType(id: wasmtime_component_resource_host_type(host))
        return unsafe .host(type, representation: wasmtime_component_resource_host_rep(host))
    }
}
