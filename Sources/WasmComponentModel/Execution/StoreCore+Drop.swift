import CWasmtime

extension StoreCore {
    /// Drops a resource that the host owns, or leaves it to whoever has the store.
    func drop(_ resource: GuestResource) async throws(WasmError) {
        do {
            try enterCall(kind)
        } catch {
            if error.code == .storeBusy { resource.abandon() }
            return
        }
        switch kind {
        case .sync: try dropNow(resource)
        case .async: try await dropHeld(resource)
        }
    }

    /// Drops a resource in this synchronous store, which is held, and gives the store back.
    func dropNow(_ resource: GuestResource) throws(WasmError) {
        try abandon(resource)
        try emptyDropListNow()
        leave()
    }

    /// Drops a resource in this asynchronous store, which is held, and gives the store back.
    func dropHeld(_ resource: GuestResource) async throws(WasmError) {
        if resource.isLive, unsafe ready(destructors).function(for: resource.pointer) == nil {
            leave()
            throw WasmError(
                .unsupportedType,
                "the component does not export the resource by name, so that its destructor cannot be run; "
                    + "export the interface that holds it, or close it with a function of the guest's"
            )
        }
        try abandon(resource)
        try await emptyDropList()
        leave()
    }

    private func abandon(_ resource: GuestResource) throws(WasmError) {
        guard resource.abandon() else {
            leave()
            throw WasmError(.invalidValue, "the resource was given away or dropped already, or it is only lent")
        }
    }

    /// Runs the destructors of what waits in an asynchronous store; the store is held.
    func emptyDropList() async throws(WasmError) {
        while let future = unsafe startNextDrop() {
            if unsafe try poll(future) != .ready {
                unsafe try await resume(future)
            }
            endDrop()
        }
    }

    /// Starts the next destructor that waits; `nil` where none does.
    ///
    /// A resource without a destructor function is forgotten: it lives as long as the store, and stays counted.
    func startNextDrop() -> OpaquePointer? {
        while let any = unsafe dropList.next() {
            let destructors = ready(destructors)
            guard let function = unsafe destructors.function(for: any) else {
                unsafe wasmtime_component_resource_any_delete(any)
                continue
            }
            unsafe destructors.setArgument(any)
            unsafe self.function.pointee = function
            unsafe error.pointee = nil
            // Never null: errors come through the error slot.
            return unsafe wasmtime_component_func_call_async(
                self.function,
                context,
                destructors.argument,
                1,
                result,
                0,
                error
            )!
        }
        return nil
    }

    /// Ends a drop whose destructor has run.
    func endDrop() {
        destructors?.clear()
        dropList.count(-1)
    }

    /// Runs the destructors of what waits in a synchronous store; the store is held.
    func emptyDropListNow() throws(WasmError) {
        while let any = unsafe dropList.next() {
            defer { unsafe wasmtime_component_resource_any_delete(any) }
            if let error = unsafe wasmtime_component_resource_any_drop(context, any) {
                throw unsafe fail(error)
            }
            dropList.count(-1)
        }
    }

    /// Runs the destructors of what waits in a synchronous store that holds the arguments of a call.
    func emptyDropListNow(before function: borrowing Func) throws(WasmError) {
        do {
            try emptyDropListNow()
        } catch {
            clearArguments(function)
            throw error
        }
    }

    private func ready(_ known: Destructors?) -> Destructors {
        if let known { return known }
        let destructors = Destructors(self)
        self.destructors = destructors
        return destructors
    }
}
