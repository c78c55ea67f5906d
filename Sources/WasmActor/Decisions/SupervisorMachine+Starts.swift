import WasmCore

/// How children come up: with their supervisor, as new ones, and again.
extension SupervisorMachine {
    /// Starts all children in order: the first time, or after the supervisor was halted. Restarts are counted anew.
    mutating func start() -> [Action] {
        guard phase == .idle || phase == .pausing else { return [] }
        window = newWindow
        phase = .starting
        kills = false
        pause = .zero
        isRecycling = true
        for index in children.indices { children[index].isQueued = true }
        return advance()
    }

    /// The one above has the supervisor begin anew after a pause, which `start` ends.
    mutating func resume(after pause: Duration) -> [Action] {
        guard phase == .halted else { return [] }
        phase = .pausing
        return pause > .zero ? [.pause(pause)] : start()
    }

    /// Adds a child behind the others.
    ///
    /// - Returns: Its number and what is to be done; nil where the supervisor takes none now.
    mutating func add(_ rule: Rule) -> (number: Int, actions: [Action])? {
        guard takesChildren else { return nil }
        lastNumber += 1
        children.append(Child(number: lastNumber, rule: rule, isOfSpec: false))
        return (lastNumber, startNew(children.endIndex - 1))
    }

    /// Starts a child of the specification again that has ended, at its place.
    ///
    /// - Returns: What is to be done; nil where the child is there, or the supervisor starts none now.
    mutating func startAgain(_ number: Int, _ rule: Rule) -> [Action]? {
        guard takesChildren else { return nil }
        if let index = index(number) {
            guard children[index].phase == .absent, !children[index].isQueued else { return nil }
            return startNew(index)
        }
        let index = children.firstIndex { $0.number > number } ?? children.endIndex
        var child = Child(number: number, rule: rule, isOfSpec: true)
        // It does not come back with the supervisor where this start fails.
        child.isForgotten = true
        children.insert(child, at: index)
        return startNew(index)
    }

    private var takesChildren: Bool { phase == .running || phase == .starting && hasRun }

    /// Starts a child for whoever waits for that.
    private mutating func startNew(_ index: Int) -> [Action] {
        children[index].isNew = true
        guard strategy == .oneForAll || strategy == .restForOne else {
            children[index].phase = .starting
            return [.start(children[index].number)]
        }
        children[index].isQueued = true
        isRecycling = true
        return advance()
    }

    /// A child runs.
    mutating func started(_ number: Int) -> [Action] {
        guard let index = index(number), children[index].phase == .starting else { return [] }
        children[index].phase = .running
        children[index].isQueued = false
        children[index].isNew = false
        children[index].isForgotten = false
        children[index].hasRun = true
        return advance()
    }

    /// A child could not even be made, for its id is taken.
    mutating func couldNotStart(_ number: Int, _ reason: ExitReason) -> [Action] {
        guard let index = index(number) else { return [] }
        if children[index].phase == .ending { return ended(number, reason) }
        children[index].phase = .absent
        children[index].isQueued = false
        if children[index].isNew {
            children[index].isNew = false
            if !children[index].isOfSpec || children[index].isForgotten { children.remove(at: index) }
            return advance()
        }
        if case .stopping = phase { return advance() }
        return hasRun ? fall(with: children[index], reason, isExceeded: false) : stop(asFallen: reason)
    }

    /// The next steps of what is going on.
    mutating func advance() -> [Action] {
        switch phase {
        case .idle, .halted, .pausing, .ended: []
        case .stopping(let goal): stopNext(goal)
        case .starting, .running: recycleNext()
        }
    }

    /// A group that starts anew goes down first, the last child first, and then comes up in order; each step waits for
    /// the one before.
    private mutating func recycleNext() -> [Action] {
        guard isRecycling else { return [] }
        while let index = children.lastIndex(where: \.mustGoDown) {
            switch children[index].phase {
            case .halting, .ending: return []
            case .starting, .running: return [takeDown(index, keeps: true)]
            case .halted, .absent: children[index].mustGoDown = false
            }
        }
        guard !children.contains(where: { $0.isQueued && $0.phase == .starting }) else { return [] }
        guard let index = children.firstIndex(where: { $0.isQueued && $0.phase != .ending }) else {
            if phase == .running { isRecycling = false }
            // One that fell meanwhile, and comes back outside of the order, has to run too.
            guard phase == .starting, !children.contains(where: { $0.phase == .starting && !$0.isNew }) else {
                return []
            }
            isRecycling = false
            phase = .running
            hasRun = true
            return [.report(.started)]
        }
        let number = children[index].number
        defer { children[index].phase = .starting }
        guard children[index].phase == .halted else { return [.start(number)] }
        defer { pause = .zero }
        return [.resume(number, after: pause)]
    }

    /// Has a child that is up go down: for good where it does not outlive that.
    mutating func takeDown(_ index: Int, keeps: Bool) -> Action {
        let child = children[index]
        var (wish, time) = (ActorMachine.Request.stop, Duration?.none)
        switch child.rule.shutdown {
        case _ where kills: wish = .kill
        case .kill: wish = .kill
        case .within(let limit): time = limit
        case nil: break
        }
        guard keeps, child.rule.restart != .temporary else {
            children[index].phase = .ending
            children[index].isQueued = false
            return .end(child.number, wish, within: time)
        }
        children[index].phase = .halting
        return .halt(child.number, wish, within: time)
    }
}
