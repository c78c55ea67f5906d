internal import WasmBindings
internal import WasmComponentModel
internal import WasmCore

extension WasmEngine {
    /// Makes the store of an instance, with every limit set before any code of the guest runs.
    func instantiate(
        _ component: CompiledComponent,
        host: HostState
    ) async throws(RuntimeError) -> ComponentInstance.Resident {
        // A start function needs the ticks too.
        try lifetime.storeBegins()
        host.turn.begin(now: host.services.clock.now)
        do throws(WasmError) {
            let store = try Store(engine: engine, configuration: storeConfiguration(component, host: host))
            host.interruption.observe { [handle = store.interruptHandle] in handle.interrupt() }
            let instance = try await store.instantiateAsync(component.component, linker: component.linker)
            let lifecycle = try LifecycleExports(store: store, instance: instance)
            let snapshot = component.isDurable ? try SnapshotExports(store: store, instance: instance) : nil
            return ComponentInstance.Resident(
                store: store,
                instance: instance,
                lifecycle: lifecycle,
                snapshot: snapshot,
                lifetime: lifetime
            )
        } catch {
            lifetime.storeEnds()
            throw RuntimeError(turn: error, host: host, export: nil)
        }
    }

    private func storeConfiguration(_ component: CompiledComponent, host: HostState) -> StoreConfiguration {
        let limits = host.limits
        var configuration = StoreConfiguration()
        configuration.limits.memoryBytes = Int(limits.memoryBytes)
        configuration.limits.tableElements = Int(limits.tableElements)
        configuration.limits.instances = Int(limits.instances)
        configuration.limits.memories = max(4, Int(limits.instances / 4))
        configuration.fuel = limits.fuelPerTurn
        configuration.data = host
        configuration.observesCancellation = false
        configuration.onSlice = { [counters] _ in
            counters.countSlice()
            return host.endSlice() ? .continue : .interrupt
        }
        if component.mayBlock {
            configuration.wasi.standardOutput = { bytes in host.write(bytes, level: .info) }
            configuration.wasi.standardError = { bytes in host.write(bytes, level: .warning) }
        }
        return configuration
    }
}
