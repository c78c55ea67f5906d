import WasmActor

/// `demo`: actors of the fixture components, and what the host does for them and against them.
enum DemoCommand: Subcommand {
    static let name = "demo"
    static let summary = "Runs a few actors and tells what happens."
    static let help = """
        Runs actors of three components, counter, relay and chaos, and tells what happens: questions, a guest that asks
        another, a denied call, a crash, an endless loop, storage, an orderly end.

        Usage: wasm-actors demo [--fixtures DIR]

        Every line comes from an event of the system or from an answer. Where a step does not do what it says the exit
        code is 1.

        Options:
          --fixtures DIR  The folder with counter.wasm, relay.wasm and chaos.wasm.
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(line, options: ["--fixtures"])
        guard arguments.positional.isEmpty else {
            throw .usage("demo takes options only", hint: "See: wasm-actors demo --help")
        }
        let fixtures = try Fixtures(given: arguments.value(of: "--fixtures"))
        let stage: DemoStage
        do {
            stage = try DemoStage(console: console, fixtures: fixtures)
        } catch {
            throw .failure(error.description)
        }
        var table = DemoTable()
        do {
            try await perform(on: stage, &table)
        } catch {
            await stage.system.shutdown(grace: .zero)
            throw .failure("the demo stopped: \(error)")
        }
        console.print("")
        for line in table.lines { console.print(line) }
    }

    private static func perform(on stage: DemoStage, _ table: inout DemoTable) async throws {
        for (index, step) in DemoScript.steps.enumerated() {
            stage.console.print("\(index == 0 ? "" : "\n")\(index + 1). \(step.title)")
            let start = ContinuousClock.now
            let outcome = try await step.run(stage)
            table.add(step.title, outcome, ContinuousClock.now - start)
        }
    }
}
