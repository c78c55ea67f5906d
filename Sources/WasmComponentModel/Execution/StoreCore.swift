import CWasmtime
import Synchronization

/// The heap object behind a `Store`: libwasmtime's store and everything whose address it is given.
///
/// Calls, futures and the store itself retain it, and it deletes the C store when the last of them is gone: so a store
/// can be dropped at any time, from inside its own host functions too, and a future never outlives its store.
///
/// `@unchecked Sendable` because every member beside the constants and atomics is only touched by whoever holds `state`
/// at `running`, which the atomic exchange in `enter` gives to one caller at a time.
@safe final class StoreCore: @unchecked Sendable {
    /// Who may use the store.
    enum State {
        static let idle: UInt8 = 0
        static let running: UInt8 = 1
        static let finished: UInt8 = 2
    }

    let id: UInt64
    let engine: Engine
    let kind: StoreConfiguration.Kind
    let data: (any AnyObject & Sendable)?
    let onSlice: (@Sendable (Int) -> StoreConfiguration.SliceDecision)?
    let observesCancellation: Bool
    let interruptHandle = InterruptHandle()
    let wasi: WASIConfiguration
    /// The ticks of a slice; 0 where the engine has no epochs.
    let epochTicks: UInt64
    let state = Atomic<UInt8>(State.idle)

    let store: OpaquePointer
    let context: OpaquePointer

    /// Argument slots, each a `bool` between calls; calls of more arguments have them enlarged.
    private(set) var arguments: UnsafeMutablePointer<CValue>
    private(set) var argumentCapacity = 8
    /// The result, error, function and instance slots that libwasmtime keeps pointers to while a call is under way.
    let result: UnsafeMutablePointer<CValue>
    let error: UnsafeMutablePointer<OpaquePointer?>
    let function: UnsafeMutablePointer<wasmtime_component_func_t>
    let instance: UnsafeMutablePointer<wasmtime_component_instance_t>

    /// What a writer refused during the current call.
    var writeFailure: WasmError?
    /// What a host function threw during the current call.
    var hostFailure: WasmError?
    /// What finished the store.
    var failure: WasmError?
    /// The asynchronous host function that the current call waits for.
    var pending: HostOperation?
    /// The resources among the arguments of the host function that runs, or in the result that is read, by the address
    /// of libwasmtime's handle.
    var received: [Int: ReceivedResource] = [:]
    /// The resources among the arguments of the call under way, in the order of writing.
    var written: [WrittenResource] = []
    /// The host's objects that the guest knows by a handle.
    var hostResources: HostResourceTable
    /// The guest's resources that the host owns.
    let dropList: DropList
    /// Whether `dropList` knows this store, which it does when there is a resource.
    var ownsResources = false
    /// How the guest's destructors are run; `nil` until one is to be.
    var destructors: Destructors?
    /// How many slices the current call has run.
    var slices = 0
    var instantiated: Component?
    var wasiIsSet = false

    private static let nextID = Atomic<UInt64>(1)

    init(engine: Engine, configuration: StoreConfiguration) throws(WasmError) {
        try configuration.limits.validate()
        if configuration.fuel != nil, !engine.configuration.consumeFuel {
            throw WasmError(.invalidConfiguration, "fuel is set but the engine counts none; set consumeFuel there")
        }
        try StoreAdmission.enter(maximum: engine.maximumStores)
        guard let store = unsafe wasmtime_store_new(engine.pointer, nil, nil),
            let context = unsafe wasmtime_store_context(store)
        else {
            StoreAdmission.leave()
            throw WasmError(.internalError, "libwasmtime made no store; report this as a bug")
        }
        id = Self.nextID.wrappingAdd(1, ordering: .relaxed).oldValue
        dropList = DropList(storeID: id)
        self.engine = engine
        kind = configuration.kind
        data = configuration.data
        onSlice = configuration.onSlice
        hostResources = HostResourceTable(limit: configuration.limits.hostResources)
        observesCancellation = configuration.observesCancellation
        wasi = configuration.wasi
        epochTicks = engine.configuration.epochInterruption ? configuration.epochPolicy.ticks : 0
        unsafe self.store = store
        unsafe self.context = context
        unsafe arguments = .allocate(capacity: argumentCapacity)
        unsafe arguments.initialize(repeating: CValue(), count: argumentCapacity)
        unsafe result = .allocate(capacity: 1)
        unsafe result.initialize(to: CValue())
        unsafe error = .allocate(capacity: 1)
        unsafe error.initialize(to: nil)
        unsafe function = .allocate(capacity: 1)
        unsafe function.initialize(to: wasmtime_component_func_t())
        unsafe instance = .allocate(capacity: 1)
        unsafe instance.initialize(to: wasmtime_component_instance_t())
        setUp(configuration)
    }

    /// Everything that must be in place before the first instruction of a guest.
    private func setUp(_ configuration: StoreConfiguration) {
        let limits = configuration.limits
        unsafe wasmtime_store_limiter(
            store,
            Int64(limits.memoryBytes),
            Int64(limits.tableElements),
            Int64(limits.instances),
            Int64(limits.tables),
            Int64(limits.memories)
        )
        // Not retained: the C store never outlives this object.
        unsafe wasmtime_context_set_data(context, Unmanaged.passUnretained(self).toOpaque())
        if engine.configuration.consumeFuel {
            let error = unsafe wasmtime_context_set_fuel(context, configuration.fuel ?? .max)
            unsafe error.map { unsafe wasmtime_error_delete($0) }
        }
        guard epochTicks > 0 else { return }
        unsafe wasmtime_context_set_epoch_deadline(context, epochTicks)
        guard case .yield = configuration.epochPolicy else { return }
        switch kind {
        case .async:
            // The library returns nothing here, whatever a header says: the value is not to be looked at.
            unsafe _ = wasmtime_context_epoch_deadline_async_yield_and_update(context, epochTicks)
        case .sync:
            unsafe wasmtime_store_epoch_deadline_callback(
                store,
                { unsafe callbackResult(StoreCore.sliceEnded($0, $2, $3)) },
                nil,
                nil
            )
        }
    }

    deinit {
        dropList.close()
        unsafe wasmtime_store_delete(store)
        unsafe arguments.deallocate()
        unsafe result.deallocate()
        unsafe error.deallocate()
        unsafe function.deallocate()
        unsafe instance.deallocate()
        StoreAdmission.leave()
    }

    /// The store that a context belongs to, for callbacks.
    static func of(_ context: OpaquePointer?) -> Unmanaged<StoreCore>? {
        guard let data = unsafe wasmtime_context_get_data(context) else { return nil }
        return unsafe Unmanaged<StoreCore>.fromOpaque(data)
    }

    /// Makes room for this many arguments.
    func reserveArguments(_ count: Int) {
        guard count > argumentCapacity else { return }
        unsafe arguments.deallocate()
        argumentCapacity = count
        unsafe arguments = .allocate(capacity: count)
        unsafe arguments.initialize(repeating: CValue(), count: count)
    }
}

extension StoreConfiguration.EpochPolicy {
    /// The number of ticks, at least one.
    var ticks: UInt64 {
        switch self {
        case .yield(let ticks), .trap(let ticks): max(1, ticks)
        }
    }
}
