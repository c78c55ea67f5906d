internal import Synchronization

/// What an engine counts. Counters only: nobody decides by them.
final class EngineCounters: Sendable {
    private let compilations = Atomic<UInt64>(0)
    private let instantiations = Atomic<UInt64>(0)
    private let liveInstances = Atomic<Int>(0)
    private let turns = Atomic<UInt64>(0)
    private let slices = Atomic<UInt64>(0)
    private let traps = Atomic<UInt64>(0)

    func countTurn() { turns.add(1, ordering: .relaxed) }
    func countSlice() { slices.add(1, ordering: .relaxed) }
    func countTrap() { traps.add(1, ordering: .relaxed) }
    func countCompilation() { compilations.add(1, ordering: .relaxed) }
    func countInstantiation() { instantiations.add(1, ordering: .relaxed) }
    func instanceBegins() { liveInstances.add(1, ordering: .relaxed) }
    func instanceEnds() { liveInstances.subtract(1, ordering: .relaxed) }

    var metrics: EngineMetrics {
        EngineMetrics(
            compilations: compilations.load(ordering: .relaxed),
            instantiations: instantiations.load(ordering: .relaxed),
            liveInstances: liveInstances.load(ordering: .relaxed),
            turns: turns.load(ordering: .relaxed),
            slices: slices.load(ordering: .relaxed),
            traps: traps.load(ordering: .relaxed)
        )
    }
}

/// What an engine has done since its start.
public struct EngineMetrics: Hashable, Sendable {
    /// Components compiled; one for each distinct content.
    public let compilations: UInt64
    /// Instances made.
    public let instantiations: UInt64
    /// Instances alive now.
    public let liveInstances: Int
    /// Guest calls begun.
    public let turns: UInt64
    /// Slices that ended before their turn did.
    public let slices: UInt64
    /// Turns that ended abnormally.
    public let traps: UInt64
}
