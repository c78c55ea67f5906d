import Synchronization
import WasmCore

/// Messages that outlive the process.
///
/// Each change of storage is counted from before the moment at which the actor may end until it is done, and the end of the
/// actor waits for those: the next actor of the id finds nothing that this one has refused, dropped or handled.
extension ActorCell {
    /// Keeps a message before it is taken, where the actor's options want that; `endKeeping` has to follow then.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - expiry: When it is too late for its turn, by the clock; nil: never.
    /// - Returns: What it is kept as.
    /// - Throws: `MessagingError.quota` where the storage fails, `died` where the actor ends; the message is not taken then.
    func keep(_ message: ComponentMessage, _ expiry: Duration?) async throws(MessagingError) -> String {
        let now = environment.clock.wallTime
        let name = try state.withLock { state throws(MessagingError) in
            if let refusal = state.machine.refusal(of: Envelope(message: message, reply: nil)) { throw refusal }
            state.kept.began()
            return state.kept.next(now: now)
        }
        // The clock of the next process counts from elsewhere.
        let wallExpiry = expiry.map { now.advanced(by: $0 - environment.clock.now) }
        do throws(StorageError) {
            try await environment.mailboxes.save(message, expiry: wallExpiry, as: name, of: id)
        } catch {
            endKeeping()
            environment.hub.emit(.storageFailed(id, reason: "a message was not kept (\(error))"))
            throw .quota("the storage that keeps the mailbox of \(id): \(error)")
        }
        return name
    }

    /// A change of storage is over.
    func endKeeping() { state.withLock { $0.kept.ended() }?.resolve(()) }

    /// Forgets a message that was handled, or lies with the dead letters.
    func forget(_ envelope: Envelope) async {
        guard let name = envelope.kept else { return }
        do throws(StorageError) {
            try await environment.mailboxes.remove(name, of: id)
        } catch {
            environment.hub.emit(.storageFailed(id, reason: "a message that was handled is still kept (\(error))"))
        }
    }

    /// Forgets a message in a task of its own, for whoever gives it up does not wait for storage. The change was counted as
    /// the message was given up.
    func forgetLater(_ envelope: Envelope) {
        guard envelope.kept != nil else { return }
        environment.spawner.start {
            await self.forget(envelope)
            self.endKeeping()
        }
    }

    /// Waits until storage holds what is left for the next actor of the id, and nothing else. The actor takes no messages any
    /// more.
    ///
    /// - Parameter waiters: Those who waited for room, and have not been told yet that they wait for nothing.
    func settleKeeping(_ waiters: [Mailbox.Waiter]) async {
        let waiters = waiters.filter { $0.envelope.kept != nil }
        let settled = OneShot<Void>()
        if state.withLock({ $0.kept.wait(settled, most: waiters.count) }) { await settled.value() }
        for waiter in waiters { await forget(waiter.envelope) }
    }

    /// Takes up what an earlier process left: before every other message, each marked as one more attempt.
    ///
    /// - Returns: Why it could not be read; nil where it was.
    func takeUpKeptMessages() async -> ExitReason? {
        guard options.persistence.keepsMessages, !state.withLock({ $0.kept.isTakenUp }) else { return nil }
        do throws(StorageError) {
            let kept = try await environment.mailboxes.load(id)
            let (now, wallNow) = (environment.clock.now, environment.clock.wallTime)
            state.withLock { state in
                // What came since the actor was spawned is among them, and in the mailbox already.
                for kept in kept.reversed() where state.kept.isEarlier(kept.key) {
                    var envelope = Envelope(
                        message: kept.message,
                        reply: nil,
                        expiry: kept.expiry.map {
                            now + .nanoseconds(Int64(clamping: $0 > wallNow ? $0 - wallNow : 0))
                        },
                        kept: kept.key
                    )
                    envelope.countAttempt()
                    state.machine.takeUp(envelope)
                }
                state.kept.takenUp(kept.last?.key)
            }
            return nil
        } catch {
            return .hostError(
                "the messages that are kept could not be read, which forgetMessages(of:) removes (\(error))"
            )
        }
    }
}

extension UInt64 {
    /// This number of nanoseconds and so many more; nothing less, and no more than there can be.
    fileprivate func advanced(by duration: Duration) -> UInt64 {
        guard duration > .zero else { return self }
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, isTooLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isTooLarge) = addingReportingOverflow(nanoseconds)
        let (exact, isTooExact) = sum.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return isTooLong || isTooLarge || isTooExact ? .max : exact
    }
}
