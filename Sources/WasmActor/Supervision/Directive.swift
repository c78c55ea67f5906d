/// What a supervisor does about a child that ended.
public struct Directive: Hashable, Sendable, CaseIterable, LosslessStringConvertible {
    private enum Kind: String, CaseIterable {
        case restart, stop, escalate
    }

    private let kind: Kind

    /// It is started again, which counts against the intensity.
    public static let restart = Directive(kind: .restart)
    /// It is gone for good.
    public static let stop = Directive(kind: .stop)
    /// The supervisor falls with the child, and its own supervisor decides. At the root of a tree, and for an actor
    /// without a supervisor, that is the end.
    public static let escalate = Directive(kind: .escalate)

    /// Every directive.
    public static var allCases: [Directive] { Kind.allCases.map(Directive.init) }

    private init(kind: Kind) {
        self.kind = kind
    }

    /// Reads a directive.
    ///
    /// - Parameter description: Its name: `restart`, `stop` or `escalate`; nil comes of any other text.
    public init?(_ description: String) {
        guard let kind = Kind(rawValue: description) else { return nil }
        self.kind = kind
    }

    /// The directive's name.
    public var description: String { kind.rawValue }
}
