import WasmCore

/// A specification that makes no sense: which field, and why.
public struct InvalidSpec: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, with the way to it: `children[2].shutdown`.
    public let field: String
    /// What is wrong with it, and what it may be.
    public let reason: String

    /// The field and what is wrong with it.
    public var description: String { "\(field): \(reason)" }

    /// The same, seen from the outside of a part.
    func within(_ part: String) -> InvalidSpec { InvalidSpec(field: "\(part).\(field)", reason: reason) }

    /// Runs a part's own check under the name of its field.
    static func check<Failure: Error>(
        _ field: String,
        _ body: () throws(Failure) -> Void
    ) throws(InvalidSpec) {
        do throws(Failure) {
            try body()
        } catch {
            throw InvalidSpec(field: field, reason: "\(error)")
        }
    }

    /// A child that always comes back has no end that could be significant.
    static func checkSignificance(_ isSignificant: Bool, _ restart: RestartPolicy.Kind) throws(InvalidSpec) {
        guard !isSignificant || restart != .permanent else {
            throw InvalidSpec(
                field: "isSignificant",
                reason: "a permanent child is always started again; make it transient or temporary"
            )
        }
    }

    /// The figures that say how often and after which pause something is started again.
    static func checkRestarts(intensity: Int, period: Duration, backOff: BackOff) throws(InvalidSpec) {
        guard (0...10_000).contains(intensity) else {
            throw InvalidSpec(field: "intensity", reason: "\(intensity) restarts; it may be 0 to 10000")
        }
        guard period > .zero else {
            throw InvalidSpec(field: "period", reason: "it is \(period), it may be more than 0")
        }
        do throws(InvalidSpec) { try backOff.validate() } catch { throw error.within("backOff") }
        // Each restart would be the first of its period, for ever: no pause would grow, and none be one too many.
        let first = min(backOff.first, backOff.longest)
        guard first < period else {
            throw InvalidSpec(
                field: "backOff.first",
                reason: "it is \(first), it has to be shorter than the period, \(period)"
            )
        }
    }
}
