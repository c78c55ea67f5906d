import WasmActor
import WasmCore
import WasmRuntime

/// The steps of the demo in order; each tells what happens and returns the sum of it.
enum DemoScript {
    /// One step.
    struct Step: Sendable {
        let title: String
        let run: @Sendable (DemoStage) async throws -> String
    }

    static let steps: [Step] = [
        Step(title: "Actors of three components", run: spawn),
        Step(title: "A question", run: ask),
        Step(title: "A guest asks another guest", run: request),
        Step(title: "No grant, no call", run: denial),
        Step(title: "A crash and a restart", run: crash),
        Step(title: "An endless loop", run: endlessLoop),
        Step(title: "Storage outlives an actor", run: storage),
        Step(title: "An orderly end", run: shutdown),
    ]

    private static let counter = "demo/counter/main"
    private static let relay = "demo/relay/main"
    private static let stranger = "demo/relay/stranger"
    private static let chaos = "demo/chaos/main"

    private static func spawn(_ stage: DemoStage) async throws -> String {
        let toCounter = Grants([try Grant(.request, to: counter)])
        try await stage.spawn(counter, "counter", ActorOptions(grants: .privateStorage))
        try await stage.spawn(relay, "relay", ActorOptions(grants: toCounter))
        try await stage.spawn(stranger, "relay")
        // 500 ms of execution in one turn, and no more.
        try await stage.spawn(chaos, "chaos", ActorOptions(limits: ResourceLimits(cpuTime: 500_000_000)))
        let metrics = stage.system.metrics
        try stage.require(metrics.actors == 4, "\(metrics.actors) actors run where 4 were started")
        let compilations = metrics.engine.compilations
        try stage.require(compilations == 3, "\(compilations) compilations of 3 components")
        return "\(metrics.actors) actors run, \(compilations) components were compiled"
    }

    private static func ask(_ stage: DemoStage) async throws -> String {
        let answer = try await stage.ask(stage.actor(counter), "increment")
        try stage.require(answer == "1", "a fresh counter counts 1")
        return "counter counts \(answer)"
    }

    private static func request(_ stage: DemoStage) async throws -> String {
        let answer = try await stage.ask(stage.actor(relay), "ask \(counter) increment 41")
        try stage.require(answer == "42", "the count is 42 after 1 and 41")
        return "relay got \(answer) from counter, through the host"
    }

    private static func denial(_ stage: DemoStage) async throws -> String {
        let actor = try stage.actor(stranger)
        let answer = try await stage.ask(actor, "ask \(counter) get")
        let record = try await stage.event("the denial in the audit log") { event in
            if case .audited(let record) = event, !record.isAllowed { record } else { nil }
        }
        stage.tell("audit: \(record.actor) was denied \(record.capability)")
        try stage.require(record.actor == actor.id && record.capability.kind == .request, "the stranger asks counter")
        try stage.require(answer.hasPrefix("denied"), "the guest learns that it was denied")
        return "\(record.capability.kind.rawValue) denied and recorded"
    }

    private static func crash(_ stage: DemoStage) async throws -> String {
        let actor = try stage.actor(chaos)
        let reason = try await stage.provoke(actor, "trap")
        let lastWords = try await stage.event("the last words in the log") { event in
            if case .logged(let entry) = event, entry.actor == actor.id { entry.message } else { nil }
        }
        stage.tell("log of \(actor): \(lastWords)")
        let generation = try await crashed(actor, stage)
        stage.tell("\(actor), generation \(generation), crashed (\(reason))")
        try stage.require(reason == .trap(.unreachable), "a failed precondition is a trap")
        let next = try await stage.returns(actor)
        let count = try await stage.ask(actor, "count")
        try stage.require(count == "1" && next == generation + 1, "the fresh instance has had one message")
        return "\(reason); generation \(next) runs"
    }

    private static func endlessLoop(_ stage: DemoStage) async throws -> String {
        let looping = try stage.actor(chaos)
        let answering = try stage.actor(counter)
        let isOver = Flag()
        async let end = {
            defer { isOver.set() }
            return try await stage.provoke(looping, "loop")
        }()
        var answers = 0
        var slowest = Duration.zero
        while !isOver.isSet {
            let start = ContinuousClock.now
            let answer = try await answering.ask(Array("get".utf8))
            slowest = max(slowest, ContinuousClock.now - start)
            try stage.require(answer == Array("42".utf8), "the count stays 42")
            answers += 1
        }
        let reason = try await end
        stage.tell(
            "while it looped, \(answering) answered \(answers) times, in \(DemoTable.text(of: slowest)) at the most"
        )
        _ = try await crashed(looping, stage)
        stage.tell("\(looping) was stopped (\(reason))")
        try stage.require(reason == .limit(.cpuTime), "the limit of executing time ends the loop")
        try stage.require(answers > 2, "the other actor goes on")
        _ = try await stage.returns(looping)
        return "\(reason); \(answers) answers meanwhile"
    }

    private static func crashed(_ actor: ActorRef, _ stage: DemoStage) async throws -> UInt64 {
        try await stage.event("\(actor) to crash") { event in
            if case .crashed(actor.id, let generation, _, _) = event { generation } else { nil }
        }
    }

    private static func storage(_ stage: DemoStage) async throws -> String {
        let first = try stage.actor(counter)
        let saved = try await stage.ask(first, "save")
        let end = await first.stop()
        stage.tell("\(first) ended (\(end))")
        let second = try await stage.spawn(counter, "counter", ActorOptions(grants: .privateStorage))
        let before = try await stage.ask(second, "get")
        let after = try await stage.ask(second, "load")
        try stage.require(saved == "saved" && end == .shutdown, "the count is saved before the end")
        try stage.require(before == "0" && after == "42", "memory begins at 0, storage has kept 42")
        return "memory began at \(before), storage held \(after)"
    }

    private static func shutdown(_ stage: DemoStage) async throws -> String {
        let metrics = stage.system.metrics
        let report = await stage.system.shutdown()
        for case .ended(let id, let reason) in await stage.remainingEvents() {
            stage.tell("\(id) ended (\(reason))")
        }
        try stage.require(report.cutOff.isEmpty, "nobody is cut off: \(report.cutOff)")
        try stage.require(report.stopped.count == 4, "four actors end: \(report.stopped)")
        stage.tell(
            "\(metrics.messagesHandled) messages were handled, \(metrics.crashes) crashed their actor, "
                + "\(metrics.restarts) restarts, \(report.lostMessages) messages lost"
        )
        try stage.require(report.lostMessages == 0, "no message is lost")
        return "\(report.stopped.count) actors stopped, \(report.lostMessages) messages lost"
    }
}
