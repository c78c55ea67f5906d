import Foundation
import WasmActorTrees
import WasmCore

/// The arguments of `run`.
struct RunOptions {
    let tree: String
    let actions: [RunAction]
    let exits: Bool
    let storage: String?
    /// How many durable actors may be in memory; nil: as many as by default.
    let resident: Int?
    let components: String?
    let metricsFile: String?
    let grace: Duration
    let logLevel: LogLevel
    /// Lines of JSON on a terminal too.
    let isPlain: Bool

    /// Reads the arguments.
    ///
    /// - Parameter line: Those after the command's name.
    /// - Throws: A usage error.
    init(_ line: [String]) throws(CommandError) {
        let arguments = try Arguments(
            line,
            options: ["--storage", "--resident", "--components", "--metrics-file", "--grace", "--log-level"],
            repeated: ["--do"],
            flags: ["--exit", "--plain"]
        )
        guard arguments.positional.count == 1 else {
            throw .usage("run takes one tree", hint: "Usage: wasm-actors run TREE.json [OPTIONS]")
        }
        tree = arguments.positional[0]
        var actions: [RunAction] = []
        for text in arguments.values(of: "--do") {
            do throws(RunAction.Mistake) {
                if let action = try RunAction.parse(text) { actions.append(action) }
            } catch {
                throw .usage("--do '\(text)': \(error.message)", hint: "\(error.hint).")
            }
        }
        self.actions = actions
        exits = arguments.has("--exit")
        storage = arguments.value(of: "--storage")
        resident = try arguments.number(of: "--resident", in: 1...10_000_000)
        components = arguments.value(of: "--components")
        metricsFile = arguments.value(of: "--metrics-file")
        isPlain = arguments.has("--plain")
        if let text = arguments.value(of: "--grace") {
            guard let grace = Quantity.duration(text) else {
                throw .usage("--grace is '\(text)'", hint: "Give a time such as 500ms, 5s or 1m.")
            }
            self.grace = grace
        } else {
            grace = .seconds(5)
        }
        if let text = arguments.value(of: "--log-level") {
            guard let level = LogLevel.allCases.first(where: { "\($0)" == text }) else {
                let levels = LogLevel.allCases.map { "\($0)" }.joined(separator: ", ")
                throw .usage("--log-level is '\(text)'", hint: "The levels are: \(levels).")
            }
            logLevel = level
        } else {
            logLevel = .info
        }
    }
}
