import Synchronization

/// Ends the waiting of one instance's turn from outside: at a kill, or at the end of its time.
///
/// A turn that waits in a host call registers what ends its wait; a turn that runs is asked at its next slice.
public final class Interruption: Sendable {
    private struct State {
        var reason: ExitReason?
        var handler: (id: UInt64, run: @Sendable () -> Void)?
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())
    private let isSet = Atomic<Bool>(false)

    /// Makes one that nobody has interrupted.
    public init() {}

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
        let (isFirst, handler) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
            guard state.reason == nil else { return (false, nil) }
            state.reason = reason
            isSet.store(true, ordering: .releasing)
            defer { state.handler = nil }
            return (true, state.handler?.run)
        }
        handler?()
        return isFirst
    }

    /// Registers what ends the wait that begins now; runs it at once where the turn is interrupted already.
    ///
    /// One wait at a time: a turn has at most one host call open.
    ///
    /// - Parameter handler: What ends the wait; called at most once, on any thread.
    /// - Returns: A number for `endWait`.
    package func beginWait(_ handler: @escaping @Sendable () -> Void) -> UInt64 {
        let (id, runNow) = state.withLock { state -> (UInt64, Bool) in
            state.nextID += 1
            guard state.reason == nil else { return (state.nextID, true) }
            state.handler = (state.nextID, handler)
            return (state.nextID, false)
        }
        if runNow { handler() }
        return id
    }

    /// Takes the registration of a wait back.
    ///
    /// - Parameter id: The number that `beginWait` returned.
    package func endWait(_ id: UInt64) {
        state.withLock { state in
            if state.handler?.id == id { state.handler = nil }
        }
    }
}
