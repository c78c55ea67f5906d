/// `bench`: what this package adds to the cost of a call, as ratios to a loop in C.
enum BenchCommand: Subcommand {
    static let name = "bench"
    static let summary = "Measures calls and messages against a loop in C."
    static let help = """
        Measures calls and messages against the same calls from a loop in C, on the same library with the same settings.

        Usage: wasm-actors bench [--only NAME] [--rounds N] [--fixtures DIR]

        Prints one line of JSON for each figure: the nanoseconds of one call through this package and of one through C
        (medians), their ratio, and how many of our calls were answered and checked.

          call-sync   a generated call of an export that adds two numbers, synchronous
          call-async  the same, asynchronous
          ask         a question of 16 bytes to an actor, against handle-message of the same component in C
          tell        a message of 16 bytes without an answer, drained and counted, against the same

        Options:
          --only NAME     Only this figure.
          --rounds N      Rounds of each side, in turn; 7 by default.
          --fixtures DIR  The folder with counter.wasm.

        Build for release first: swift run -c release wasm-actors bench
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(line, options: ["--only", "--rounds", "--fixtures"])
        guard arguments.positional.isEmpty else {
            throw .usage("bench takes options only", hint: "See: wasm-actors bench --help")
        }
        let runner = BenchRunner(rounds: try arguments.number(of: "--rounds", in: 1...1000) ?? 7)
        for name in try selected(arguments.value(of: "--only")) {
            let figure: BenchFigure
            do {
                figure = try await measure(name, runner, arguments.value(of: "--fixtures"))
            } catch let error as CommandError {
                throw error
            } catch {
                throw .failure("\(name): \(error)")
            }
            console.print(figure.line)
        }
    }

    private static let names = ["call-sync", "call-async", "ask", "tell"]

    private static func selected(_ only: String?) throws(CommandError) -> [String] {
        guard let only else { return names }
        guard names.contains(only) else {
            throw .usage("no figure '\(only)'", hint: "The figures are: \(names.joined(separator: ", ")).")
        }
        return [only]
    }

    private static func measure(_ name: String, _ runner: BenchRunner, _ fixtures: String?) async throws -> BenchFigure
    {
        switch name {
        case "call-sync": return try await CallBench(runner: runner).sync()
        case "call-async": return try await CallBench(runner: runner).async()
        default:
            let bench = ActorBench(runner: runner, counter: try Fixtures(given: fixtures).component("counter"))
            return try await name == "ask" ? bench.ask() : bench.tell()
        }
    }
}
