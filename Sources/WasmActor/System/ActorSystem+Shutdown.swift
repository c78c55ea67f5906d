import Synchronization
public import WasmCore
import WasmRuntime

/// What a shutdown ended, and what it cut off.
public struct ShutdownReport: Hashable, Sendable {
    /// The actors that ended in their own time, after their guests' `shutdown`.
    public let stopped: [ActorID]
    /// The actors that ended in another way: killed after the grace time, or by a failure of their own. An actor that ended
    /// itself in order, or that its specification has killed (`ChildShutdown.kill`), is none of them.
    public let cutOff: [ActorID: ExitReason]
    /// The messages that were accepted and never handled; they are among the dead letters.
    public let lostMessages: UInt64
    /// The messages that were accepted and not handled and that lie in storage, for actors of the same ids to come.
    public let keptMessages: UInt64
    /// The calls whose own code had not returned at the end of it all. Each keeps its thread or task, and the memory of
    /// the instance that it called, until it does.
    public let abandonedCalls: Int
}

/// The one report of a system's shutdown, for all who asked for it.
final class ShutdownState: Sendable {
    private struct State {
        var report: ShutdownReport?
        var waiters: [OneShot<ShutdownReport>] = []
    }

    private let state = Mutex(State())

    func resolve(_ report: ShutdownReport) {
        let waiters = state.withLock { state in
            state.report = report
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resolve(report) }
    }

    func report() async -> ShutdownReport {
        let waiter = OneShot<ShutdownReport>()
        let report = state.withLock { state in
            if state.report == nil { state.waiters.append(waiter) }
            return state.report
        }
        if let report { return report }
        return await waiter.value()
    }
}

extension ActorSystem {
    /// Ends every actor, and then the system itself: no task, thread or store is left when this returns.
    ///
    /// From the first moment on no actor is spawned and no message of the host is taken. Actors go on with what lies in
    /// their mailboxes, and with what they send each other, for the grace time at the most; then each stops after its
    /// current turn and its guest's `shutdown`, for which there is the grace time once more; then the rest is killed.
    /// Trees stop one after the other, the last one that was started first, and each in the reverse order of its starts.
    /// What no slice and no host call of the contract ends, this waits for: a guest that sleeps in WASI, and a storage
    /// backend or a source of components that does not answer. For the code of calls (`GuestCaller.call`), which is cancelled then, it waits for
    /// the grace time once more. A second call waits for the first. What the configuration brought in, such as an engine, goes on.
    ///
    /// - Parameter grace: The time of each of the two steps.
    /// - Returns: What was ended, and what was cut off.
    @concurrent
    @discardableResult
    public func shutdown(grace: Duration = .seconds(5)) async -> ShutdownReport {
        guard environment.registry.close() else { return await shutdownState.report() }
        environment.trees.close()
        environment.hub.emit(.shuttingDown)
        environment.residency.finish()
        let cells = environment.registry.cellsInOrder
        let keptBefore = metrics.messagesKept
        let lostBefore = environment.lostMessages.load(ordering: .relaxed)
        for cell in cells { cell.refuseHost() }

        await drain(cells, atMost: grace)
        let ends = await stop(cells, atMost: grace)
        await environment.spawner.waitUntilIdle()
        let abandoned = await waitForBodies(atMost: grace)

        ownEngine?.shutdown()
        // A thread that such code does not give back would be waited for without end.
        ownExecutor?.shutdown(waiting: abandoned == 0)
        ownClock?.stop()
        environment.topics.finish()
        environment.hub.finish()
        let report = ShutdownReport(
            stopped: ends.filter { !$0.value.isCutOff }.map(\.key).sorted(),
            cutOff: ends.filter(\.value.isCutOff).mapValues(\.reason),
            lostMessages: environment.lostMessages.load(ordering: .relaxed) - lostBefore,
            keptMessages: metrics.messagesKept - keptBefore,
            abandonedCalls: abandoned
        )
        shutdownState.resolve(report)
        return report
    }

