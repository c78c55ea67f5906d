import Synchronization
import WasmCore

/// The durable actors that are in memory: a `ResidencyMachine` under a lock, and the hands that do what it decides. Actors
/// come to it when they enter memory, not when they are used.
final class ResidencyBoard: Sendable {
    private typealias Candidate = LeastRecentlyUsed<ActorCell>.Candidate

    private struct State {
        var machine: ResidencyMachine<ActorCell>
        var order = LeastRecentlyUsed<ActorCell>()
        /// What ends the time in which one has to be let in.
        var patience: TimerID?
        var sweep: TimerID?
    }

    /// How many actors are asked to leave for one that comes, where they do not.
    private static let largestAttempts = 16
    /// How long nobody may be let in before those who wait no longer do: what all residents are at may be to wait for one
    /// of them.
    private static let patience = Duration.milliseconds(100)
    /// The shortest pause between two looks at who has nothing to do.
    private static let shortestSweep = Duration.milliseconds(10)

    private let residency: Residency
    private let clock: any ActorClock
    /// The resident memory of the process, in bytes.
    private let memory: @Sendable () -> UInt64
    private let uses = Atomic<UInt64>(0)
    /// Whether it matters that somebody falls idle, for others wait for room.
    private let isTight = Atomic<Bool>(false)
    private let state: Mutex<State>

    init(residency: Residency, clock: any ActorClock, memory: @escaping @Sendable () -> UInt64) {
        self.residency = residency
        self.clock = clock
        self.memory = memory
        state = Mutex(State(machine: ResidencyMachine(places: residency.largestCount)))
    }

    /// How many instances of durable actors are in memory.
    var count: Int { state.withLock { $0.machine.residentCount } }

    /// A use that is later than all before.
    func use() -> LastUse {
        LastUse(time: clock.now, number: uses.add(1, ordering: .relaxed).newValue)
    }

    private var isTooLarge: Bool { residency.largestMemory.map { memory() > $0 } ?? false }

