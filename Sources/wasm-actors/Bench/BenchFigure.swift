/// One round of one side.
struct BenchRound {
    /// What one call took.
    let nanoseconds: Double
    /// How many answers came and were right.
    let received: Int
}

/// What one benchmark found.
struct BenchFigure {
    /// The benchmark's name.
    let name: String
    /// Nanoseconds for each call through this package, one figure for each round.
    let ours: [Double]
    /// Nanoseconds for each call of the C loop, one figure for each round.
    let floor: [Double]
    /// How many of our calls were answered, over all rounds.
    let received: Int

    /// The median of our rounds over that of the floor's.
    var ratio: Double { BenchFigure.median(ours) / BenchFigure.median(floor) }

    /// One line of JSON.
    var line: String {
        let ours = BenchFigure.rounded(BenchFigure.median(ours), to: 1)
        let floor = BenchFigure.rounded(BenchFigure.median(floor), to: 1)
        let ratio = BenchFigure.rounded(ratio, to: 2)
        return #"{"name":"\#(name)","ours_ns":\#(ours),"floor_ns":\#(floor),"ratio":\#(ratio),"received":\#(received)}"#
    }

    /// The middle of the sorted numbers; of an even count the mean of the middle two.
    static func median(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func rounded(_ number: Double, to digits: Int) -> Double {
        let scale = digits == 1 ? 10.0 : 100.0
        return (number * scale).rounded() / scale
    }
}
