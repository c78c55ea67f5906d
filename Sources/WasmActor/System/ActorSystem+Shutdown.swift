import Synchronization
public import WasmCore
import WasmRuntime

/// What a shutdown ended, and what it cut off.
public struct ShutdownReport: Hashable, Sendable {
    /// The actors that ended in their own time, after their guests' `shutdown`.
    public let stopped: [ActorID]
    /// The actors that ended in another way: killed after the grace time, or by a failure of their own.
    public let cutOff: [ActorID: ExitReason]
    /// The messages that were accepted and never handled; they are among the dead letters.
    public let lostMessages: UInt64
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
    /// What no slice and no host call of the contract ends, this waits for: a guest that sleeps in WASI, and a storage
    /// backend that does not answer. For the code of calls (`GuestCaller.call`), which is cancelled then, it waits for
    /// the grace time once more. A second call waits for the first. What the configuration brought in, such as an engine, goes on.
    ///
    /// - Parameter grace: The time of each of the two steps.
    /// - Returns: What was ended, and what was cut off.
    @concurrent
    @discardableResult
    public func shutdown(grace: Duration = .seconds(5)) async -> ShutdownReport {
        guard environment.registry.close() else { return await shutdownState.report() }
        environment.hub.emit(.shuttingDown)
        let cells = environment.registry.cells
        let lettersBefore = environment.deadLetters.total
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
            stopped: ends.filter { $0.value == .shutdown }.keys.sorted(),
            cutOff: ends.filter { $0.value != .shutdown },
            lostMessages: environment.deadLetters.total - lettersBefore,
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
        // An actor that is idle may get work from one that is not: only a round in which all were idle counts.
        while wasBusy, !deadline.hasPassed {
            wasBusy = false
            for cell in cells {
                let idle = OneShot<Void>()
                guard cell.waitForIdle(idle) else { continue }
                wasBusy = true
                deadline.onPass { idle.resolve(()) }
                await idle.value()
                if deadline.hasPassed { return }
            }
        }
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

    /// Stops every actor; kills those that still run when the time is up.
    private func stop(_ cells: [ActorCell], atMost grace: Duration) async -> [ActorID: ExitReason] {
        let timer = environment.clock.schedule(after: grace) {
            for cell in cells { cell.end(.kill) }
        }
        defer { environment.clock.cancel(timer) }
        for cell in cells { cell.end(.stop) }
        var ends: [ActorID: ExitReason] = [:]
        for cell in cells { ends[cell.id] = await cell.ended() }
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
