import Testing

@testable import WasmActorTrees

@Suite struct QuantityTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("5s", .seconds(5)), ("1.5s", .milliseconds(1500)),
        ("2m", .seconds(120)),
        ("1h", .seconds(3600)), ("10us", .microseconds(10)), ("7ns", .nanoseconds(7)), ("0s", .zero),
        ("0.000000001s", .nanoseconds(1)), ("1.10ms", .microseconds(1100)), ("1.0ns", .nanoseconds(1)),
        ("0.25h", .seconds(900)), ("9223372036854775807ns", .nanoseconds(Int64.max)),
    ])
    func aTimeIsItsNumberAndUnit(text: String, duration: Duration) {
        #expect(Quantity.duration(text) == duration)
    }

    @Test(arguments: [
        "", "5", "s", "5 s", "-5s", "+5s", "5S", "5sec", "1.2.3s", ".5s", "5.s", "0.5ns", "9223372036854775808ns",
        "2562048h", "1e3s", "٣s", "1\u{301}s",
    ])
    func whatIsNoTimeIsNone(text: String) {
        #expect(Quantity.duration(text) == nil)
    }

    @Test func aWrittenTimeIsReadBackAndShort() {
        for _ in 0..<2000 {
            let unit = [1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000, 3_600_000_000_000].randomElement()!
            let duration = Duration.nanoseconds(Int64.random(in: 0...1000) * Int64(unit))
            #expect(Quantity.duration(Quantity.text(of: duration)) == duration)
        }
        #expect(Quantity.text(of: .seconds(90)) == "90s")
        #expect(Quantity.text(of: .seconds(120)) == "2m")
        #expect(Quantity.text(of: .zero) == "0s")
    }

    @Test(arguments: [("64MiB", UInt64(64) << 20), ("1KiB", 1024), ("4GiB", 4 << 30), ("512B", 512), ("0B", 0)])
    func aSizeIsItsNumberAndUnit(text: String, bytes: UInt64) {
        #expect(Quantity.bytes(text) == bytes)
    }

    @Test(arguments: ["64MB", "64", "1.5MiB", "-1B", "MiB", "64 MiB", "17179869184GiB"])
    func whatIsNoSizeIsNone(text: String) {
        #expect(Quantity.bytes(text) == nil)
    }
}
