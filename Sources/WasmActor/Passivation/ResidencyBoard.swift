import Synchronization
import WasmCore

/// The durable actors that are in memory, and who of them goes. Actors come to it when they enter memory, not when they are
/// used.
///
/// Who comes where there is no room waits in a queue. It has who was used least recently leave; where nobody has nothing to
/// do, the next that falls idle leaves. Each that leaves lets the first of the queue in.
final class ResidencyBoard: Sendable {
    private typealias Candidate = LeastRecentlyUsed<ActorCell>.Candidate

    fileprivate struct State {
        var residents: [ObjectIdentifier: ActorCell] = [:]
        /// Those for whom there is room, and who are not there yet.
        var coming: Set<ObjectIdentifier> = []
        var order = LeastRecentlyUsed<ActorCell>()
        /// Those who wait for room; the queue has those who gave up too, until they come up.
        var waiters: [ObjectIdentifier: ActorCell] = [:]
        var queue = Ring<ObjectIdentifier>()
        /// How many of them have somebody leave, or look for one.
        var evicting = 0
        /// 1 more each time that somebody fell idle whom nobody has leave.
        var idleCount: UInt64 = 0
        /// Whether a look at all residents found nobody idle, and nobody fell idle since.
        var nobodyIsIdle = false
        /// How many were let in, and what ends the time in which one has to be.
        var admissions: UInt64 = 0
        var patience: TimerID?
        var sweep: TimerID?
        var isFinished = false

        var count: Int { residents.count + coming.count }
    }

    /// How many actors are asked to leave for one that comes, where they do not.
    private static let largestAttempts = 16
    /// How long nobody may be let in before those who wait no longer do: what all residents are at may be to wait for one
    /// of them.
    private static let patience = Duration.milliseconds(100)
    /// The part of the places that comes in on top then, at each such time.
    private static let surplus = 16
    /// The shortest pause between two looks at who has nothing to do.
    private static let shortestSweep = Duration.milliseconds(10)

    private let residency: Residency
    private let clock: any ActorClock
    /// The resident memory of the process, in bytes.
    private let memory: @Sendable () -> UInt64
    private let uses = Atomic<UInt64>(0)
    /// Whether it matters that somebody falls idle, for others wait for room.
    private let isTight = Atomic<Bool>(false)
    private let state = Mutex(State())

    init(residency: Residency, clock: any ActorClock, memory: @escaping @Sendable () -> UInt64) {
        self.residency = residency
        self.clock = clock
        self.memory = memory
    }

    /// How many instances of durable actors are in memory.
    var count: Int { state.withLock { $0.residents.count } }

    /// A use that is later than all before.
    func use() -> LastUse {
        LastUse(time: clock.now, number: uses.add(1, ordering: .relaxed).newValue)
    }

    private var places: Int { max(1, residency.largestCount) }

    private var isTooLarge: Bool { residency.largestMemory.map { memory() > $0 } ?? false }

