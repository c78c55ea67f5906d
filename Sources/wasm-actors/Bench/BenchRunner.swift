/// Runs two sides in turn, so that a slow moment of the machine meets both.
struct BenchRunner {
    /// How many rounds each side has.
    let rounds: Int

    /// Compares our calls with the C loop's.
    ///
    /// - Parameters:
    ///   - name: The benchmark's name.
    ///   - calls: How many calls a round makes.
    ///   - floor: The C loop.
    ///   - ours: The same calls through this package.
    /// - Returns: The figures.
    /// - Throws: A failure where a call failed or an answer was wrong or missing.
    func compare(
        _ name: String,
        calls: Int,
        floor: consuming CallFloorLoop,
        ours: (Int) async throws -> BenchRound
    ) async throws -> BenchFigure {
        var oursFigures: [Double] = []
        var floorFigures: [Double] = []
        var received = 0
        // A shorter round of each that does not count: code and caches are warm afterwards.
        _ = try await ours(max(1, calls / 10))
        _ = floor.run(max(1, calls / 10))
        for _ in 0..<rounds {
            let our = try await ours(calls)
            let reference = floor.run(calls)
            for (side, round) in [("this package", our), ("the C loop", reference)] where round.received != calls {
                throw CommandError.failure("\(name): \(side) had \(round.received) right answers to \(calls) calls")
            }
            oursFigures.append(our.nanoseconds)
            floorFigures.append(reference.nanoseconds)
            received += our.received
        }
        return BenchFigure(name: name, ours: oursFigures, floor: floorFigures, received: received)
    }
}

extension ContinuousClock.Instant {
    /// Nanoseconds from this instant until now, for each of some calls.
    func nanosecondsPerCall(_ calls: Int) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - self).components
        return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(calls)
    }
}