    /// Waits until no actor has anything to do, or the time is up.
    private func drain(_ cells: [ActorCell], atMost grace: Duration) async {
        let deadline = Deadline()
        let timer = environment.clock.schedule(after: grace) { deadline.pass() }
        defer { environment.clock.cancel(timer) }
        var wasBusy = true
        // An actor that is idle may get work from one that is not, also between two looks: only a round in which all were
        // idle, and none took anything, counts.
        while wasBusy, !deadline.hasPassed {
            let acceptedBefore = accepted(by: cells)
            wasBusy = false
            for cell in cells {
                let idle = OneShot<Void>()
                guard cell.waitForIdle(idle) else { continue }
                wasBusy = true
                deadline.onPass { idle.resolve(()) }
                await idle.value()
                if deadline.hasPassed { return }
            }
            if !wasBusy { wasBusy = accepted(by: cells) != acceptedBefore }
        }
    }

    private func accepted(by cells: [ActorCell]) -> UInt64 {
        cells.reduce(0) { sum, cell in sum + cell.state.withLock { $0.machine.counters.accepted } }
    }

    /// Waits until no code of calls runs, or the time is up; says how much still runs.
    private func waitForBodies(atMost grace: Duration) async -> Int {
        let bodies = environment.bodies
        guard bodies.value > 0 else { return 0 }
        let none = OneShot<Void>()
        bodies.whenNone(none)
        let timer = environment.clock.schedule(after: grace) { none.resolve(()) }
        defer { environment.clock.cancel(timer) }
        await none.value()
        return bodies.value
    }

    /// How an actor ended in a shutdown.
    private struct End {
        let reason: ExitReason
        let isCutOff: Bool
    }

    /// How many actors that are out of memory are stopped at a time: each needs a task, and a change in storage.
    private static let passiveAtOnce = 1024

    /// Stops every actor, the trees in the reverse order of their start; kills those that still run when the time is up.
    private func stop(_ cells: [ActorCell], atMost grace: Duration) async -> [ActorID: End] {
        let trees = environment.trees.roots
        let killed = Set(cells.filter { $0.parent?.kills($0) ?? false })
        let late = Mutex<Set<ActorCell>>([])
        let deadline = Deadline()
        let timer = environment.clock.schedule(after: grace) {
            deadline.pass()
            late.withLock { $0 = Set(cells.filter { !$0.status.isEnded && !$0.isAtRest }) }
            for tree in trees { tree.end(.kill) }
            for cell in cells where !cell.isAtRest { cell.end(.kill) }
        }
        defer { environment.clock.cancel(timer) }
        let free = cells.filter { $0.parent == nil }
        for cell in free where !cell.isAtRest { cell.end(.stop) }
        for tree in trees.reversed() {
            tree.end(.stop)
            _ = await tree.ended()
        }
        var rest = free[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.passiveAtOnce)
            for cell in some { cell.end(deadline.hasPassed && !cell.isAtRest ? .kill : .stop) }
            for cell in some { _ = await cell.ended() }
            rest = rest.dropFirst(Self.passiveAtOnce)
        }
        var ends: [ActorID: End] = [:]
        for cell in cells {
            let reason = await cell.ended()
            let isLate = late.withLock { $0.contains(cell) }
            ends[cell.id] = End(
                reason: reason,
                isCutOff: reason == .killed ? isLate || !killed.contains(cell) : reason.isAbnormal
            )
        }
        return ends
    }
}

/// A moment that comes, and what is to happen then.
private final class Deadline: Sendable {
    private struct State {
        var hasPassed = false
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    var hasPassed: Bool { state.withLock { $0.hasPassed } }

    func pass() {
        let actions = state.withLock { state in
            state.hasPassed = true
            defer { state.actions = [] }
            return state.actions
        }
        for action in actions { action() }
    }

    func onPass(_ action: @escaping @Sendable () -> Void) {
        let runNow = state.withLock { state in
            if !state.hasPassed { state.actions.append(action) }
            return state.hasPassed
        }
        if runNow { action() }
    }
}
