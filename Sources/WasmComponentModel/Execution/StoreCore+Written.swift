import CWasmtime

/// A resource that was written for the guest, until the call that it was written for has seen it.
@safe struct WrittenResource {
    /// What a writer made of a resource.
    enum Resource {
        case guest(GuestResource)
        /// The host's: the key in the store's table where the writer put an object there.
        case host(HostResourceType, entry: UInt32?)
    }

    let resource: Resource
    /// Whether the writer said that the guest is to own it.
    let isOwned: Bool
    /// libwasmtime's handle in the value that was written; only compared.
    let value: OpaquePointer
    /// A copy of that for a host's resource, which lives until this is settled.
    let copy: OpaquePointer?
    /// Whether it stands where the guest comes to own it.
    var isGiven = false

    init(_ resource: Resource, isOwned: Bool, _ value: OpaquePointer) {
        self.resource = resource
        self.isOwned = isOwned
        unsafe self.value = value
        if case .host = resource {
            unsafe copy = wasmtime_component_resource_any_clone(value)
        } else {
            unsafe copy = nil
        }
    }
}

extension StoreCore {
    /// Compares the resources among the arguments with the function's type and marks those that it takes.
    ///
    /// What libwasmtime would find wrong later would finish the store, and a handle that is both given away and kept
    /// would do so at its drop.
    func claimWritten(_ function: borrowing Func) throws(WasmError) {
        var next = 0
        for (index, parameter) in function.type.parameters.enumerated() where parameter.type.holdsResources {
            try unsafe claim(arguments + index, parameter.type, &next)
        }
        guard next == written.count else { throw Self.misplaced }
    }

    private func claim(
        _ slot: UnsafeMutablePointer<CValue>,
        _ type: ValueType,
        _ next: inout Int
    ) throws(WasmError) {
        let value = unsafe slot.pointee
        guard unsafe value.kind == type.valueKind else { throw Self.misplaced }
        switch type {
        case .own: try unsafe claim(value.of.resource, isGiven: true, &next)
        case .borrow: try unsafe claim(value.of.resource, isGiven: false, &next)
        case .list(let element):
            guard element.holdsResources, let data = unsafe value.of.list.data else { return }
            for index in 0..<(unsafe value.of.list.size) {
                try unsafe claim(data + index, element, &next)
            }
        case .tuple(let elements):
            guard unsafe value.of.tuple.size == elements.count else { throw Self.misplaced }
            for (index, element) in elements.enumerated() where element.holdsResources {
                try unsafe claim(value.of.tuple.data + index, element, &next)
            }
        case .record(let fields):
            guard unsafe value.of.record.size == fields.count else { throw Self.misplaced }
            for (index, field) in fields.enumerated() where field.type.holdsResources {
                try unsafe claim(copying: value.of.record.data[index].val, field.type, &next)
            }
        case .map(_, let element):
            guard element.holdsResources else { return }
            for index in 0..<(unsafe value.of.map.size) {
                try unsafe claim(copying: value.of.map.data[index].value, element, &next)
            }
        case .variant(let cases):
            let name = unsafe String(decoding: value.of.variant.discriminant.bytes, as: UTF8.self)
            let payload = cases.first { $0.name == name }?.payload
            try unsafe claim(payload: value.of.variant.val, payload, &next)
        case .option(let some): try unsafe claim(payload: value.of.option, some, &next)
        case .result(let ok, let error):
            try unsafe claim(payload: value.of.result.val, value.of.result.is_ok ? ok : error, &next)
        default: break
        }
    }

    private func claim(copying value: CValue, _ type: ValueType, _ next: inout Int) throws(WasmError) {
        var copy = unsafe value
        try unsafe withUnsafeMutablePointer(to: &copy) { (slot) throws(WasmError) in
            try unsafe claim(slot, type, &next)
        }
    }

    private func claim(
        payload: UnsafeMutablePointer<CValue>?,
        _ type: ValueType?,
        _ next: inout Int
    ) throws(WasmError) {
        guard let payload = unsafe payload, let type, type.holdsResources else { return }
        try unsafe claim(payload, type, &next)
    }

    private func claim(_ value: OpaquePointer?, isGiven: Bool, _ next: inout Int) throws(WasmError) {
        guard next < written.count, unsafe written[next].value == value else { throw Self.misplaced }
        if isGiven {
            try give(next)
        } else if case .guest(let resource) = written[next].resource, !resource.isLive {
            throw Self.gone
        }
        next += 1
    }

    /// Marks what a host function wrote as its result, which the guest comes to own.
    func giveWritten(from start: Int) throws(WasmError) {
        for index in start..<written.count {
            try give(index)
        }
    }

    private func give(_ index: Int) throws(WasmError) {
        guard written[index].isOwned else {
            throw WasmError(.invalidValue, "a resource that is only lent where the guest comes to own it; give it away")
        }
        if case .guest(let resource) = written[index].resource, !resource.give() { throw Self.gone }
        written[index].isGiven = true
    }

    private static var misplaced: WasmError {
        WasmError(.invalidValue, "a resource where the type has none, or one that was written over another")
    }

    private static var gone: WasmError {
        WasmError(.invalidValue, "the resource was given away or dropped already; a handle is used up by either")
    }

    /// Ends what was written for a call: what was lent comes back, and so does what was to be given where the guest did
    /// not see it.
    func settleWritten(from start: Int, areGiven: Bool) {
        guard written.count > start else { return }
        let settled = Array(written[start...])
        written.removeSubrange(start...)
        for item in settled {
            let isGone = areGiven && item.isGiven
            switch item.resource {
            case .guest(let resource):
                if item.isGiven, !areGiven { resource.keep() }
                if isGone { resource.dropList.count(-1) }
            case .host(let type, let entry):
                guard let copy = unsafe item.copy else { continue }
                if !isGone {
                    unsafe hostResource(copy)
                    if let entry { _ = hostResources.remove(entry, type) }
                }
                unsafe wasmtime_component_resource_any_delete(copy)
            }
        }
    }
}
