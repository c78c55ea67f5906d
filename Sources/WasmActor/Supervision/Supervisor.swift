import Synchronization
import WasmCore
import WasmRuntime

/// One supervisor: a `SupervisorMachine` under a lock of its own, and the hands that do what it decides.
///
/// What was decided is done in that order by one thread at a time, whichever came first, without any lock held; what
/// happens meanwhile is decided at once and done by that thread too.
final class Supervisor: ActorParent {
    /// A child as it is here.
    struct Slot {
        /// What it is made of when it is started again: an upgrade changes that.
        var child: PlannedChild
        var cell: ActorCell?
        var supervisor: Supervisor?
        /// What ends the time for its halt or end.
        var timer: TimerID?
        /// How often it was given such a time.
        var descents = 0
        /// Tells who waits for its first start.
        var spawned: OneShot<Result<ActorCell, ActorSystemError>>?
        /// Told of its cell before that begins.
        var willStart: (@Sendable (ActorCell) -> Void)?
    }

    struct State {
        var machine: SupervisorMachine
        /// What the one above starts in its place when it is gone.
        var plan: PlannedSupervisor
        var slots: [Int: Slot] = [:]
        var numbers: [ActorID: Int] = [:]
        var actions = Ring<SupervisorMachine.Action>()
        var isPerforming = false
        /// What ends the pause before it begins anew.
        var pause: TimerID?
        /// 1 at first, one more each time that it begins anew.
        var generation: UInt64 = 1
        /// What its first start failed with.
        var startError: ActorSystemError?
        var endWaiters: [OneShot<ExitReason>] = []
        /// Nothing of it is left, and everybody was told.
        var isGone = false
    }

    /// Its own name behind those of the supervisors above.
    let path: String
    let spec: SupervisorSpec
    let environment: ActorEnvironment
    /// Counts its actors; nil where nothing bounds their number.
    let household: Household?
    /// Whether its first start went well.
    let startedOnce = OneShot<Result<Void, ActorSystemError>>()
    let state: Mutex<State>
    private let onReport: @Sendable (SupervisorMachine.Report) -> Void

    /// Makes a supervisor; `start()` starts it.
    ///
    /// - Parameters:
    ///   - plan: What it watches over.
    ///   - path: Its name behind those of the supervisors above.
    ///   - isRoot: Whether no supervisor is above it.
    ///   - environment: What the system's cells use.
    ///   - household: Counts its actors.
    ///   - onReport: Told what the one above has to know.
    init(
        _ plan: PlannedSupervisor,
        path: String,
        isRoot: Bool,
        environment: ActorEnvironment,
        household: Household? = nil,
        onReport: @escaping @Sendable (SupervisorMachine.Report) -> Void
    ) {
        self.path = path
        spec = plan.spec
        self.environment = environment
        self.household = household
        self.onReport = onReport
        let machine = SupervisorMachine(plan.spec, isRoot: isRoot, children: plan.children.map(\.rule))
        var state = State(machine: machine, plan: plan)
        for (child, planned) in zip(state.machine.children, plan.children) {
            state.slots[child.number] = Slot(child: planned)
        }
        self.state = Mutex(state)
    }

    /// Takes an event in, and does what is decided where no other thread is at it.
    func handle(_ event: (inout State) -> [SupervisorMachine.Action]) {
        let mustPerform = state.withLock { state in
            for action in event(&state) { state.actions.append(action) }
            guard !state.isPerforming else { return false }
            state.isPerforming = true
            return true
        }
        guard mustPerform else { return }
        while let action = nextAction() { perform(action) }
    }

    private func nextAction() -> SupervisorMachine.Action? {
        state.withLock { state in
            let action = state.actions.popFirst()
            if action == nil { state.isPerforming = false }
            return action
        }
    }

    private func perform(_ action: SupervisorMachine.Action) {
        switch action {
        case .start(let number): startChild(number)
        case .resume(let number, let pause):
            let (cell, supervisor) = child(number)
            cell?.resume(after: pause)
            supervisor?.resume(after: pause)
        case .halt(let number, let wish, let time):
            let (cell, supervisor) = child(number)
            cell?.halt(wish)
            supervisor?.halt(wish)
            setTime(time, for: number)
        case .end(let number, let wish, let time):
            let (cell, supervisor) = child(number)
            cell?.end(wish)
            supervisor?.end(wish)
            setTime(time, for: number)
        case .conclude(let number, let reason):
            let (cell, supervisor) = child(number)
            cell?.conclude(reason)
            supervisor?.conclude(reason)
        case .pause(let time): startPause(time)
        case .escalate(let number, let reason, let isExceeded):
            let name = state.withLock { $0.slots[number]?.child.name } ?? ""
            environment.hub.emit(.escalated(path, child: name, reason: reason, isExceeded: isExceeded))
        case .report(let report): tell(report)
        }
    }

