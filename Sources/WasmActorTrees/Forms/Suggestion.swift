/// Finds what a misspelt word was meant to be.
package enum Suggestion {
    /// The candidate with the fewest edits, where they are few enough for a slip of the fingers.
    ///
    /// - Parameters:
    ///   - word: What was typed.
    ///   - candidates: What could have been meant.
    /// - Returns: The nearest candidate; none where all are far off.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let ranked = candidates.map { (name: $0, edits: edits(from: word, to: $0)) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(1, min(word.count, best.name.count) / 3) ? best.name : nil
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
    package static func edits(from source: String, to target: String) -> Int {
        let source = Array(source)
        let target = Array(target)
        var rows = [Array(0...target.count)]
        for i in 0..<source.count {
            var row = [i + 1]
            for j in 0..<target.count {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (source[i] == target[j] ? 0 : 1))
                if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[source.count][target.count]
    }
}
