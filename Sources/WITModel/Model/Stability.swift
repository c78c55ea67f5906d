/// What the gate in front of an item says.
public enum Stability: Sendable, Hashable {
    /// There is no gate.
    case unknown
    /// `@since(version = ...)`.
    case stable(since: SemanticVersion, deprecated: SemanticVersion?)
    /// `@unstable(feature = ...)`.
    case unstable(feature: String, deprecated: SemanticVersion?)
}
