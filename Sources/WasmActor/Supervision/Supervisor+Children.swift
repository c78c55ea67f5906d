import Synchronization
import WasmCore
import WasmRuntime

/// What the children tell.
extension Supervisor {
    func started(_ cell: ActorCell, generation: UInt64) {
        var spawned: OneShot<Result<ActorCell, ActorSystemError>>?
        handle { state in
            guard let number = state.number(of: cell) else { return [] }
            spawned = state.slots[number]?.spawned.take()
            return state.machine.started(number)
        }
        spawned?.resolve(.success(cell))
    }

    func fell(_ cell: ActorCell, _ reason: ExitReason) {
        let number = state.withLock { $0.number(of: cell) }
        if let number { childFell(number, reason) }
    }

    func halted(_ cell: ActorCell, _ reason: ExitReason) {
        let number = state.withLock { $0.number(of: cell) }
        if let number { childHalted(number, reason) }
    }

    func ended(_ cell: ActorCell, _ reason: ExitReason) {
        let number = state.withLock { state in
            let number = state.number(of: cell)
            if number != nil { state.numbers[cell.id] = nil }
            return number
        }
        household?.leave()
        // Whoever waits for the first start of a child waits here, not at its cell.
        let error = cell.started.takeIfResolved()?.error
        if let number { childEnded(number, reason, error) }
    }

    func upgraded(_ cell: ActorCell, to component: CompiledComponent) {
        state.withLock { state in
            guard let number = state.number(of: cell), case .actor(let spec, _) = state.slots[number]?.child else {
                return
            }
            state.replace(number, by: .actor(spec, component))
        }
    }

    func kills(_ cell: ActorCell) -> Bool {
        state.withLock { state in
            guard let number = state.number(of: cell), case .actor(let spec, _) = state.slots[number]?.child else {
                return false
            }
            return spec.shutdown == .kill
        }
    }

    /// A supervisor among the children tells something.
    private func child(_ number: Int, _ report: SupervisorMachine.Report) {
        switch report {
        case .started: handle { $0.machine.started(number) }
        case .fell(let reason): childFell(number, reason)
        case .halted(let reason): childHalted(number, reason)
        case .ended(let reason):
            let supervisor = state.withLock { $0.slots[number]?.supervisor }
            let end = supervisor?.state.withLock { (plan: $0.plan, error: $0.startError) }
            if let plan = end?.plan { state.withLock { $0.replace(number, by: .supervisor(plan)) } }
            childEnded(number, reason, end?.error)
        }
    }

    private func childFell(_ number: Int, _ reason: ExitReason) {
        cancelTime(number)
        let (now, random) = (environment.clock.now, environment.randomBits())
        handle { $0.machine.fell(number, reason, now: now, random: random) }
    }

    private func childHalted(_ number: Int, _ reason: ExitReason) {
        cancelTime(number)
        handle { $0.machine.halted(number, reason) }
    }

    private func childEnded(_ number: Int, _ reason: ExitReason, _ error: ActorSystemError?) {
        cancelTime(number)
        var spawned: OneShot<Result<ActorCell, ActorSystemError>>?
        handle { state in
            state.slots[number]?.cell = nil
            state.slots[number]?.supervisor = nil
            spawned = state.slots[number]?.spawned.take()
            if !state.machine.hasRun, state.startError == nil { state.startError = error }
            let actions = state.machine.ended(number, reason)
            if state.machine[number] == nil { state.slots[number] = nil }
            return actions
        }
        spawned?.resolve(.failure(error ?? .supervisorStartFailed(path, reason)))
    }

    private func cancelTime(_ number: Int) {
        if let timer = state.withLock({ $0.slots[number]?.timer.take() }) { environment.clock.cancel(timer) }
    }
}

extension Supervisor.State {
    /// The number of a child, where it is one.
    fileprivate func number(of cell: ActorCell) -> Int? {
        numbers[cell.id].flatMap { slots[$0]?.cell === cell ? $0 : nil }
    }

    /// A child is made of something else when it is started again.
    fileprivate mutating func replace(_ number: Int, by child: PlannedChild) {
        slots[number]?.child = child
        guard machine[number]?.isOfSpec == true else { return }
        if let place = plan.children.firstIndex(where: { $0.name == child.name }) { plan.children[place] = child }
    }
}

// MARK: - Starts

extension Supervisor {
    /// Makes a child that is not there, and starts it.
    func startChild(_ number: Int) {
        guard let slot = state.withLock({ $0.slots[number] }) else { return }
        switch slot.child {
        case .actor(let spec, let component):
            let cell = ActorCell(
                id: spec.id,
                component: component,
                options: spec.options,
                environment: environment,
                parent: self,
                family: household?.family
            )
            do throws(ActorSystemError) {
                try takeUp(cell)
            } catch {
                return refuse(number, error)
            }
            state.withLock { state in
                state.slots[number]?.cell = cell
                state.numbers[cell.id] = number
            }
            slot.willStart?(cell)
            cell.activate()
        case .supervisor(let plan):
            let supervisor = Supervisor(
                plan,
                path: "\(path)/\(plan.spec.name)",
                isRoot: false,
                environment: environment
            ) { self.child(number, $0) }
            state.withLock { $0.slots[number]?.supervisor = supervisor }
            supervisor.start()
        }
    }