    /// Changes the state, and what follows from it for those who fall idle.
    private func change<Result: Sendable>(_ body: @Sendable (inout State) -> Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            isTight.store(state.machine.isTight, ordering: .relaxed)
            return result
        }
    }

    // MARK: - Those who come

    /// Gives an actor's instance a place; false where there is none: the actor, whose right to turns its task leaves with
    /// this, is activated when there is one, or when `letIn` says so. Waiting needs no task: any number may come at once.
    func takePlace(_ cell: ActorCell) -> Bool {
        let isTooLarge = isTooLarge
        let (arrival, isFirst) = change { ($0.machine.arrived(cell, isTooLarge: isTooLarge), $0.patience == nil) }
        guard case .waits(let looks) = arrival else { return true }
        if isFirst { startPatience() }
        if looks { haveOneLeave() }
        // What came before the wait has ended no wait.
        if cell.isAskedToEnd { letIn(cell) }
        return false
    }

    /// Lets an actor in that waits and has to do something else first, such as to end.
    func letIn(_ cell: ActorCell) {
        guard isTight.load(ordering: .relaxed) else { return }
        change { $0.machine.admit(cell) }?.activate()
    }

    private func startPatience() {
        let admissions = state.withLock { $0.machine.admissions }
        let timer = clock.schedule(after: Self.patience) { [weak self] in self?.patienceEnded(admissions) }
        let isLate = state.withLock { state in
            guard !state.machine.isFinished, state.patience == nil, state.machine.isTight else { return true }
            state.patience = timer
            return false
        }
        if isLate { clock.cancel(timer) }
    }

    private func patienceEnded(_ admissions: UInt64) {
        let (admitted, goesOn) = change { state in
            state.patience = nil
            return (state.machine.patienceEnded(admissions), state.machine.isTight)
        }
        for cell in admitted { cell.activate() }
        if goesOn { startPatience() }
    }

    // MARK: - Those who leave

    /// Has who was used least recently and has nothing to do leave; where nobody has, the next that falls idle leaves of
    /// itself.
    private func haveOneLeave(attempt first: Int = 1) {
        var attempt = first
        while attempt <= Self.largestAttempts {
            let idleCount = state.withLock { $0.machine.idleCount }
            guard let victim = next() else {
                if state.withLock({ $0.machine.nobodyIsIdle(since: idleCount) }) { return }
                continue
            }
            if ask(victim, attempt: attempt) { return }
            attempt += 1
        }
        state.withLock { $0.machine.leavingGivenUp() }
    }

    /// Asks an actor to leave; where it cannot, or makes no room by that, another one has to. False where it has something
    /// to do.
    private func ask(_ victim: ActorCell, attempt: Int) -> Bool {
        let answer = OneShot<Bool>()
        guard victim.passivate(answer) else { return false }
        answer.whenResolved { hasLeft in
            guard self.state.withLock({ $0.machine.leavingEnded(hasLeft: hasLeft) }) else { return }
            self.haveOneLeave(attempt: hasLeft ? 1 : attempt + 1)
        }
        return true
    }

    /// An actor has nothing to do. Costs a look at a flag where there is room.
    func noteIdle(_ cell: ActorCell) {
        guard isTight.load(ordering: .relaxed), state.withLock({ $0.machine.fellIdle() }) else { return }
        if !ask(cell, attempt: 1) { haveOneLeave() }
    }

    /// Who was used least recently and has nothing to do; nil where nobody is so.
    private func next() -> ActorCell? {
        let now = clock.now
        for _ in 0..<2 {
            while let candidate = state.withLock({ $0.order.popFirst() }) {
                if candidate.member.idleSince(forRoomAt: now) == candidate.lastUse { return candidate.member }
            }
            let all = idle { $0.idleSince(forRoomAt: now) }
            state.withLock { state in if !state.machine.isFinished { state.order.refill(all) } }
        }
        return nil
    }

    /// Those who have nothing to do. Their locks are taken one after the other, and not under this one.
    private func idle(since: (ActorCell) -> LastUse?) -> [Candidate] {
        state.withLock { $0.machine.residents }
            .compactMap { cell in since(cell).map { Candidate(member: cell, lastUse: $0) } }
    }

    // MARK: - Those who are there

    /// An instance is in memory.
    func enter(_ cell: ActorCell) {
        let isFirst = change { state in
            state.machine.entered(cell)
            return state.sweep == nil
        }
        if isFirst, let idleTime = residency.idleTime { scheduleSweep(after: max(idleTime, Self.shortestSweep)) }
    }

    /// An instance is gone, or never came: one that waits comes instead.
    func leave(_ cell: ActorCell) {
        let (next, timers) = change { state -> (ActorCell?, [TimerID]) in
            let next = state.machine.left(cell)
            let sweep = state.machine.isEmpty ? state.sweep.take() : nil
            let patience = state.machine.isTight ? nil : state.patience.take()
            return (next, [sweep, patience].compactMap(\.self))
        }
        for timer in timers { clock.cancel(timer) }
        next?.activate()
    }

    /// Nobody leaves memory any more: the system ends.
    func finish() {
        let (admitted, timers) = change { state in
            // What it holds holds this.
            state.order = LeastRecentlyUsed()
            return (state.machine.finish(), [state.sweep.take(), state.patience.take()].compactMap(\.self))
        }
        for timer in timers { clock.cancel(timer) }
        for cell in admitted { cell.activate() }
    }
}

// MARK: - Idle actors

extension ResidencyBoard {
    private func scheduleSweep(after pause: Duration) {
        let timer = clock.upkeep(after: pause) { [weak self] in self?.sweep() }
        let isLate = state.withLock { state in
            guard !state.machine.isFinished, state.sweep == nil, !state.machine.isEmpty else { return true }
            state.sweep = timer
            return false
        }
        if isLate { clock.cancel(timer) }
    }

    /// Has those leave that had nothing to do for long enough; one timer serves all of them.
    private func sweep() {
        guard let idleTime = residency.idleTime else { return }
        state.withLock { state in
            state.sweep = nil
            // Who ended since the last time that there was no room is not held for longer.
            if !state.machine.isTight { state.order = LeastRecentlyUsed() }
        }
        let now = clock.now
        let idle = idle(since: \.idleSince).sorted { $0.lastUse < $1.lastUse }
        for candidate in idle where candidate.lastUse.time + idleTime <= now {
            _ = candidate.member.passivate(OneShot())
        }
        let next = idle.first { $0.lastUse.time + idleTime > now }?.lastUse.time ?? now
        // Actors that fall idle shortly after each other leave together.
        scheduleSweep(after: max(next + idleTime - now, idleTime / 8, Self.shortestSweep))
    }
}
