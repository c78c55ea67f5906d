import Foundation
import WasmActor

/// What a run does again and again: it looks, and shows what it sees.
extension RunLoop {
    private static let redrawInterval = Duration.milliseconds(250)
    private static let metricsInterval = Duration.seconds(5)

    /// Looks at the system, and at what became of the output.
    mutating func tick() {
        let start = ContinuousClock.now
        flush(0)
        if !hasReader() { hasLostReader = true }
        tellDropped()
        if isView {
            let scroll = view.scroll
            view = sampler.view(title: spec.name, tree: system.tree, metrics: system.metrics, now: start)
            view.scroll = scroll
            redraw()
        }
        if start >= nextMetrics {
            nextMetrics = start + Self.metricsInterval
            do throws(CommandError) { try writeMetrics() } catch { tell(.failed("--metrics-file", error.message)) }
        }
        // A system so large that it takes long to look at is looked at less often.
        inputs.add(.tick, after: max(Self.redrawInterval, (ContinuousClock.now - start) * 10))
    }

    /// Writes the metrics where they are wanted; whoever reads the file sees all of the old or all of the new.
    func writeMetrics() throws(CommandError) {
        guard let file = options.metricsFile else { return }
        let text = system.metrics.prometheus(actors: system.list())
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw .failure("\(file): cannot be written: \(error.localizedDescription)")
        }
    }

    /// How many rows of the table are seen.
    var visibleRows: Int { renderer.visibleRows(view) }

    private var renderer: ViewRenderer {
        ViewRenderer(size: Terminal.size, hasColor: ProcessInfo.processInfo.environment["NO_COLOR"] == nil)
    }

    /// Moves the table.
    mutating func scroll(by rows: Int) {
        view.scroll = max(0, min(view.scroll + rows, view.rows.count - visibleRows))
    }

    /// Shows what has changed, where there is a view.
    mutating func redraw() {
        guard isView else { return }
        view.log = journal.lines
        view.input = isTyped ? editor.text : nil
        let renderer = renderer
        if Terminal.needsRedraw { screen.forget() }
        Terminal.draw(screen.update(to: renderer.lines(view), size: renderer.size))
    }
}
