extension EngineConfiguration {
    /// The share of an asynchronous stack that host functions need besides the guest's.
    static let hostStackShare = 256 << 10
    private static let page = 64 << 10
    /// Refused above it: the address space of x86-64 and AArch64 user processes is 128 TiB.
    private static let maximumPoolSize = 32 << 40

    /// Refuses every value that libwasmtime would end the process over.
    ///
    /// - Throws: `WasmError.Code.invalidConfiguration` naming the field and its range.
    func validate() throws(WasmError) {
        try Self.require("maxWasmStack", maxWasmStack, in: 64 << 10...16 << 20)
        try Self.require("asyncStackSize", asyncStackSize, in: 64 << 10...64 << 20)
        guard asyncStackSize - maxWasmStack >= Self.hostStackShare else {
            throw WasmError(
                .invalidConfiguration,
                "asyncStackSize (\(asyncStackSize)) must exceed maxWasmStack (\(maxWasmStack)) by at least "
                    + "\(Self.hostStackShare) bytes, the share of host functions"
            )
        }
        guard asyncStackSize.isMultiple(of: Self.page) else {
            throw WasmError(.invalidConfiguration, "asyncStackSize must be a multiple of \(Self.page) bytes")
        }
        try Self.require("memoryReservation", memoryReservation, in: 0...8 << 30)
        try Self.require("memoryGuardSize", memoryGuardSize, in: 0...4 << 30)
        guard memoryReservation.isMultiple(of: Self.page), memoryGuardSize.isMultiple(of: Self.page) else {
            throw WasmError(
                .invalidConfiguration,
                "memoryReservation and memoryGuardSize must be multiples of \(Self.page) bytes"
            )
        }
        try validateFeatures()
        if let maximumStores {
            try Self.require("maximumStores", maximumStores, in: 1...10_000_000)
        }
        if let pooling {
            try validate(pooling)
        }
    }

    /// The collected heaps of an instance, each of which takes the place of a memory.
    var heapsPerInstance: Int { features.isDisjoint(with: [.exceptions, .garbageCollection]) ? 0 : 1 }

    /// libwasmtime ends the process over an asynchronous feature without concurrency support; the features that build on
    /// `componentAsync` do nothing without it, which nobody means.
    private func validateFeatures() throws(WasmError) {
        let asynchronous = features.intersection(.asynchronous)
        guard asynchronous.isEmpty || concurrencySupport else {
            throw WasmError(
                .invalidConfiguration,
                "the features \(asynchronous) need concurrency support; set concurrencySupport, or leave them out"
            )
        }
        guard asynchronous.isEmpty || features.contains(.componentAsync) else {
            throw WasmError(
                .invalidConfiguration,
                "the features \(asynchronous) do nothing without async; add FeatureSet.componentAsync"
            )
        }
        let unknown = features.subtracting(.all)
        guard unknown.isEmpty else {
            throw WasmError(
                .invalidConfiguration,
                "features has bits that name no feature (0x\(String(unknown.rawValue, radix: 16))); use its constants"
            )
        }
    }

    private func validate(_ pooling: PoolingConfiguration) throws(WasmError) {
        try Self.require("pooling.instances", pooling.instances, in: 1...100_000)
        try Self.require("pooling.coreInstancesPerInstance", pooling.coreInstancesPerInstance, in: 1...1_000)
        try Self.require("pooling.memoriesPerInstance", pooling.memoriesPerInstance, in: 1...16)
        try Self.require("pooling.tablesPerInstance", pooling.tablesPerInstance, in: 1...64)
        try Self.require("pooling.tableElements", pooling.tableElements, in: 1...1_000_000)
        try Self.require("pooling.maximumMemorySize", pooling.maximumMemorySize, in: Self.page...4 << 30)
        guard pooling.maximumMemorySize <= memoryReservation else {
            throw WasmError(
                .invalidConfiguration,
                "pooling.maximumMemorySize (\(pooling.maximumMemorySize)) cannot exceed memoryReservation "
                    + "(\(memoryReservation))"
            )
        }
        let memory =
            (memoryReservation + 2 * memoryGuardSize) * (pooling.memoriesPerInstance + heapsPerInstance)
        let tables = 16 * pooling.tableElements * pooling.tablesPerInstance
        let total = pooling.instances * (memory + tables + asyncStackSize + Self.page)
        guard total <= Self.maximumPoolSize else {
            throw WasmError(
                .invalidConfiguration,
                "the pool would reserve \(total) bytes of address space, more than \(Self.maximumPoolSize); lower "
                    + "pooling.instances, memoryReservation or memoryGuardSize"
            )
        }
    }

    private static func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(WasmError) {
        guard range.contains(value) else {
            throw WasmError(
                .invalidConfiguration,
                "\(name) is \(value), outside \(range.lowerBound)...\(range.upperBound)"
            )
        }
    }
}
