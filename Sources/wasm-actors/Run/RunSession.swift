import WasmActor
import WasmCore
import WasmRuntime

/// A running system, and the hands that do what its user asks for.
struct RunSession: Sendable {
    let system: ActorSystem

    /// Answers what waits for nobody.
    ///
    /// - Parameter action: What is asked for.
    /// - Returns: The answer; nil where an actor is to do something.
    func answer(_ action: RunAction) -> RunReply? {
        switch action.kind {
        case .tree:
            let tree = system.tree
            return .done(action, tree.description.split(separator: "\n").map(String.init)) { json in
                json.add("tree", json: JSONLine.list(tree.roots.map(\.json)))
            }
        case .metrics:
            let metrics = system.metrics
            return .done(action, metrics.figures.map { "\($0.name): \($0.value)" }) { json in
                for figure in metrics.figures { json.add(figure.name, json: figure.value) }
            }
        case .help:
            let width = RunAction.forms.map(\.form.count).max() ?? 0
            let lines = RunAction.forms.map { form in
                form.form + String(repeating: " ", count: width + 2 - form.form.count) + form.meaning
            }
            return .done(action, lines) { $0.add("lines", lines) }
        case .quit: return .done(action, []) { _ in }
        case .send, .ask, .stop, .kill, .restart, .upgrade: return nil
        }
    }

    /// Does one thing, and waits for whoever does it.
    ///
    /// - Parameter action: What.
    /// - Returns: What became of it.
    func perform(_ action: RunAction) async -> RunReply {
        do {
            switch action.kind {
            case .send(let id, let payload):
                try await actor(id).tell(payload)
                return .done(action, ["sent"]) { _ in }
            case .ask(let id, let payload, let time):
                let answer = try await actor(id).ask(payload, timeout: time)
                return .done(action, [String(decoding: answer, as: UTF8.self)]) {
                    $0.add("answer", bytes: answer, limit: .max)
                }
            case .stop(let id): return ended(action, try await actor(id).stop())
            case .kill(let id): return ended(action, try await actor(id).kill())
            case .restart(let id):
                guard let supervisor = system.supervisor(of: id) else {
                    throw CommandError.failure("no supervisor has an actor \(id)", hint: "`tree` shows the supervisors")
                }
                try await supervisor.restart(id)
                return .done(action, ["started again"]) { _ in }
            case .upgrade(let target, let file, let keepsState):
                return try await upgrade(action, target, file, keepsState ? .carried : .dropped)
            case .tree, .metrics, .help, .quit: return answer(action) ?? .done(action, []) { _ in }
            }
        } catch let error as CommandError {
            return .failed(action.line, error.message, hint: error.hint)
        } catch {
            return .failed(action.line, "\(error)")
        }
    }

    private func actor(_ id: ActorID) throws(CommandError) -> ActorRef {
        guard let actor = system.actor(id) else {
            throw .failure("no actor \(id) runs", hint: "`tree` shows the actors")
        }
        return actor
    }

    private func ended(_ action: RunAction, _ reason: ExitReason) -> RunReply {
        .done(action, ["ended (\(reason))"]) { $0.add("reason", "\(reason)") }
    }

    private func upgrade(
        _ action: RunAction,
        _ target: RunAction.Target,
        _ file: String,
        _ transfer: StateTransfer
    ) async throws -> RunReply {
        let component = try await system.compile(ComponentFile(path: file).bytes)
        let reports: [UpgradeReport]
        switch target {
        case .actor(let id): reports = [try await system.upgrade(id, to: component, transfer: transfer)]
        case .pattern(let pattern):
            reports = await system.upgrade(matching: pattern, to: component, transfer: transfer)
            guard !reports.isEmpty else {
                throw CommandError.failure("no actor matches \(pattern)", hint: "`tree` shows the actors")
            }
        }
        let lines = reports.map { "\($0.actor): \($0.outcome), paused \(DemoTable.text(of: $0.pause))" }
        let json = reports.map { report in
            var json = JSONLine()
            json.add("actor", "\(report.actor)")
            json.add("upgraded", report.isUpgraded)
            json.add("outcome", "\(report.outcome)")
            json.add("pauseNanoseconds", report.pause.nanoseconds)
            return json.object
        }
        guard reports.allSatisfy(\.isUpgraded) else {
            return .failed(action.line, lines.joined(separator: "; "))
        }
        return .done(action, lines) { $0.add("reports", json: JSONLine.list(json)) }
    }
}

extension SystemMetrics {
    /// Every figure as JSON.
    var figures: [(name: String, value: String)] {
        var figures: [(String, String)] = [
            ("actors", "\(actors)"), ("mailboxDepth", "\(mailboxDepth)"), ("mailboxBytes", "\(mailboxBytes)"),
            ("messagesAccepted", "\(messagesAccepted)"), ("messagesHandled", "\(messagesHandled)"),
            ("messagesDropped", "\(messagesDropped)"), ("messagesExpired", "\(messagesExpired)"),
            ("messagesKept", "\(messagesKept)"), ("guestErrors", "\(guestErrors)"), ("crashes", "\(crashes)"),
            ("restarts", "\(restarts)"), ("deadLetters", "\(deadLetters)"), ("turns", "\(engine.turns)"),
            ("slices", "\(engine.slices)"), ("traps", "\(engine.traps)"),
            ("liveInstances", "\(engine.liveInstances)"), ("compilations", "\(engine.compilations)"),
        ]
        if let residentBytes { figures.append(("residentBytes", "\(residentBytes)")) }
        for (name, times) in [("turn", turnTimes), ("answer", answerTimes)] {
            for (part, label) in [(0.5, "P50"), (0.99, "P99")] {
                guard let time = times.quantile(part) else { continue }
                figures.append(("\(name)\(label)Nanoseconds", "\(time.nanoseconds)"))
            }
        }
        return figures
    }
}

extension SupervisionTree.Node {
    /// The node and all below it, as JSON.
    var json: String {
        var json = JSONLine()
        switch self {
        case .supervisor(let summary, _):
            json.add("supervisor", summary.path)
            json.add("strategy", "\(summary.strategy)")
            json.add("status", "\(summary.status)")
            json.add("generation", summary.generation)
            json.add("restarts", summary.restarts)
        case .actor(let summary, _):
            json.add("actor", "\(summary.id)")
            json.add("status", "\(summary.status)")
            json.add("generation", summary.generation)
            json.add("restarts", summary.restarts)
            json.add("mailbox", summary.mailboxDepth)
            json.add("handled", summary.messagesHandled)
        }
        if !children.isEmpty { json.add("children", json: JSONLine.list(children.map(\.json))) }
        return json.object
    }
}
