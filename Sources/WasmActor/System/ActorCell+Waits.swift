import Synchronization
import WasmCore

/// For whom an actor waits in its turn. Others look at it to find circles.
extension ActorCell {
    /// Publishes for whom this actor waits, and takes it back where that would close a circle.
    ///
    /// - Parameters:
    ///   - target: For whom.
    ///   - incarnation: The instance whose guest waits; nil where the host's own code does, which may wait for several at
    ///     once: the first of these waits is published alone.
    /// - Returns: The wait, for `stopWaiting`; nil where it is not published.
    /// - Throws: `MessagingError.cycle`, or `cancelled` where the instance is gone.
    func startWaiting(
        for target: ActorCell,
        incarnation: UInt64?
    ) throws(MessagingError) -> Wait<ActorCell>? {
        let wait = try state.withLock { state throws(MessagingError) -> Wait<ActorCell>? in
            try state.require(incarnation)
            if incarnation == nil, state.wait != nil { return nil }
            // Drawn under the lock under which it is published: see `WaitChain`.
            let wait = Wait(target: target, number: environment.nextWait())
            state.wait = wait
            return wait
        }
        guard let wait else {
            if target === self { throw .cycle([id]) }
            return nil
        }
        if let circle = WaitChain.circle(from: self, wait, next: \.wait) {
            stopWaiting(wait)
            throw .cycle(circle.map(\.id))
        }
        return wait
    }

    /// A wait is over; one that is not this actor's any more changes nothing.
    func stopWaiting(_ wait: Wait<ActorCell>?) {
        guard let wait else { return }
        state.withLock { state in
            if state.wait == wait { state.wait = nil }
        }
    }
}

extension ActorCell.State {
    /// Refuses what the guest of an instance that is gone still wants; nil stands for no instance at all.
    ///
    /// A host call may be under way while its instance is dropped: what it does then is nobody's wish any more, and must
    /// not reach the instance that follows.
    func require(_ incarnation: UInt64?) throws(MessagingError) {
        guard runs(incarnation) else { throw .cancelled }
    }

    /// Whether an instance is there; nil stands for no instance at all.
    func runs(_ incarnation: UInt64?) -> Bool {
        incarnation.map(incarnations.contains) ?? true
    }
}
