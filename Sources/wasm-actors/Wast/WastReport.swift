import Foundation

/// Counts outcomes and prints a line for each that is worth one.
struct WastReport {
    let console: Console
    /// Whether every outcome is worth a line.
    let isVerbose: Bool

    private(set) var passed = 0
    private(set) var failed = 0
    private(set) var unsupported = 0

    /// Beyond it a line's text is cut.
    private static let maximumText = 400

    init(console: Console, isVerbose: Bool) {
        self.console = console
        self.isVerbose = isVerbose
    }

    /// Runs a script.
    ///
    /// - Parameters:
    ///   - path: The script's file; one that cannot be read counts as one failure.
    ///   - options: How it is run.
    mutating func run(_ path: String, options: WastRunner.Options) async {
        let url = URL(fileURLWithPath: path)
        let script: WastScript
        do {
            script = try WastScript.read(url)
        } catch {
            count(.failed(error.message), at: path, "script")
            return
        }
        let runner = WastRunner(script, in: url.deletingLastPathComponent(), options: options)
        for directive in script.commands {
            count(await runner.run(directive), at: "\(path):\(directive.line)", directive.name)
        }
    }

    /// Prints the totals.
    func printTotals() {
        console.print("\(passed) passed, \(failed) failed, \(unsupported) unsupported")
    }

    private mutating func count(_ outcome: WastOutcome, at place: String, _ name: String) {
        switch outcome {
        case .passed:
            passed += 1
            if isVerbose { console.print("passed \(place) \(name)") }
        case .failed(let reason):
            failed += 1
            console.print("failed \(place) \(name): \(Self.cut(reason))")
        case .unsupported(let reason):
            unsupported += 1
            if isVerbose { console.print("unsupported \(place) \(name): \(Self.cut(reason))") }
        }
    }

    private static func cut(_ text: String) -> String {
        text.unicodeScalars.count <= maximumText ? text : String(text.unicodeScalars.prefix(maximumText)) + "..."
    }
}
