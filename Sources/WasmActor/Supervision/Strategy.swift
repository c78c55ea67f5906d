/// Who is started again with a child that fell.
@nonexhaustive public enum Strategy: Hashable, Sendable, CaseIterable {
    /// The child alone.
    case oneForOne
    /// All children: the others are stopped in reverse order, and then all are started in order.
    case oneForAll
    /// The child and those that were started after it: these are stopped in reverse order, and then all of them are
    /// started in order.
    case restForOne
    /// The child alone. A dynamic supervisor begins without children, which come with `SupervisorRef.spawn` and end with
    /// it, all at once: also where the supervisor itself is started again.
    case dynamic
}

/// Whether a supervisor ends with its significant children.
@nonexhaustive public enum AutoShutdown: Hashable, Sendable, CaseIterable {
    /// It does not; no child may be significant then.
    case never
    /// It ends when one of them ends by itself and is not started again.
    case anySignificant
    /// It ends when the last of them ends by itself and is not started again.
    case allSignificant
}
