/// What happened in each step and how long it took.
struct DemoTable {
    private var rows: [(step: String, outcome: String, time: String)] = [("step", "what happened", "time")]

    /// Adds a row.
    mutating func add(_ step: String, _ outcome: String, _ time: Duration) {
        rows.append((step, outcome, DemoTable.text(of: time)))
    }

    /// The table, its columns aligned.
    var lines: [String] {
        let widths = (
            rows.map(\.step.count).max() ?? 0, rows.map(\.outcome.count).max() ?? 0, rows.map(\.time.count).max() ?? 0
        )
        let rule = [widths.0, widths.1, widths.2].map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        var lines = rows.map { row in
            let time = String(repeating: " ", count: widths.2 - row.time.count) + row.time
            return "\(padded(row.step, widths.0))  \(padded(row.outcome, widths.1))  \(time)"
        }
        lines.insert(rule, at: 1)
        return lines
    }

    /// A time with three digits that count, such as `1.25 ms`.
    static func text(of duration: Duration) -> String {
        let microseconds = Int64(duration / .microseconds(1))
        switch microseconds {
        case ..<1000: return "\(microseconds) us"
        case ..<1_000_000: return "\(decimal(microseconds, 1000)) ms"
        default: return "\(decimal(microseconds, 1_000_000)) s"
        }
    }

    private static func decimal(_ value: Int64, _ unit: Int64) -> String {
        let digits: Int64 = value >= 100 * unit ? 0 : value >= 10 * unit ? 1 : 2
        let scale: Int64 = digits == 0 ? 1 : digits == 1 ? 10 : 100
        let rounded = (value * scale + unit / 2) / unit
        guard digits > 0 else { return "\(rounded)" }
        let fraction = String(rounded % scale)
        return "\(rounded / scale)." + String(repeating: "0", count: Int(digits) - fraction.count) + fraction
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }
}
