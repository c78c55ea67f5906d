import WasmCore

/// What is done about one kind of end, whatever the restart kind says.
///
/// ```swift
/// let rules = [
///     RestartRule(.denied, .stop),             // asks for what it was not granted: no restart mends that
///     RestartRule(.limit(.memory), .escalate), // its supervisor begins anew
/// ]
/// ```
public struct RestartRule: Hashable, Sendable, CustomStringConvertible {
    /// Which ends.
    public var pattern: ExitPattern
    /// What is done about them.
    public var directive: Directive

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - pattern: Which ends.
    ///   - directive: What is done about them.
    public init(_ pattern: ExitPattern, _ directive: Directive) {
        self.pattern = pattern
        self.directive = directive
    }

    /// The pattern and the directive, as `trap(stackOverflow): stop`.
    public var description: String { "\(pattern): \(directive)" }
}

extension RestartPolicy.Kind {
    /// What is done about an end: the first rule that matches says so, else the kind.
    func directive(for reason: ExitReason, rules: [RestartRule]) -> Directive {
        if let rule = rules.first(where: { $0.pattern.matches(reason) }) { return rule.directive }
        switch self {
        case .permanent: return .restart
        case .transient: return reason.isAbnormal ? .restart : .stop
        case .temporary: return .stop
        }
    }
}
