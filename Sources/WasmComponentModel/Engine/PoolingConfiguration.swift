/// The settings of the pooling allocator: memories, tables and stacks are reserved once, for a fixed number of instances.
///
/// See `wasmtime_pooling_allocation_config_*` in `wasmtime/config.h`.
public struct PoolingConfiguration: Hashable, Sendable {
    /// How many component instances may live at once; 1,000 by default.
    public var instances = 1_000
    /// How many core instances each may have; 10 by default.
    public var coreInstancesPerInstance = 10
    /// How many memories each may have; 1 by default.
    public var memoriesPerInstance = 1
    /// How many tables each may have; 4 by default.
    public var tablesPerInstance = 4
    /// The largest linear memory, in bytes; 64 MiB by default. It cannot exceed
    /// `EngineConfiguration.memoryReservation`.
    public var maximumMemorySize = 64 << 20
    /// The largest table, in elements; 20,000 by default.
    public var tableElements = 20_000

    /// Makes the default settings.
    public init() {}
}
