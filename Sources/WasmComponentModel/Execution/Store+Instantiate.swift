import CWasmtime

extension Store {
    /// Instantiates a component, on this thread and to the end of its start functions.
    ///
    /// - Parameters:
    ///   - component: the component; a store holds one instance.
    ///   - linker: what the component may import.
    /// - Returns: the instance.
    /// - Throws: before the guest runs `WasmError.Code.missingImport`, `.typeMismatch`, `.unsupportedType`, `.wrongEngine`,
    ///   `.storeKind`, `.storeBusy` and `.storeFinished`; then `.limitExceeded`, `.trap` and what else ends a guest,
    ///   which finish the store.
    public borrowing func instantiate(
        _ component: Component,
        linker: PreparedLinker
    ) throws(WasmError) -> Instance {
        let core = core
        try core.beginInstantiation(.sync, component, linker)
        let error = unsafe wasmtime_component_linker_instantiate(
            linker.pointer,
            core.context,
            component.pointer,
            core.instance
        )
        if let error = unsafe error { throw unsafe core.fail(error) }
        return core.endInstantiation(component)
    }

    /// Instantiates a component.
    ///
    /// Start functions run in slices, as calls do.
    ///
    /// - Parameters:
    ///   - component: the component; a store holds one instance.
    ///   - linker: what the component may import.
    /// - Returns: the instance.
    /// - Throws: before the guest runs `WasmError.Code.missingImport`, `.typeMismatch`, `.unsupportedType`, `.wrongEngine`,
    ///   `.storeKind`, `.storeBusy` and `.storeFinished`; then `.limitExceeded`, `.trap` and what else ends a guest,
    ///   which finish the store.
    public borrowing func instantiateAsync(
        _ component: Component,
        linker: PreparedLinker
    ) async throws(WasmError) -> Instance {
        let core = core
        try core.beginInstantiation(.async, component, linker)
        unsafe core.error.pointee = nil
        // Never null: errors come through the error slot.
        let future = unsafe wasmtime_component_linker_instantiate_async(
            linker.pointer,
            core.context,
            component.pointer,
            core.instance,
            core.error
        )!
        if unsafe try core.poll(future) != .ready {
            unsafe try await core.resume(future)
        }
        return core.endInstantiation(component)
    }
}

extension StoreCore {
    /// Makes sure that libwasmtime can instantiate the component here, and takes the store.
    fileprivate func beginInstantiation(
        _ kind: StoreConfiguration.Kind,
        _ component: Component,
        _ linker: PreparedLinker
    ) throws(WasmError) {
        guard component.engine === engine, linker.engine === engine else {
            throw WasmError(.wrongEngine, "store, component and linker belong to different engines; make all of one")
        }
        try linker.require(component)
        if linker.isAsync, kind == .sync {
            throw WasmError(
                .storeKind,
                "the linker has asynchronous host functions, which a synchronous store cannot wait for; make the store async"
            )
        }
        try enterCall(kind)
        guard instantiated == nil else {
            leave()
            throw WasmError(.limitExceeded, "the store holds an instance already; make a store for each")
        }
        if linker.offersWASI, !wasiIsSet {
            do {
                try unsafe wasi.apply(to: context)
                wasiIsSet = true
            } catch {
                leave()
                throw error
            }
        }
    }

    fileprivate func endInstantiation(_ component: Component) -> Instance {
        instantiated = component
        defer { leave() }
        return unsafe Instance(component: component, storeID: id, value: instance.pointee)
    }
}
