/// The settings of an `Engine`.
///
/// Only settings that libwasmtime accepts in every valid combination are here: `Engine.init` checks the values first,
/// because libwasmtime ends the process on a configuration that it refuses. Sizes are in bytes.
///
/// See `wasmtime/config.h`.
public struct EngineConfiguration: Hashable, Sendable {
    /// How much Cranelift optimizes.
    public enum Optimization: Hashable, Sendable {
        /// Compile fast.
        case none
        /// Make fast code.
        case speed
        /// Make fast and small code.
        case speedAndSize
    }

    /// Whether stores count fuel; off by default. It costs about 1 % in a loop.
    public var consumeFuel = false
    /// Whether guests are interrupted by epochs; on by default. It costs about 1 % in a loop.
    ///
    /// Somebody must call `Engine.incrementEpoch()` regularly as long as a guest runs: an asynchronous call of a guest
    /// that spins comes back at the next increment and not before.
    public var epochInterruption = true
    /// The stack that a guest may use before it traps; 256 KiB by default.
    ///
    /// A synchronous call runs on its thread's stack, which must be at least 256 KiB larger than this; an asynchronous
    /// call runs on a stack of its own.
    public var maxWasmStack = 256 << 10
    /// The size of the stack of an asynchronous call; 768 KiB by default. It must exceed `maxWasmStack` by 256 KiB at
    /// least: the rest is the share of host functions.
    public var asyncStackSize = 768 << 10
    /// The address space reserved for each linear memory; 4 GiB by default. A smaller one makes loads and stores a
    /// little slower and fits more instances into the address space.
    public var memoryReservation = 4 << 30
    /// The guard region after each linear memory; 32 MiB by default.
    public var memoryGuardSize = 32 << 20
    /// Settings of the pooling allocator; `nil` (the default) allocates on demand.
    public var pooling: PoolingConfiguration?
    /// Whether libwasmtime catches guest faults with signal handlers; on by default.
    ///
    /// With it on, a program that installs its own handlers of SIGSEGV, SIGILL, SIGFPE or SIGBUS must do so *before* it
    /// makes the first engine; a handler installed later would receive the guests' faults. Where that order cannot be
    /// kept, switch this off: guests then check bounds explicitly, which costs up to a third in memory-bound loops.
    public var signalsBasedTraps = true
    /// Whether NaN bit patterns are the same on every machine; off by default.
    public var canonicalizesNaN = false
    /// How much Cranelift optimizes; `.speed` by default.
    public var optimization = Optimization.speed
    /// Whether compiling uses all processors; on by default.
    public var parallelCompilation = true
    /// Features beyond the strict set; none by default.
    public var features = FeatureSet.strict
    /// Whether libwasmtime keeps the component model's books of tasks and waitables; off by default.
    ///
    /// The features in `FeatureSet.asynchronous` need it, and each call costs a little more with it. Asynchronous stores
    /// and asynchronous host functions do not need it.
    public var concurrencySupport = false
    /// How many stores may live in the process at once, counted over all engines; `nil` (the default) derives it from
    /// the kernel's limit of memory mappings (`vm.max_map_count`).
    ///
    /// An instance takes five mappings (two with pooling), and a process without free ones cannot even start a thread.
    public var maximumStores: Int?

    /// Makes the default settings.
    public init() {}
}