    private func child(_ number: Int) -> (ActorCell?, Supervisor?) {
        state.withLock { ($0.slots[number]?.cell, $0.slots[number]?.supervisor) }
    }

    private func tell(_ report: SupervisorMachine.Report) {
        let isQuiet = household != nil
        switch report {
        case .started:
            let generation = state.withLock { $0.generation }
            if !isQuiet {
                environment.hub.emit(
                    generation == 1 ? .supervisorStarted(path) : .supervisorRestarted(path, generation: generation)
                )
            }
            startedOnce.resolve(.success(()))
        case .fell, .halted: forgetChildren()
        case .ended(let reason):
            if !isQuiet { environment.hub.emit(.supervisorEnded(path, reason: reason)) }
            if !isQuiet { environment.trees.remove(self) }
            onReport(report)
            let (error, waiters, spawned) = state.withLock { state in
                defer { (state.slots, state.numbers, state.endWaiters) = ([:], [:], []) }
                state.isGone = true
                return (state.startError, state.endWaiters, state.slots.values.compactMap(\.spawned))
            }
            // Their turn never came.
            for start in spawned { start.resolve(.failure(.supervisorStartFailed(path, reason))) }
            startedOnce.resolve(.failure(error ?? .supervisorStartFailed(path, reason)))
            for waiter in waiters { waiter.resolve(reason) }
            return
        }
        onReport(report)
    }
}

// MARK: - What the one above asks for

extension Supervisor {
    /// Starts all children.
    func start() { handle { $0.machine.start() } }

    /// Begins anew after a pause.
    func resume(after pause: Duration) {
        handle { state in
            if state.machine.phase == .halted { state.generation += 1 }
            return state.machine.resume(after: pause)
        }
    }

    /// Has all children halt, until `resume` or `conclude`.
    func halt(_ wish: ActorMachine.Request) {
        handle { $0.machine.halt(wish) }
        cancelPause()
    }

    /// Ends with all children, which are halted.
    func conclude(_ reason: ExitReason) { handle { $0.machine.conclude(reason) } }

    /// Ends with all children.
    func end(_ wish: ActorMachine.Request) {
        handle { $0.machine.end(wish) }
        cancelPause()
    }

    /// Waits until it is gone, and all of its children.
    func ended() async -> ExitReason {
        let waiter = OneShot<ExitReason>()
        let reason = state.withLock { state -> ExitReason? in
            if case .ended(let reason) = state.machine.phase, state.isGone { return reason }
            state.endWaiters.append(waiter)
            return nil
        }
        if let reason { return reason }
        return await waiter.value()
    }

    private func startPause(_ time: Duration) {
        let timer = environment.clock.schedule(after: time) { self.start() }
        let isOver = state.withLock { state in
            state.pause = timer
            return state.machine.phase != .pausing
        }
        if isOver { environment.clock.cancel(timer) }
    }

    private func cancelPause() {
        let timer = state.withLock { $0.machine.phase == .pausing ? nil : $0.pause.take() }
        if let timer { environment.clock.cancel(timer) }
    }

    /// Gives a child so long for its halt or end.
    private func setTime(_ time: Duration?, for number: Int) {
        guard let time else { return }
        let descent = state.withLock { state in
            state.slots[number]?.descents += 1
            return state.slots[number]?.descents
        }
        let timer = environment.clock.schedule(after: time) {
            self.handle { $0.slots[number]?.descents == descent ? $0.machine.timePassed(number) : [] }
        }
        let isOver = state.withLock { state in
            switch state.machine[number]?.phase {
            case .halting, .ending:
                state.slots[number]?.timer = timer
                return false
            default: return true
            }
        }
        if isOver { environment.clock.cancel(timer) }
    }
}

extension ActorSystemError {
    static func takesNoChildren(_ path: String, _ child: ActorID) -> ActorSystemError {
        ActorSystemError(
            .notRunning,
            "the supervisor \(path) takes no children now: it is gone, or it is being stopped or started again",
            actor: child
        )
    }

    static func supervisorStartFailed(_ path: String, _ reason: ExitReason) -> ActorSystemError {
        ActorSystemError(.startFailed, "the supervisor \(path) could not be started (\(reason))", exitReason: reason)
    }
}