    private func takeUp(_ cell: ActorCell) throws(ActorSystemError) {
        if let household, !household.join() {
            throw ActorSystemError(.tooManyDescendants, "too many \(household.family.refusal)", actor: cell.id)
        }
        do throws(ActorRegistry.Refusal) {
            try environment.registry.insert(cell)
        } catch {
            household?.leave()
            throw error == .nameTaken ? .nameTaken(cell.id) : .shutDown
        }
    }

    private func refuse(_ number: Int, _ error: ActorSystemError) {
        var spawned: OneShot<Result<ActorCell, ActorSystemError>>?
        handle { state in
            spawned = state.slots[number]?.spawned.take()
            if !state.machine.hasRun, state.startError == nil { state.startError = error }
            let actions = state.machine.couldNotStart(number, .failed(error.message))
            if state.machine[number] == nil { state.slots[number] = nil }
            return actions
        }
        spawned?.resolve(.failure(error))
    }

    /// Adds a child behind the others, and waits until it runs.
    ///
    /// - Parameters:
    ///   - child: The child.
    ///   - component: What it runs.
    ///   - canceller: What ends the wait early; the child is killed then.
    ///   - willStart: Told of its cell before that begins.
    /// - Returns: Its cell, which runs.
    /// - Throws: `ActorSystemError`; there is no child then.
    func spawn(
        _ child: ChildSpec,
        _ component: any InstanceSource,
        _ canceller: Canceller,
        willStart: (@Sendable (ActorCell) -> Void)? = nil
    ) async throws(ActorSystemError) -> ActorCell {
        let planned = PlannedChild.actor(child, component)
        let spawned = OneShot<Result<ActorCell, ActorSystemError>>()
        var added: Int?
        handle { state in
            guard let (number, actions) = state.machine.add(planned.rule) else { return [] }
            added = number
            state.slots[number] = Slot(child: planned, spawned: spawned, willStart: willStart)
            return actions
        }
        guard let number = added else {
            throw .takesNoChildren(path, child.id)
        }
        let result = await canceller.wait(for: spawned) { self.giveUp(spawned, number) }
        return try result.get()
    }

    /// Starts a child of the specification again that has ended, and waits until it runs.
    ///
    /// - Parameters:
    ///   - id: The child.
    ///   - canceller: What ends the wait early; the child is killed then.
    /// - Returns: Its cell, which runs.
    /// - Throws: `ActorSystemError`; there is no child then.
    func startAgain(_ id: ActorID, _ canceller: Canceller) async throws(ActorSystemError) -> ActorCell {
        let spawned = OneShot<Result<ActorCell, ActorSystemError>>()
        var begun: Result<Int, ActorSystemError> = .failure(.takesNoChildren(path, id))
        handle { state in
            guard let place = state.plan.place(of: id) else {
                let text = "the specification of \(path) has no child \(id)"
                begun = .failure(ActorSystemError(.notFound, text, actor: id))
                return []
            }
            let (child, number) = (state.plan.children[place], place + 1)
            guard let actions = state.machine.startAgain(number, child.rule) else {
                if state.machine.status == .running { begun = .failure(.nameTaken(id)) }
                return []
            }
            begun = .success(number)
            state.slots[number] = Slot(child: child, spawned: spawned)
            return actions
        }
        let number = try begun.get()
        let result = await canceller.wait(for: spawned) { self.giveUp(spawned, number) }
        return try result.get()
    }

    /// This supervisor, or the one below it, whose child an actor is, or of whose specification.
    func supervisor(of id: ActorID) -> Supervisor? {
        let (isOwn, below) = state.withLock { state in
            (state.numbers[id] != nil || state.plan.place(of: id) != nil, state.slots.values.compactMap(\.supervisor))
        }
        if isOwn { return self }
        return below.lazy.compactMap { $0.supervisor(of: id) }.first
    }

    /// Kills a child whose start is waited for no longer; one that runs already stays.
    private func giveUp(_ start: OneShot<Result<ActorCell, ActorSystemError>>, _ number: Int) {
        stop(number, .kill) { $0.slots[number]?.spawned === start }
    }

    private func stop(
        _ number: Int,
        _ wish: ActorMachine.Request,
        where holds: (State) -> Bool = { _ in true }
    ) {
        var spawned: OneShot<Result<ActorCell, ActorSystemError>>?
        handle { state in
            guard holds(state) else { return [] }
            let actions = state.machine.stop(number, wish)
            if state.machine[number] == nil { spawned = state.slots.removeValue(forKey: number)?.spawned }
            return actions
        }
        spawned?.resolve(.failure(.supervisorStartFailed(path, wish.reason)))
    }

    /// Forgets the children that a fall has left nothing of: those of a dynamic supervisor do not come back.
    func forgetChildren() {
        state.withLock { state in
            let machine = state.machine
            state.slots = state.slots.filter { machine[$0.key] != nil }
        }
    }

    /// The supervisor of a name among the children.
    func childSupervisor(_ name: String) -> Supervisor? {
        state.withLock { state in
            state.slots.values.lazy.compactMap(\.supervisor).first { $0.spec.name == name }
        }
    }

    /// Ends a child for good, and forgets it.
    ///
    /// - Returns: Its cell, which ends; nil where it is no child.
    func stop(_ id: ActorID) -> ActorCell? {
        let found = state.withLock { state in
            state.numbers[id].flatMap { number in state.slots[number]?.cell.map { (number, $0) } }
        }
        guard let (number, cell) = found else { return nil }
        stop(number, .stop)
        return cell
    }
}
