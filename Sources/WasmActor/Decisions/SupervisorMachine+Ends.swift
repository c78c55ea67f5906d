import WasmCore

/// How a supervisor, and each of its children, comes down.
extension SupervisorMachine {
    /// The one above wants the children halted; they stay.
    mutating func halt(_ wish: ActorMachine.Request) -> [Action] {
        switch phase {
        case .starting, .running:
            kills = wish == .kill
            return stop(.halt(isAsked: true, wish.reason))
        case .stopping: return wish == .kill ? kill() : []
        case .pausing:
            phase = .halted
            return [.report(.halted(wish.reason))]
        // Its fall, or its halt, has been told already.
        case .idle, .halted, .ended: return []
        }
    }

    /// The supervisor is to end, with all of its children.
    mutating func end(_ wish: ActorMachine.Request) -> [Action] {
        switch phase {
        case .ended: return []
        case .stopping(let goal):
            if case .halt = goal { phase = .stopping(.end(wish.reason)) }
            return (wish == .kill ? kill() : []) + advance()
        case .idle, .starting, .running, .halted, .pausing:
            kills = wish == .kill
            return stop(.end(wish.reason))
        }
    }

    /// The one above gives the supervisor up.
    mutating func conclude(_ reason: ExitReason) -> [Action] {
        phase == .halted ? stop(.end(reason)) : []
    }

    /// Ends one child for good, in its own time where it is not killed; it is forgotten then.
    mutating func stop(_ number: Int, _ wish: ActorMachine.Request = .stop) -> [Action] {
        guard let index = index(number) else { return [] }
        switch children[index].phase {
        case .ending: return wish == .kill ? timePassed(number) : []
        case .absent:
            children.remove(at: index)
            return advance()
        case .starting, .running, .halting, .halted:
            let action = takeDown(index, keeps: false)
            children[index].isForgotten = true
            return [action] + (wish == .kill ? timePassed(number) : []) + advance()
        }
    }

    /// Brings all children down.
    mutating func stop(_ goal: Goal) -> [Action] {
        phase = .stopping(goal)
        for index in children.indices {
            children[index].isQueued = false
            children[index].mustGoDown = false
        }
        return advance()
    }

    /// Has those go down at once that were asked to, and those that will be.
    private mutating func kill() -> [Action] {
        kills = true
        return children.flatMap { timePassed($0.number) }
    }

    /// The last child first, each after the one before; the children of a dynamic supervisor all at once.
    mutating func stopNext(_ goal: Goal) -> [Action] {
        let actions = strategy == .dynamic ? stopAll() : stopLast(isKept: isKept(goal))
        guard let actions else { return finish(goal) }
        return actions
    }

    private func isKept(_ goal: Goal) -> Bool { if case .halt = goal { true } else { false } }

    /// What brings the next child down; nil where all are.
    private mutating func stopLast(isKept: Bool) -> [Action]? {
        for index in children.indices.reversed() {
            switch children[index].phase {
            case .absent: continue
            case .halted where isKept && children[index].rule.restart != .temporary: continue
            case .halting, .ending: return []
            case .starting, .running: return [takeDown(index, keeps: isKept)]
            case .halted: return [conclude(index)]
            }
        }
        return nil
    }

    /// What ends all children; nothing while they do, and nil where they have.
    private mutating func stopAll() -> [Action]? {
        if let leaving { return leaving == 0 ? nil : [] }
        var actions: [Action] = []
        for index in children.indices.reversed() {
            switch children[index].phase {
            case .starting, .running, .halting: actions.append(takeDown(index, keeps: false))
            case .halted: actions.append(conclude(index))
            case .absent, .ending: break
            }
        }
        leaving = children.count { $0.phase != .absent }
        return leaving == 0 ? nil : actions
    }

    private mutating func conclude(_ index: Int) -> Action {
        children[index].phase = .ending
        return .conclude(children[index].number, children[index].reason)
    }

    private mutating func finish(_ goal: Goal) -> [Action] {
        if leaving != nil { (children, leaving) = ([], nil) }
        switch goal {
        case .halt(let isAsked, let reason):
            phase = .halted
            return [.report(isAsked ? .halted(reason) : .fell(reason))]
        case .end(let reason):
            phase = .ended(reason)
            return [.report(.ended(reason))]
        }
    }
}
