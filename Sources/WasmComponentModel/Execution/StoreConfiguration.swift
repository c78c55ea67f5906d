/// The settings of a `Store`.
public struct StoreConfiguration: Sendable {
    /// How a store's guests are called; libwasmtime allows one kind per store.
    public enum Kind: Hashable, Sendable {
        /// `instantiate` and `call`: on the caller's thread, to the end.
        case sync
        /// `instantiateAsync` and `callAsync`: suspended at each slice's end and while a host function waits.
        case async
    }

    /// What happens when a guest has run until its epoch deadline.
    public enum EpochPolicy: Hashable, Sendable {
        /// The slice ends: `onSlice` is asked, an asynchronous call yields to other tasks, and the guest goes on.
        case yield(ticks: UInt64)
        /// The call ends with `Trap.interrupted`.
        case trap(ticks: UInt64)
    }

    /// Whether a guest may go on after a slice.
    public enum SliceDecision: Hashable, Sendable {
        /// Run the next slice.
        case `continue`
        /// End the call with `WasmError.Code.interrupted` and finish the store.
        case interrupt
    }

    /// How the store's guests are called; `.async` by default.
    public var kind = Kind.async
    /// What the store's guests may allocate.
    public var limits = StoreLimits()
    /// The fuel that the store starts with; `nil` (the default) is as good as without end.
    ///
    /// A number needs `EngineConfiguration.consumeFuel`.
    public var fuel: UInt64?
    /// What happens at the epoch deadline, counted from the start of each call; one tick and a yield by default.
    ///
    /// It has no effect without `EngineConfiguration.epochInterruption`.
    public var epochPolicy = EpochPolicy.yield(ticks: 1)
    /// Whether cancelling the task that made an asynchronous call ends the call; true by default.
    ///
    /// With false only `InterruptHandle.interrupt()` and `onSlice` end a call early: for calls whose outcome belongs to
    /// more than the calling task.
    public var observesCancellation = true
    /// What the guests may see of WASI p2, where the linker offers it.
    public var wasi = WASIConfiguration()
    /// The host's own object, handed to every host function; it is released with the store.
    ///
    /// Keep what the host knows about resources here: libwasmtime runs no destructors when a store ends.
    public var data: (any AnyObject & Sendable)?
    /// Asked after each slice of a call, with the number of slices that the call has run; `nil` lets it run on.
    ///
    /// It may be called on any thread, with the guest suspended, and should return at once.
    public var onSlice: (@Sendable (_ slices: Int) -> SliceDecision)?

    /// Makes the default settings.
    public init() {}
}

/// What the guests of a store may allocate. A guest that asks for more is told so (`memory.grow` answers -1); a
/// component that begins with more is not instantiated.
///
/// See `wasmtime_store_limiter` in `wasmtime/store.h`.
public struct StoreLimits: Hashable, Sendable {
    /// The largest size of *each* linear memory, in bytes; 64 MiB by default.
    public var memoryBytes = 64 << 20
    /// The largest size of each table, in elements; 20,000 by default.
    public var tableElements = 20_000
    /// How many core instances there may be; 50 by default.
    public var instances = 50
    /// How many tables there may be; 10 by default.
    public var tables = 10
    /// How many linear memories there may be; 4 by default.
    public var memories = 4
    /// How many of the host's objects the guests may hold handles of; 10,000 by default.
    public var hostResources = 10_000

    /// Makes the default limits.
    public init() {}

    func validate() throws(WasmError) {
        for (name, value) in [
            ("memoryBytes", memoryBytes), ("tableElements", tableElements), ("instances", instances),
            ("tables", tables), ("memories", memories), ("hostResources", hostResources),
        ] where value < 0 {
            throw WasmError(.invalidConfiguration, "limits.\(name) is \(value); it cannot be negative")
        }
    }
}
