import Synchronization
import WasmCore

/// Messages that outlive the process.
extension ActorCell {
    /// Keeps a message before it is taken, where the actor's options want that.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - expiry: When it is too late for its turn, by the clock; nil: never.
    /// - Returns: What it is kept as; nil where it is not.
    /// - Throws: `MessagingError.quota` where the storage fails; the message is not taken then.
    func keep(_ message: ComponentMessage, _ expiry: Duration?) async throws(MessagingError) -> String? {
        guard options.persistence.keepsMessages else { return nil }
        let now = environment.clock.wallTime
        let key = state.withLock { $0.keeping.next(now: now) }
        // The clock of the next process counts from elsewhere.
        let wallExpiry = expiry.map { now &+ ($0 - environment.clock.now).wholeNanoseconds }
        do throws(StorageError) {
            try await environment.mailboxes.save(message, expiry: wallExpiry, as: key, of: id)
        } catch {
            environment.hub.emit(.storageFailed(id, reason: "a message was not kept (\(error))"))
            throw .quota("the storage that keeps the mailbox of \(id): \(error)")
        }
        return key
    }

    /// Forgets a message that was handled, or lies with the dead letters.
    func forget(_ envelope: Envelope) async {
        guard let key = envelope.kept else { return }
        do throws(StorageError) {
            try await environment.mailboxes.remove(key, of: id)
        } catch {
            environment.hub.emit(.storageFailed(id, reason: "a message that was handled is still kept (\(error))"))
        }
    }

    /// Keeps a message no longer as what it was, in a task of its own: whoever gives it up does not wait for storage.
    func forgetLater(_ envelope: Envelope) {
        guard envelope.kept != nil else { return }
        environment.spawner.start { await self.forget(envelope) }
    }

    /// Takes up what an earlier process left: before every other message, each marked as one more attempt.
    ///
    /// - Returns: Why it could not be read; nil where it was.
    func takeUpKeptMessages() async -> ExitReason? {
        guard options.persistence.keepsMessages, !state.withLock({ $0.keeping.isTakenUp }) else { return nil }
        do throws(StorageError) {
            let kept = try await environment.mailboxes.load(id)
            let (now, wallNow) = (environment.clock.now, environment.clock.wallTime)
            state.withLock { state in
                // What came since the actor was spawned is among them, and in the mailbox already.
                let earlier = kept.filter { $0.key < state.keeping.first ?? "~" }
                for kept in earlier.reversed() {
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
                state.keeping.isTakenUp = true
            }
            return nil
        } catch {
            return .hostError(
                "the messages that are kept could not be read, which forgetMessages(of:) removes (\(error))"
            )
        }
    }
}

extension Duration {
    /// The nanoseconds, cut to whole ones; 0 where it is below 0, and no more than 584 years.
    fileprivate var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard self > .zero else { return 0 }
        let (nanoseconds, isTooLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return isTooLong ? .max : nanoseconds &+ UInt64(attoseconds / 1_000_000_000)
    }
}

/// The names under which an actor's messages are kept: in the order of the messages, in whatever process.
struct KeptKeys {
    private var time: UInt64 = 0
    private var count: UInt32 = 0
    /// The first of this process; nil where there is none.
    private(set) var first: String?
    /// Whether what an earlier process left was taken up.
    var isTakenUp = false

    /// The name of the next message.
    mutating func next(now: UInt64) -> String {
        // A clock that runs backwards changes no order.
        if now > time { (time, count) = (now, 0) } else { count += 1 }
        let key = "\(Self.digits(time, 20))-\(Self.digits(UInt64(count), 10))"
        if first == nil { first = key }
        return key
    }

    private static func digits(_ number: UInt64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
