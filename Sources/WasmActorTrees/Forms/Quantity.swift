/// Times and sizes as text: a number and its unit, without a space.
package enum Quantity {
    private static let times: [(unit: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]
    private static let sizes: [(unit: String, bytes: UInt64)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    /// A time such as `250ms` or `1.5s`, down to whole nanoseconds and up to 292 years; nil of any other text.
    package static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = split(text), let factor = times.first(where: { $0.unit == unit })?.nanoseconds else {
            return nil
        }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let whole = Int64(parts[0]) else { return nil }
        let (nanoseconds, overflows) = whole.multipliedReportingOverflow(by: factor)
        guard !overflows else { return nil }
        guard parts.count == 2 else { return .nanoseconds(nanoseconds) }
        var rest: Int64 = 0
        var step = factor
        for digit in parts[1] {
            guard step % 10 == 0 || digit == "0", let value = digit.wholeNumberValue else { return nil }
            step /= 10
            rest += Int64(value) * step
        }
        let (sum, isTooLong) = nanoseconds.addingReportingOverflow(rest)
        return isTooLong ? nil : .nanoseconds(sum)
    }

    /// A number of bytes such as `64MiB`; nil of any other text.
    static func bytes(_ text: String) -> UInt64? {
        guard let (number, unit) = split(text), let factor = sizes.first(where: { $0.unit == unit })?.bytes,
            let whole = UInt64(number)
        else { return nil }
        let (bytes, overflows) = whole.multipliedReportingOverflow(by: factor)
        return overflows ? nil : bytes
    }

    /// A time in the largest unit of which it is a whole number.
    static func text(of duration: Duration) -> String {
        let nanoseconds = Int64(clamping: duration.attoseconds / 1_000_000_000)
        let unit = times.last { nanoseconds % $0.nanoseconds == 0 && nanoseconds >= $0.nanoseconds } ?? times[3]
        return "\(nanoseconds / unit.nanoseconds)\(unit.unit)"
    }

    /// A number of bytes in the largest unit of which it is a whole number; nil where that is the byte.
    static func text(ofBytes bytes: UInt64) -> String? {
        guard bytes > 0, let unit = sizes.dropFirst().last(where: { bytes % $0.bytes == 0 }) else { return nil }
        return "\(bytes / unit.bytes)\(unit.unit)"
    }

    private static func split(_ text: String) -> (number: Substring, unit: Substring)? {
        let number = text.prefix { "0"..."9" ~= $0 || $0 == "." }
        guard !number.isEmpty else { return nil }
        return (number, text[number.endIndex...])
    }
}
