/// How long things took: how many took how long, and the sum of it all.
///
/// The scale is fixed and logarithmic: 64 ns, then four steps to every doubling up to 2^36 ns (69 s), so that histograms
/// add up exactly and a quantile is at most a quarter too long. Only the part of the scale in which something was counted
/// takes memory.
public struct LatencyHistogram: Hashable, Sendable {
    /// One step of the scale.
    struct Bucket: Hashable {
        /// The longest time that is counted here, in nanoseconds; nil: there is no longest.
        let bound: UInt64?
        let count: UInt64
    }

    private static let lowestExponent = 6
    private static let highestExponent = 36
    private static let stepsPerDoubling = 4
    /// The bucket of what took longer than the scale reaches.
    private static let last = (highestExponent - lowestExponent) * stepsPerDoubling + 1

    /// Where on the scale `counts` begins.
    private var first = 0
    private var counts: [UInt64] = []
    /// How many times were recorded.
    public private(set) var count: UInt64 = 0
    private var sumNanoseconds: UInt64 = 0
    private var longestNanoseconds: UInt64 = 0

    /// Makes one without any times.
    public init() {}

    /// The sum of the recorded times, each cut to whole nanoseconds; it stops at 292 years.
    public var sum: Duration { .nanoseconds(Int64(clamping: sumNanoseconds)) }

    /// The longest time recorded; zero where there is none.
    public var longest: Duration { .nanoseconds(Int64(clamping: longestNanoseconds)) }

    /// Records a time.
    ///
    /// - Parameter time: How long something took; one below zero counts as zero.
    public mutating func record(_ time: Duration) {
        let nanoseconds = Self.nanoseconds(time)
        add(1, at: Self.index(of: nanoseconds))
        count += 1
        sumNanoseconds = Self.sum(sumNanoseconds, nanoseconds)
        longestNanoseconds = max(longestNanoseconds, nanoseconds)
    }

    /// Takes the times of another one in.
    ///
    /// - Parameter other: Where they are.
    public mutating func merge(_ other: LatencyHistogram) {
        guard other.count > 0 else { return }
        for (offset, count) in other.counts.enumerated() where count > 0 { add(count, at: other.first + offset) }
        count += other.count
        sumNanoseconds = Self.sum(sumNanoseconds, other.sumNanoseconds)
        longestNanoseconds = max(longestNanoseconds, other.longestNanoseconds)
    }

    /// The time within which a part of the recorded ones stayed.
    ///
    /// - Parameter part: Which part, 0 to 1: 0.5 for the median, 0.99 for what one in a hundred exceeds.
    /// - Returns: A time that is not too short, and at most a quarter too long; nil where nothing was recorded.
    public func quantile(_ part: Double) -> Duration? {
        guard count > 0 else { return nil }
        let rank = max(1, min(Double(count), (min(max(part, 0), 1) * Double(count)).rounded(.up)))
        var below: UInt64 = 0
        for (offset, count) in counts.enumerated() {
            below += count
            guard Double(below) >= rank else { continue }
            let bound = Self.bound(of: first + offset) ?? .max
            return .nanoseconds(Int64(clamping: min(bound, longestNanoseconds)))
        }
        return longest
    }

    /// The part of the scale in which something was counted, from the shortest on.
    var buckets: [Bucket] {
        counts.enumerated().map { Bucket(bound: Self.bound(of: first + $0), count: $1) }
    }

    /// How many of the recorded times are not longer than the bounds at 2^10, 2^12, ... 2^36 ns: those in seconds, and
    /// the counts.
    var cumulative: [(seconds: Double, count: UInt64)] {
        var bounds = buckets[...]
        var below: UInt64 = 0
        return stride(from: 10, through: Self.highestExponent, by: 2).map { exponent in
            let limit = UInt64(1) << UInt64(exponent)
            while let bucket = bounds.first, let bound = bucket.bound, bound <= limit {
                below += bucket.count
                bounds.removeFirst()
            }
            return (Double(limit) / 1e9, below)
        }
    }

    private mutating func add(_ count: UInt64, at index: Int) {
        if counts.isEmpty { first = index }
        if index < first {
            counts.insert(contentsOf: repeatElement(0, count: first - index), at: 0)
            first = index
        }
        while index - first >= counts.count { counts.append(0) }
        counts[index - first] += count
    }

    /// The bucket with the least bound that is not below the time.
    private static func index(of nanoseconds: UInt64) -> Int {
        guard nanoseconds > 1 << lowestExponent else { return 0 }
        let below = nanoseconds - 1
        let exponent = UInt64.bitWidth - 1 - below.leadingZeroBitCount
        guard exponent < highestExponent else { return last }
        return (exponent - lowestExponent) * stepsPerDoubling + Int(below >> UInt64(exponent - 2) & 3) + 1
    }

    private static func bound(of index: Int) -> UInt64? {
        guard index > 0 else { return 1 << lowestExponent }
        guard index < last else { return nil }
        let (doubling, step) = (index - 1).quotientAndRemainder(dividingBy: stepsPerDoubling)
        return UInt64(stepsPerDoubling + step + 1) << UInt64(lowestExponent + doubling - 2)
    }

    private static func nanoseconds(_ time: Duration) -> UInt64 {
        let attoseconds = time.attoseconds
        guard attoseconds > 0 else { return 0 }
        // Times below 18 s need no division of 128 bits.
        if let short = UInt64(exactly: attoseconds) { return short / 1_000_000_000 }
        return UInt64(clamping: attoseconds / 1_000_000_000)
    }

    private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : sum
    }
}