    /// Changes the state, and what follows from it for those who fall idle.
    private func change<Result: Sendable>(_ body: @Sendable (inout State) -> Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            isTight.store(!state.waiters.isEmpty, ordering: .relaxed)
            return result
        }
    }

    // MARK: - Those who come

    /// Gives an actor's instance a place; false where there is none: the actor, whose right to turns its task leaves with
    /// this, is activated when there is one, or when `letIn` says so. Waiting needs no task: any number may come at once.
    func takePlace(_ cell: ActorCell) -> Bool {
        let isTooLarge = isTooLarge
        let (hasPlace, looks, isFirst) = change { state -> (Bool, Bool, Bool) in
            let id = ObjectIdentifier(cell)
            guard !state.coming.contains(id) else { return (true, false, false) }
            guard !state.isFinished, state.count > 0, isTooLarge || state.count >= places else {
                state.coming.insert(id)
                return (true, false, false)
            }
            // Who fell idle while nobody waited told nobody.
            if state.waiters.isEmpty { state.nobodyIsIdle = false }
            state.waiters[id] = cell
            state.queue.append(id)
            let looks = !state.nobodyIsIdle
            if looks { state.evicting += 1 }
            return (false, looks, state.patience == nil)
        }
        guard !hasPlace else { return true }
        if isFirst { startPatience() }
        if looks { haveOneLeave() }
        // What came before the wait has ended no wait.
        if cell.isAskedToEnd { letIn(cell) }
        return false
    }

    /// Has who was used least recently and has nothing to do leave; where nobody has, the next that falls idle leaves of
    /// itself.
    private func haveOneLeave(attempt: Int = 1) {
        var attempt = attempt
        while attempt <= Self.largestAttempts {
            let idleCount = state.withLock { $0.idleCount }
            guard let victim = next() else {
                let isOver = state.withLock { state in
                    // Who fell idle during the look relied on it.
                    guard state.idleCount == idleCount else { return false }
                    state.nobodyIsIdle = true
                    state.evicting -= 1
                    return true
                }
                if isOver { return }
                continue
            }
            attempt += 1
            let answer = OneShot<Bool>()
            guard victim.passivate(answer) else { continue }
            answer.whenResolved { [attempt] hasLeft in
                let goesOn = self.state.withLock { state in
                    // Where there are too many, one that leaves makes no room yet.
                    let goesOn = !hasLeft || !state.waiters.isEmpty && state.count >= self.places
                    if !goesOn { state.evicting -= 1 }
                    return goesOn
                }
                if goesOn { self.haveOneLeave(attempt: hasLeft ? 1 : attempt) }
            }
            return
        }
        state.withLock { $0.evicting -= 1 }
    }

    /// Lets an actor in that waits and has to do something else first, such as to end.
    func letIn(_ cell: ActorCell) {
        guard isTight.load(ordering: .relaxed) else { return }
        change { $0.admit(ObjectIdentifier(cell)) }?.activate()
    }

    private func startPatience() {
        let admissions = state.withLock { $0.admissions }
        let timer = clock.schedule(after: Self.patience) { [weak self] in self?.patienceEnded(admissions) }
        let isLate = state.withLock { state in
            guard !state.isFinished, state.patience == nil, !state.waiters.isEmpty else { return true }
            state.patience = timer
            return false
        }
        if isLate { clock.cancel(timer) }
    }

    /// Where nobody was let in for so long, some are: the places are too few for what goes on.
    private func patienceEnded(_ admissions: UInt64) {
        let (admitted, goesOn) = change { state in
            state.patience = nil
            guard state.admissions == admissions else { return ([ActorCell](), !state.waiters.isEmpty) }
            let admitted = (0..<max(1, places / Self.surplus)).compactMap { _ in state.admitFirst() }
            return (admitted, !state.waiters.isEmpty)
        }
        for cell in admitted { cell.activate() }
        if goesOn { startPatience() }
    }

    // MARK: - Those who are there

    /// An actor has nothing to do. Costs a look at a flag where there is room.
    func noteIdle(_ cell: ActorCell) {
        guard isTight.load(ordering: .relaxed) else { return }
        let isVictim = state.withLock { state in
            if state.waiters.count > state.evicting { return true }
            state.idleCount += 1
            state.nobodyIsIdle = false
            return false
        }
        if isVictim { _ = cell.passivate(OneShot()) }
    }

    /// An instance is in memory.
    func enter(_ cell: ActorCell) {
        let isFirst = change { state in
            state.coming.remove(ObjectIdentifier(cell))
            state.residents[ObjectIdentifier(cell)] = cell
            return state.sweep == nil
        }
        if isFirst, let idleTime = residency.idleTime { scheduleSweep(after: max(idleTime, Self.shortestSweep)) }
    }

    /// An instance is gone, or never came: one that waits comes instead. How much memory there is does not matter then,
    /// for what is freed does not go back to the system at once.
    func leave(_ cell: ActorCell) {
        let (next, timers) = change { state -> (ActorCell?, [TimerID]) in
            let wasThere = state.residents.removeValue(forKey: ObjectIdentifier(cell)) != nil
            guard state.coming.remove(ObjectIdentifier(cell)) != nil || wasThere else { return (nil, []) }
            let next = state.count < places ? state.admitFirst() : nil
            let sweep = state.residents.isEmpty ? state.sweep.take() : nil
            let patience = state.waiters.isEmpty ? state.patience.take() : nil
            return (next, [sweep, patience].compactMap(\.self))
        }
        for timer in timers { clock.cancel(timer) }
        next?.activate()
    }

    /// Nobody leaves memory any more: the system ends.
    func finish() {
        let (admitted, timers) = change { state in
            state.isFinished = true
            // What it holds holds this.
            state.order = LeastRecentlyUsed()
            var admitted: [ActorCell] = []
            while let cell = state.admitFirst() { admitted.append(cell) }
            return (admitted, [state.sweep.take(), state.patience.take()].compactMap(\.self))
        }
        for timer in timers { clock.cancel(timer) }
        for cell in admitted { cell.activate() }
    }

    /// Who was used least recently and has nothing to do; nil where nobody is so.
    private func next() -> ActorCell? {
        for _ in 0..<2 {
            while let candidate = state.withLock({ $0.order.popFirst() }) {
                if candidate.member.idleSince == candidate.lastUse { return candidate.member }
            }
            let all = idle()
            state.withLock { state in if !state.isFinished { state.order.refill(all) } }
        }
        return nil
    }

    /// Those who have nothing to do. Their locks are taken one after the other, and not under this one.
    private func idle() -> [Candidate] {
        state.withLock { Array($0.residents.values) }
            .compactMap { cell in cell.idleSince.map { Candidate(member: cell, lastUse: $0) } }
    }
}

extension ResidencyBoard.State {
    /// Gives one that waits a place.
    fileprivate mutating func admit(_ id: ObjectIdentifier) -> ActorCell? {
        guard let cell = waiters.removeValue(forKey: id) else { return nil }
        coming.insert(id)
        admissions += 1
        return cell
    }

    /// Gives the one that has waited for longest a place.
    fileprivate mutating func admitFirst() -> ActorCell? {
        while let id = queue.popFirst() {
            if let cell = admit(id) { return cell }
        }
        return nil
    }
}

// MARK: - Idle actors

extension ResidencyBoard {
    private func scheduleSweep(after pause: Duration) {
        let timer = clock.upkeep(after: pause) { [weak self] in self?.sweep() }
        let isLate = state.withLock { state in
            guard !state.isFinished, state.sweep == nil, !state.residents.isEmpty else { return true }
            state.sweep = timer
            return false
        }
        if isLate { clock.cancel(timer) }
    }

    /// Has those leave that had nothing to do for long enough; one timer serves all of them.
    private func sweep() {
        guard let idleTime = residency.idleTime else { return }
        state.withLock { $0.sweep = nil }
        let now = clock.now
        let idle = idle().sorted { $0.lastUse < $1.lastUse }
        for candidate in idle where candidate.lastUse.time + idleTime <= now {
            _ = candidate.member.passivate(OneShot())
        }
        let next = idle.first { $0.lastUse.time + idleTime > now }?.lastUse.time ?? now
        // Actors that fall idle shortly after each other leave together.
        scheduleSweep(after: max(next + idleTime - now, idleTime / 8, Self.shortestSweep))
    }
}
