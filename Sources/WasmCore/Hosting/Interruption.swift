import Synchronization

/// Ends the waiting of one instance's turn from outside: at a kill, or at the end of its time.
///
/// A turn that waits in a host call registers what ends its wait; a turn that runs is asked at its next slice.
public final class Interruption: Sendable {
    private struct Wait {
        let id: UInt64
        let end: @Sendable () -> Void
        let disarm: @Sendable () -> Void
    }

    private struct State {
        var reason: ExitReason?
        /// What waits, the outermost first: the turn itself where the host's own code takes it, and its host call.
        var waits: [Wait] = []
        var observer: (@Sendable () -> Void)?
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())
    private let isSet = Atomic<Bool>(false)
    private let arm: @Sendable (Interruption) -> @Sendable () -> Void

    /// Makes one that nobody has interrupted.
    public convenience init() {
        self.init { _ in {} }
    }

    /// Makes one with a deadline for each wait.
    ///
    /// - Parameter arm: Called where a wait begins; sets the deadline, and returns what takes it back at the wait's end.
    package init(arm: @escaping @Sendable (Interruption) -> @Sendable () -> Void) {
        self.arm = arm
    }

    /// Whether the turn must end. Cheap: no lock.
    public var isInterrupted: Bool { isSet.load(ordering: .acquiring) }

    /// Why the turn must end; nil where it need not.
    public var reason: ExitReason? { state.withLock { $0.reason } }

    /// Ends the turn. The first reason stays; a later one is not taken.
    ///
    /// - Parameter reason: Why.
    /// - Returns: Whether it was the first.
    @discardableResult
    public func interrupt(_ reason: ExitReason) -> Bool {
        let (isFirst, waits, observer) = state.withLock { state -> (Bool, [Wait], (@Sendable () -> Void)?) in
            guard state.reason == nil else { return (false, [], nil) }
            state.reason = reason
            isSet.store(true, ordering: .releasing)
            defer { (state.waits, state.observer) = ([], nil) }
            return (true, state.waits, state.observer)
        }
        for wait in waits { wait.disarm() }
        observer?()
        for wait in waits { wait.end() }
        return isFirst
    }

    /// Registers who else is to know of an interruption; called at once where it has come already.
    ///
    /// - Parameter observer: Called at most once, on any thread, before the wait is ended.
    package func observe(_ observer: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            guard state.reason == nil else { return true }
            state.observer = observer
            return false
        }
        if isLate { observer() }
    }

    /// Registers what ends the wait that begins now; runs it at once where the turn is interrupted already.
    ///
    /// A turn has at most one host call open, and one wait more where the host's own code takes the turn.
    ///
    /// - Parameter end: What ends the wait; called at most once, on any thread.
    /// - Returns: A number for `endWait`.
    public func beginWait(_ end: @escaping @Sendable () -> Void) -> UInt64 {
        let disarm = arm(self)
        let (id, isLate) = state.withLock { state -> (UInt64, Bool) in
            state.nextID += 1
            guard state.reason == nil else { return (state.nextID, true) }
            state.waits.append(Wait(id: state.nextID, end: end, disarm: disarm))
            return (state.nextID, false)
        }
        if isLate {
            disarm()
            end()
        }
        return id
    }

    /// Takes the registration of a wait back.
    ///
    /// - Parameter id: The number that `beginWait` returned.
    public func endWait(_ id: UInt64) {
        let wait = state.withLock { state -> Wait? in
            state.waits.firstIndex { $0.id == id }.map { state.waits.remove(at: $0) }
        }
        wait?.disarm()
    }
}
