import WasmActor
import WasmCore

/// Looks at a system again and again, and makes of it what the view shows.
struct ViewSampler {
    /// Messages handled at one moment.
    private struct Sample {
        let time: ContinuousClock.Instant
        let handled: [ActorID: UInt64]
        let total: UInt64
    }

    /// Rates are over this time.
    private static let window = Duration.seconds(1)

    private let start: ContinuousClock.Instant
    private var samples: [Sample] = []

    init(start: ContinuousClock.Instant) {
        self.start = start
    }

    /// Looks at the system.
    mutating func view(
        title: String,
        tree: SupervisionTree,
        metrics: SystemMetrics,
        now: ContinuousClock.Instant
    ) -> RunView {
        var rows: [RunView.Row] = []
        var handled: [ActorID: UInt64] = [:]
        let before = samples.first { now - $0.time <= Self.window * 1.5 }
        for root in tree.roots { add(root, first: "", rest: "", now, before, &rows, &handled) }
        let rate = before.map { Self.rate(metrics.messagesHandled, $0.total, now - $0.time) } ?? 0
        samples.append(Sample(time: now, handled: handled, total: metrics.messagesHandled))
        samples.removeAll { now - $0.time > Self.window }
        var view = RunView()
        view.title = title
        view.rows = rows
        view.figures = figures(metrics, rate, now - start)
        return view
    }

    private func figures(_ metrics: SystemMetrics, _ rate: Int, _ uptime: Duration) -> [String] {
        var figures = ["\(metrics.actors) actors", "\(rate) msg/s", "\(metrics.mailboxDepth) waiting"]
        if let bytes = metrics.residentBytes { figures.append(Self.size(bytes)) }
        figures += ["\(metrics.restarts) restarts", "\(metrics.deadLetters) dead letters"]
        if let half = metrics.turnTimes.quantile(0.5), let most = metrics.turnTimes.quantile(0.99) {
            figures.append("turn \(DemoTable.text(of: half)), p99 \(DemoTable.text(of: most))")
        }
        return figures + ["up \(Self.clock(uptime))"]
    }

    private func add(
        _ node: SupervisionTree.Node,
        first: String,
        rest: String,
        _ now: ContinuousClock.Instant,
        _ before: Sample?,
        _ rows: inout [RunView.Row],
        _ handled: inout [ActorID: UInt64]
    ) {
        switch node {
        case .supervisor(let summary, _):
            let name = summary.path.split(separator: "/").last.map(String.init) ?? summary.path
            rows.append(
                RunView.Row(
                    branch: first,
                    name: "\(name) (\(summary.strategy))",
                    status: Self.status(summary.status),
                    mailbox: nil,
                    rate: nil,
                    restarts: summary.restarts,
                    generation: summary.generation
                )
            )
        case .actor(let summary, _):
            handled[summary.id] = summary.messagesHandled
            let rate = before.map { before in
                Self.rate(summary.messagesHandled, before.handled[summary.id] ?? 0, now - before.time)
            }
            rows.append(
                RunView.Row(
                    branch: first,
                    name: "\(summary.id)",
                    status: Self.status(summary.status),
                    mailbox: summary.mailboxDepth,
                    rate: rate ?? 0,
                    restarts: summary.restarts,
                    generation: summary.generation
                )
            )
        }
        for (index, child) in node.children.enumerated() {
            let isLast = index == node.children.count - 1
            let (first, rest) = (rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "))
            add(child, first: first, rest: rest, now, before, &rows, &handled)
        }
    }

    private static func status(_ status: ActorStatus) -> RunView.Status {
        switch status {
        case .running: .init(text: "running", mood: .good)
        case .starting: .init(text: "starting", mood: .changing)
        case .restarting: .init(text: "restarting", mood: .changing)
        case .stopping: .init(text: "stopping", mood: .changing)
        case .ended: .init(text: "ended", mood: .bad)
        default: .init(text: "\(status)", mood: .idle)
        }
    }

    private static func rate(_ count: UInt64, _ before: UInt64, _ time: Duration) -> Int {
        // An actor that came anew under an id begins at 0.
        guard count >= before, time > .zero else { return 0 }
        return Int((Double(count - before) / (time / .seconds(1))).rounded())
    }

    /// A size with one digit behind the point.
    static func size(_ bytes: UInt64) -> String {
        let tenths = (bytes * 10) >> 20
        return tenths < 10_240 ? "\(tenths / 10).\(tenths % 10) MiB" : "\(tenths / 10_240).\(tenths / 1024 % 10) GiB"
    }

    /// A time as hours, minutes and seconds.
    static func clock(_ time: Duration) -> String {
        let seconds = time.components.seconds
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
