import Synchronization
import WasmCore

/// Messages that come later. Each is one timer of the system's clock, and no task.
extension ActorCell {
    /// Which of the actor's two tables has a timer.
    private typealias Table = WritableKeyPath<State, TimerTable> & Sendable

    /// Has the guest of an instance send later, once or again and again.
    ///
    /// - Throws: `MessagingError.quota`, or `cancelled` where the instance is gone.
    func send(
        _ message: ComponentMessage,
        to target: ActorID,
        after delay: Duration,
        repeats: Bool,
        incarnation: UInt64
    ) throws(MessagingError) -> UInt64 {
        let timer = try state.withLock { state throws(MessagingError) in
            try state.require(incarnation)
            return try state.guestTimers.add(byteCount: message.byteCount, repeats: repeats)
        }
        setTimer(timer, in: \.guestTimers, after: delay, repeats: repeats) {
            self.environment.deliver(message.sentNow(by: self.environment.clock), to: target)
        }
        return timer
    }

    /// Takes back a timer that the guest of an instance has set.
    func cancelTimer(_ timer: UInt64, incarnation: UInt64) {
        let id = state.withLock { $0.runs(incarnation) ? $0.guestTimers.remove(timer) : nil }
        if let id { environment.clock.cancel(id) }
    }

    /// Has the host's message come to this actor later, once or again and again.
    ///
    /// - Throws: `MessagingError.tooLarge`, or `died` where the actor is gone.
    func deliver(_ message: ComponentMessage, after delay: Duration, repeats: Bool) throws(MessagingError) -> UInt64 {
        try check(message)
        let timer = try state.withLock { state throws(MessagingError) in
            if case .ended(let reason) = state.machine.phase { throw .died(reason) }
            return try state.hostTimers.add(byteCount: message.byteCount, repeats: repeats)
        }
        setTimer(timer, in: \.hostTimers, after: delay, repeats: repeats) {
            self.deliverWithoutWait(message.sentNow(by: self.environment.clock))
        }
        return timer
    }

    /// Takes back a timer that the host has set.
    func cancelHostTimer(_ timer: UInt64) {
        if let id = state.withLock({ $0.hostTimers.remove(timer) }) { environment.clock.cancel(id) }
    }

    private func setTimer(
        _ timer: UInt64,
        in table: any Table,
        after delay: Duration,
        repeats: Bool,
        _ send: @escaping @Sendable () -> Void
    ) {
        setTimer(timer, in: table, due: environment.clock.now + delay, every: repeats ? delay : nil, send)
    }

    private func setTimer(
        _ timer: UInt64,
        in table: any Table,
        due: Duration,
        every interval: Duration?,
        _ send: @escaping @Sendable () -> Void
    ) {
        let id = environment.clock.schedule(after: due - environment.clock.now) {
            guard self.state.withLock({ $0[keyPath: table].fired(timer) }) else { return }
            send()
            // From when it was due: delays do not add up. What was missed is not made up for.
            if let interval {
                let next = max(due + interval, self.environment.clock.now)
                self.setTimer(timer, in: table, due: next, every: interval, send)
            }
        }
        if !state.withLock({ $0[keyPath: table].set(timer, to: id) }) { environment.clock.cancel(id) }
    }
}

extension ComponentMessage {
    /// The same message, accepted now.
    fileprivate func sentNow(by clock: any ActorClock) -> ComponentMessage {
        var message = self
        message.sentAt = clock.wallTime
        return message
    }
}
