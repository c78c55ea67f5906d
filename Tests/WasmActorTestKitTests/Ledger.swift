import WasmCore

/// What was sent in a run and what became of it, for the laws that hold whatever the interleaving.
struct Ledger: Sendable {
    /// What a sender knows of its message.
    enum Fate: Hashable, Sendable {
        /// It was answered.
        case answered
        /// It lies in the mailbox, as far as the sender was told.
        case taken
        /// The mailbox was full.
        case overflow
        /// There was nobody to take it.
        case absent
        /// The target ended before an answer came.
        case died
        /// The sender waited no longer.
        case gaveUp
        /// Something else, which is wrong here.
        case wrong(String)
    }

    /// One message.
    struct Entry: Hashable, Sendable {
        /// Its one name.
        var tag: String
        /// Who sent it: two messages of one sender to one target come in the order of their entries.
        var sender: String
        var target: String
        var fate: Fate
    }

    /// A message that ended as a dead letter.
    struct Letter: Hashable, Sendable {
        var tag: String
        /// Its turn had begun when the instance ended: what it did before that is done.
        var hasBegun: Bool
    }

    /// The messages, each sender's in its order.
    var entries: [Entry] = []
    /// What the guests say that they have handled, in their order.
    var handled: [String] = []
    /// The dead letters at the end.
    var letters: [Letter] = []
    /// Sent again later than their place.
    var redelivered: Set<String> = []
    var happenings = Happenings()
    /// Answers that nobody waited for any more.
    var lateReplies = 0

    /// Every law that does not hold, in words.
    var violations: [String] {
        var violations: [String] = []
        let handledCounts = Dictionary(grouping: handled, by: \.self).mapValues(\.count)
        let letters = Dictionary(grouping: letters, by: \.tag)
        var late = 0
        for entry in entries {
            let (count, dead) = (handledCounts[entry.tag] ?? 0, letters[entry.tag] ?? [])
            let hasBegun = dead.contains(where: \.hasBegun)
            let isAgain = redelivered.contains(entry.tag)
            // What was sent again has nobody who waits for its answer, and is handled or a dead letter once more.
            let fate = isAgain ? .taken : entry.fate
            if !allows(fate, handled: count, dead: dead.count, hasBegun: hasBegun) {
                let text = "\(entry.fate), handled \(count) times, \(dead.count) dead letters"
                violations.append("\(entry.tag) from \(entry.sender) to \(entry.target): \(text)")
            }
            if entry.fate == .gaveUp, count == 1, !hasBegun, !isAgain { late += 1 }
        }
        if late != lateReplies {
            violations.append(
                "\(late) messages were handled whose senders had given up, and \(lateReplies) replies were late"
            )
        }
        let known = Set(entries.map(\.tag))
        violations += handled.filter { !known.contains($0) }.map { "\($0) was handled and never sent" }
        return violations + misplaced
    }

    private func allows(_ fate: Fate, handled: Int, dead: Int, hasBegun: Bool) -> Bool {
        guard handled <= 1, dead <= 1 else { return false }
        return switch fate {
        case .answered: handled == 1 && dead == 0
        case .taken: handled + dead == 1 || hasBegun
        case .overflow: handled == 0
        case .absent: handled == 0 && dead == 0
        case .died: handled == 0 || hasBegun
        case .gaveUp: handled + dead <= 1 || hasBegun
        case .wrong: false
        }
    }

    /// What was handled in another order than its sender's.
    private var misplaced: [String] {
        var places: [String: Int] = [:]
        for (place, tag) in handled.enumerated() where !redelivered.contains(tag) { places[tag] = place }
        var last: [[String]: (tag: String, place: Int)] = [:]
        var violations: [String] = []
        for entry in entries {
            guard let place = places[entry.tag] else { continue }
            let pair = [entry.sender, entry.target]
            if let last = last[pair], last.place > place {
                violations.append("\(entry.sender) to \(entry.target): \(entry.tag) came before \(last.tag)")
            }
            last[pair] = (entry.tag, place)
        }
        return violations
    }
}
