import WasmCore

@testable import WasmActor

/// A supervisor's machine, and children that do at once what they are asked, but for those that are held.
struct Tree {
    var machine: SupervisorMachine
    /// What was done, in order.
    var log: [String] = []
    var now = Duration.zero
    /// Children that do not answer.
    var held: Set<Int> = []
    /// Children whose starts fail.
    var failing: Set<Int> = []

    init(
        _ strategy: Strategy = .oneForOne,
        intensity: Int = 3,
        autoShutdown: AutoShutdown = .never,
        isRoot: Bool = true,
        _ children: [SupervisorMachine.Rule] = Array(repeating: .init(), count: 3)
    ) {
        let spec = SupervisorSpec(
            "test",
            strategy: strategy,
            intensity: intensity,
            backOff: BackOff(first: .seconds(1), longest: .seconds(8), jitter: 0),
            autoShutdown: autoShutdown
        )
        machine = SupervisorMachine(spec, isRoot: isRoot, children: children)
    }

    /// One whose children run, with an empty log.
    static func running(
        _ strategy: Strategy = .oneForOne,
        intensity: Int = 3,
        autoShutdown: AutoShutdown = .never,
        isRoot: Bool = true,
        _ children: [SupervisorMachine.Rule] = Array(repeating: .init(), count: 3)
    ) -> Tree {
        var tree = Tree(strategy, intensity: intensity, autoShutdown: autoShutdown, isRoot: isRoot, children)
        tree.perform(tree.machine.start())
        tree.log = []
        return tree
    }

    mutating func perform(_ actions: [SupervisorMachine.Action]) {
        for action in actions {
            log.append(Self.text(action))
            perform(answer(to: action))
        }
    }

    private mutating func answer(to action: SupervisorMachine.Action) -> [SupervisorMachine.Action] {
        switch action {
        case .start(let child), .resume(let child, _):
            guard !held.contains(child) else { return [] }
            return failing.contains(child) ? fall(child, .failed("x")) : machine.started(child)
        case .halt(let child, let wish, _):
            return held.contains(child) && wish == .stop ? [] : machine.halted(child, wish.reason)
        case .end(let child, let wish, _):
            return held.contains(child) && wish == .stop ? [] : machine.ended(child, wish.reason)
        case .conclude(let child, let reason): return machine.ended(child, reason)
        case .pause, .escalate, .report: return []
        }
    }

    private mutating func fall(_ child: Int, _ reason: ExitReason) -> [SupervisorMachine.Action] {
        machine.fell(child, reason, now: now, random: 0)
    }

    mutating func fell(_ child: Int, _ reason: ExitReason = .trap(.unreachable)) {
        let actions = fall(child, reason)
        perform(actions)
    }

    /// A held child does what it was asked at last.
    mutating func release(_ child: Int) {
        held.remove(child)
        switch machine[child]?.phase {
        case .starting: perform(machine.started(child))
        case .halting: perform(machine.halted(child, .shutdown))
        case .ending: perform(machine.ended(child, .shutdown))
        default: break
        }
    }

    mutating func takeLog() -> [String] {
        defer { log = [] }
        return log
    }

    private static func text(_ action: SupervisorMachine.Action) -> String {
        switch action {
        case .start(let child): "start \(child)"
        case .resume(let child, .zero): "resume \(child)"
        case .resume(let child, let pause): "resume \(child) after \(pause.components.seconds)"
        case .halt(let child, let wish, _): "\(wish == .kill ? "kill" : "halt") \(child)"
        case .end(let child, let wish, _): "\(wish == .kill ? "end now" : "end") \(child)"
        case .conclude(let child, _): "conclude \(child)"
        case .pause(let time): "pause \(time.components.seconds)"
        case .escalate(let child, _, let isExceeded): isExceeded ? "exceeded by \(child)" : "escalated by \(child)"
        case .report(.started): "started"
        case .report(.fell(let reason)): "fell: \(reason)"
        case .report(.halted): "halted"
        case .report(.ended(let reason)): "ended: \(reason)"
        }
    }
}

extension SupervisorMachine.Rule {
    static let transient = Self(restart: .transient)
    static let temporary = Self(restart: .temporary)
    static func significant(_ kind: RestartKind = .transient) -> Self { Self(restart: kind, isSignificant: true) }
}
