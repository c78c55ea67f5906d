/// All that one actor is granted. What no grant covers is denied.
public struct Grants: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var patterns: [Capability.Kind: [Pattern]] = [:]

    /// No grant at all.
    public static let none: Grants = []

    /// Access of every kind to everything: for trusted components and for tests.
    public static let all: Grants = {
        // The text is a constant that `Pattern` reads; a test holds it.
        let everything = try! Pattern("**")
        return Grants(Capability.Kind.allCases.map { Grant($0, everything) })
    }()

    /// Reading, storing and removing in the actor's own storage area.
    public static let privateStorage: Grants = {
        // The text is a constant that `Pattern` reads; a test holds it.
        let own = try! Pattern("private/**")
        return [Grant(.read, own), Grant(.write, own), Grant(.delete, own)]
    }()

    /// Makes grants of a list.
    ///
    /// - Parameter grants: The list; its order means nothing.
    public init(_ grants: some Sequence<Grant>) {
        for grant in grants {
            patterns[grant.kind, default: []].append(grant.pattern)
        }
    }

    /// Makes grants of a literal.
    public init(arrayLiteral elements: Grant...) {
        self.init(elements)
    }

    /// Every grant, in no particular order.
    public var list: [Grant] {
        patterns.flatMap { kind, patterns in patterns.map { Grant(kind, $0) } }
    }

    /// Whether a capability is covered.
    ///
    /// - Parameter capability: What is needed. Where its subject is a pattern, all that it matches must be covered.
    /// - Returns: True where one grant covers it.
    public func allow(_ capability: Capability) -> Bool {
        guard let patterns = patterns[capability.kind] else { return false }
        guard capability.isPattern else { return patterns.contains { $0.matches(capability.subject) } }
        guard let asked = try? Pattern(capability.subject) else { return false }
        return patterns.contains { $0.covers(asked) }
    }

    /// Whether these grants allow nothing that the others do not.
    ///
    /// - Parameter others: The wider grants, such as a parent's.
    /// - Returns: True where each grant is covered by one of the others.
    public func areWithin(_ others: Grants) -> Bool {
        list.allSatisfy { mine in others.patterns[mine.kind, default: []].contains { $0.covers(mine.pattern) } }
    }

    /// The grants of both.
    ///
    /// - Parameter others: What to add.
    /// - Returns: A set that allows what either allows.
    public func union(_ others: Grants) -> Grants {
        Grants(list + others.list)
    }
}
