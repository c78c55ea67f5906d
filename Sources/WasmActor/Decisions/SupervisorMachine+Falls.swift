import WasmCore

/// What a child's fall leads to.
extension SupervisorMachine {
    /// A child fell: it has no instance, and waits.
    ///
    /// - Parameters:
    ///   - number: The child.
    ///   - reason: Why.
    ///   - now: The clock's time.
    ///   - random: Bits for the jitter of the pause.
    /// - Returns: What is to be done.
    mutating func fell(_ number: Int, _ reason: ExitReason, now: Duration, random: UInt64) -> [Action] {
        guard let index = index(number) else { return [] }
        switch children[index].phase {
        // What was asked of it comes to the same, or its end is about to be told.
        case .absent, .halted, .ending: return []
        case .halting: return halted(number, reason)
        case .starting, .running: break
        }
        children[index].phase = .halted
        children[index].reason = reason
        let child = children[index]
        if case .stopping = phase { return advance() }
        if child.isNew { return letGo(index) }
        // Its part of the supervisor's own first start has failed, and that with it.
        guard hasRun || child.hasRun else { return stop(asFallen: reason) }
        switch child.rule.restart.directive(for: reason, rules: child.rule.rules) {
        case .restart where child.mustGoDown: return advance()
        case .restart:
            guard let attempt = window.restart(now: now) else { return fall(with: child, reason, isExceeded: true) }
            restarts += 1
            return restart(index, after: backOff.pause(attempt: attempt, random: random))
        case .escalate: return fall(with: child, reason, isExceeded: false)
        default:
            children[index].endsByItself = true
            return letGo(index)
        }
    }

    private mutating func restart(_ index: Int, after pause: Duration) -> [Action] {
        let group: Range<Int>
        switch strategy {
        case .oneForOne, .dynamic:
            children[index].phase = .starting
            return [.resume(children[index].number, after: pause)]
        case .oneForAll: group = children.startIndex..<children.endIndex
        case .restForOne: group = index..<children.endIndex
        }
        for member in group where children[member].phase != .absent && children[member].phase != .ending {
            children[member].isQueued = true
            children[member].mustGoDown = children[member].phase != .halted
        }
        self.pause = pause
        isRecycling = true
        return advance()
    }

    /// Gives a halted child up.
    private mutating func letGo(_ index: Int) -> [Action] {
        children[index].phase = .ending
        children[index].isQueued = false
        children[index].mustGoDown = false
        return [.conclude(children[index].number, children[index].reason)] + advance()
    }

    /// The supervisor falls with a child.
    mutating func fall(with child: Child, _ reason: ExitReason, isExceeded: Bool) -> [Action] {
        let own = reason.isAbnormal ? reason : .failed("a child of it ended: \(reason)")
        return [.escalate(child.number, reason, isExceeded: isExceeded)] + stop(asFallen: own)
    }

    /// The supervisor is over: its own supervisor decides, where it has one.
    mutating func stop(asFallen reason: ExitReason) -> [Action] {
        stop(isRoot ? .end(reason) : .halt(isAsked: false, reason))
    }

    /// A child is halted, as it was asked to be.
    mutating func halted(_ number: Int, _ reason: ExitReason) -> [Action] {
        guard let index = index(number), children[index].phase == .halting else { return [] }
        children[index].phase = .halted
        children[index].reason = reason
        return advance()
    }

    /// A child has had the time that it was given for its end.
    mutating func timePassed(_ number: Int) -> [Action] {
        switch self[number]?.phase {
        case .halting: [.halt(number, .kill, within: nil)]
        case .ending: [.end(number, .kill, within: nil)]
        default: []
        }
    }

    /// A child is gone: let go, stopped, or ended by the host, after which it is not started again.
    mutating func ended(_ number: Int, _ reason: ExitReason) -> [Action] {
        guard let index = index(number) else { return [] }
        let child = children[index]
        // The host ended what is part of the first start.
        let isMissing = !hasRun && !child.hasRun && child.phase == .starting
        if let others = leaving {
            // Each of them would move those behind it.
            children[index].phase = .absent
            leaving = others - 1
        } else if child.isOfSpec, child.phase == .ending, !child.isForgotten {
            children[index] = Child(number: number, rule: child.rule, isOfSpec: true)
        } else {
            children.remove(at: index)
        }
        guard phase == .starting || phase == .running else { return advance() }
        if isMissing { return stop(asFallen: reason) }
        if child.endsByItself, child.rule.isSignificant, mustShutDown { return stop(asFallen: .shutdown) }
        return advance()
    }

    /// Whether the end of a significant child is the supervisor's.
    private var mustShutDown: Bool {
        switch autoShutdown {
        case .never: false
        case .anySignificant: true
        case .allSignificant:
            !children.contains { $0.rule.isSignificant && ($0.phase != .absent || $0.isQueued) }
        }
    }
}
