import Synchronization
import WasmCore

/// How long the turns and the answers of all actors took. It is in parts, so that actors which note something at the same
/// time seldom wait for each other; the actors themselves hold nothing of it.
final class TimesBoard: Sendable {
    struct Times {
        var turns = LatencyHistogram()
        var answers = LatencyHistogram()
    }

    private final class Part: Sendable { let times = Mutex(Times()) }

    private let parts = (0..<16).map { _ in Part() }

    /// Notes how long a turn of an actor took, and how long somebody waited for the answer that it brought.
    func note(_ turn: Duration?, answerAfter wait: Duration? = nil, of cell: ActorCell) {
        // The lowest bits of an address are the same for all.
        let part = parts[Int(UInt(bitPattern: ObjectIdentifier(cell)) >> 6 & 15)]
        part.times.withLock { times in
            if let turn { times.turns.record(turn) }
            if let wait { times.answers.record(wait) }
        }
    }

    /// Everything that was noted; no part is less than at an earlier look.
    var sums: Times {
        parts.reduce(into: Times()) { sums, part in
            let times = part.times.withLock { $0 }
            sums.turns.merge(times.turns)
            sums.answers.merge(times.answers)
        }
    }
}
