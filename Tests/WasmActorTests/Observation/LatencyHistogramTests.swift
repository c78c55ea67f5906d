import Testing

@testable import WasmActor

@Suite struct LatencyHistogramTests {
    private func histogram(_ times: [Duration]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for time in times { histogram.record(time) }
        return histogram
    }

    @Test func anEmptyOneHasNoQuantile() {
        #expect(LatencyHistogram().quantile(0.5) == nil)
        #expect(LatencyHistogram().count == 0)
        #expect(LatencyHistogram().longest == .zero)
    }

    @Test func everyTimeIsWithinTheBoundOfItsBucketAndAboveTheOneBefore() {
        var generator = SystemRandomNumberGenerator()
        var before: UInt64 = 0
        for exponent in 0..<40 {
            for _ in 0..<100 {
                let nanoseconds = UInt64.random(in: (1 << exponent)...(2 << exponent), using: &generator)
                let bucket = histogram([.nanoseconds(nanoseconds)]).buckets[0]
                guard let bound = bucket.bound else {
                    #expect(nanoseconds > 1 << 36)
                    continue
                }
                #expect(nanoseconds <= bound)
                #expect(bound == 64 || bound - nanoseconds < (bound + 3) / 4 + 1)
                before = max(before, bound)
            }
        }
        #expect(before == 1 << 36)
    }

    @Test(arguments: [
        (Duration.nanoseconds(64), UInt64(64)), (.nanoseconds(65), 80), (.nanoseconds(80), 80), (.nanoseconds(81), 96),
        (.nanoseconds(128), 128), (.nanoseconds(129), 160), (.seconds(-1), 64), (.zero, 64),
    ])
    func aBoundBelongsToItsBucket(time: Duration, bound: UInt64) {
        #expect(histogram([time]).buckets == [.init(bound: bound, count: 1)])
    }

    @Test func aQuantileIsAtMostAQuarterTooLong() throws {
        let times = (1...1000).map { Duration.microseconds($0) }.shuffled()
        let histogram = histogram(times)
        for (part, exact) in [(0.5, 500), (0.9, 900), (0.99, 990), (0.001, 1), (0, 1)] {
            let quantile = try #require(histogram.quantile(part))
            #expect(quantile >= .microseconds(exact) && quantile <= .microseconds(exact) * 1.25)
        }
        #expect(histogram.quantile(1) == .milliseconds(1))
        #expect(histogram.sum == .microseconds(500_500))
    }

    @Test func whatIsLongerThanTheScaleCountsAsTheLongest() {
        let histogram = histogram([.seconds(1), .seconds(100), .seconds(Int64.max)])
        #expect(histogram.quantile(0.5) == histogram.longest)
        #expect(histogram.sum == .nanoseconds(Int64.max))
        #expect(histogram.cumulative.last?.count == 1)
    }

    @Test func aMergedOneEqualsOneThatSawAll() {
        let times = (0..<500).map { _ in Duration.nanoseconds(UInt64.random(in: 0...(1 << 38))) }
        var merged = histogram(Array(times[..<100]))
        merged.merge(histogram(Array(times[100...])))
        merged.merge(LatencyHistogram())
        let whole = histogram(times)
        #expect(merged.buckets.filter { $0.count > 0 } == whole.buckets.filter { $0.count > 0 })
        #expect(merged.count == 500)
        #expect((merged.sum, merged.longest) == (whole.sum, whole.longest))
    }

    @Test func cumulativeCountsAreExactAtTheirBounds() {
        let histogram = histogram([.nanoseconds(1024), .nanoseconds(1025), .nanoseconds(4096), .nanoseconds(4097)])
        #expect(histogram.cumulative.prefix(3).map(\.count) == [1, 3, 4])
        #expect(histogram.cumulative.map(\.count) == histogram.cumulative.map(\.count).sorted())
    }
}

@Suite struct ResidentMemoryTests {
    @Test func thePagesThatAreResidentAreTheSecondFigure() {
        #expect(ResidentMemory.bytes(statm: "1000 25 3 4 0 6 0\n".utf8, pageSize: 4096) == 102_400)
    }

    @Test(arguments: ["", "1000", "1000 many", "x"])
    func whatIsNoFigureIsNone(text: String) {
        #expect(ResidentMemory.bytes(statm: text.utf8, pageSize: 4096) == nil)
    }

    @Test func thisProcessHoldsMemory() throws {
        let before = try #require(ResidentMemory.bytes)
        let ballast = [UInt8](repeating: 1, count: 64 << 20)
        #expect(try #require(ResidentMemory.bytes) > before + 32 << 20)
        #expect(ballast.last == 1)
    }
}
