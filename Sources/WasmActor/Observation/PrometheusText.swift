/// Text in the exposition format of Prometheus, version 0.0.4.
struct PrometheusText {
    /// What Prometheus takes a metric for.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// One sample: its labels, and its value as text.
    typealias Sample = (labels: [(name: String, value: String)], value: String)

    private static let prefix = "wasm_actors_"

    /// What was written.
    private(set) var text = ""

    /// Writes a figure that goes up and down.
    mutating func gauge(_ name: String, _ help: String, _ value: some BinaryInteger) {
        series(name, .gauge, help) { [([], "\(value)")] }
    }

    /// Writes a count, whose name ends in `_total`.
    mutating func counter(_ name: String, _ help: String, _ value: some BinaryInteger) {
        series(name + "_total", .counter, help) { [([], "\(value)")] }
    }

    /// Writes a metric with any number of samples.
    mutating func series(_ name: String, _ kind: Kind, _ help: String, _ samples: () -> [Sample]) {
        begin(name, kind, help)
        for sample in samples() { line(name, sample.labels, sample.value) }
    }

    /// Writes a histogram of seconds.
    mutating func histogram(_ name: String, _ help: String, _ histogram: LatencyHistogram) {
        begin(name, .histogram, help)
        for bound in histogram.cumulative {
            line(name + "_bucket", [("le", "\(bound.seconds)")], "\(bound.count)")
        }
        line(name + "_bucket", [("le", "+Inf")], "\(histogram.count)")
        line(name + "_sum", [], "\(histogram.sum / .seconds(1))")
        line(name + "_count", [], "\(histogram.count)")
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(Self.prefix)\(name) \(Self.escaped(help))\n# TYPE \(Self.prefix)\(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
        text += Self.prefix + name
        if !labels.isEmpty {
            text +=
                "{" + labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
                + "}"
        }
        text += " \(value)\n"
    }

    /// A text as the format wants it: a backslash, a line end and, in labels, a quotation mark stand behind a backslash.
    static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
