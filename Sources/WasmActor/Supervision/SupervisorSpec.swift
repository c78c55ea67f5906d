public import WasmCore

/// A supervisor and its children: actors, and supervisors with children of their own.
///
/// ```swift
/// let shop = SupervisorSpec(
///     "shop", strategy: .restForOne,
///     children: [
///         .actor(ChildSpec(id: stock, component: .path("stock.wasm"))),
///         .supervisor(SupervisorSpec("carts", strategy: .dynamic)),
///     ]
/// )
/// let supervisor = try await system.start(shop)
/// ```
public struct SupervisorSpec: Sendable {
    /// What a supervisor watches over.
    @nonexhaustive public enum Child: Sendable {
        /// An actor.
        case actor(ChildSpec)
        /// Another supervisor.
        case supervisor(SupervisorSpec)
    }

    /// The supervisor's name among its siblings: 1 to 64 characters of `[a-z0-9._-]`, not `.` or `..`.
    public var name: String
    /// Who is started again with a child that fell [the child alone].
    public var strategy: Strategy
    /// The most restarts within `period` [3]; with one more the supervisor falls itself.
    public var intensity: Int
    /// The time in which restarts are counted [5 s].
    public var period: Duration
    /// The pause before a restart.
    public var backOff: BackOff
    /// Whether the supervisor ends with its significant children [never].
    public var autoShutdown: AutoShutdown
    /// After which ends it is started again, where it is a child [permanent].
    public var restart: RestartPolicy.Kind
    /// What is done about single kinds of its ends, where it is a child; the first that matches counts [none]. A
    /// supervisor that falls with a child does so with the child's reason.
    public var rules: [RestartRule]
    /// Whether its end may end its own supervisor, where it is a child [no].
    public var isSignificant: Bool
    /// The children, in the order of their start.
    public var children: [Child]

    /// Makes a specification.
    ///
    /// - Parameters:
    ///   - name: The supervisor's name among its siblings.
    ///   - strategy: Who is started again with a child that fell.
    ///   - intensity: The most restarts within `period`.
    ///   - period: The time in which restarts are counted.
    ///   - backOff: The pause before a restart.
    ///   - autoShutdown: Whether the supervisor ends with its significant children.
    ///   - restart: After which ends it is started again, where it is a child.
    ///   - rules: What is done about single kinds of its ends, where it is a child.
    ///   - isSignificant: Whether its end may end its own supervisor, where it is a child.
    ///   - children: The children, in the order of their start.
    public init(
        _ name: String,
        strategy: Strategy = .oneForOne,
        intensity: Int = 3,
        period: Duration = .seconds(5),
        backOff: BackOff = BackOff(),
        autoShutdown: AutoShutdown = .never,
        restart: RestartPolicy.Kind = .permanent,
        rules: [RestartRule] = [],
        isSignificant: Bool = false,
        children: [Child] = []
    ) {
        self.name = name
        self.strategy = strategy
        self.intensity = intensity
        self.period = period
        self.backOff = backOff
        self.autoShutdown = autoShutdown
        self.restart = restart
        self.rules = rules
        self.isSignificant = isSignificant
        self.children = children
    }
}

// MARK: - Checks

extension SupervisorSpec {
    /// The most supervisors one within the other.
    static let deepest = 64

    /// Checks the whole tree: every figure, every name, and that no id or name is given twice.
    ///
    /// - Throws: `InvalidSpec` that names the first field which makes no sense, with the way to it.
    public func validate() throws(InvalidSpec) {
        var ids: Set<ActorID> = []
        try validate(ids: &ids, depth: 1)
        try InvalidSpec.checkSignificance(isSignificant, restart)
    }

    private func validate(ids: inout Set<ActorID>, depth: Int) throws(InvalidSpec) {
        guard depth <= Self.deepest else {
            throw InvalidSpec(field: "children", reason: "supervisors are nested deeper than \(Self.deepest)")
        }
        // A name has the form of an id's part.
        guard (try? ActorID(namespace: name, name: name, instance: name)) != nil else {
            throw InvalidSpec(
                field: "name",
                reason:
                    "`\(Printable.text(name, limit: 100))` is not 1 to 64 characters of [a-z0-9._-], or it is `.` or `..`"
            )
        }
        try InvalidSpec.checkRestarts(intensity: intensity, period: period, backOff: backOff)
        guard strategy != .dynamic || children.isEmpty else {
            throw InvalidSpec(field: "children", reason: "a dynamic supervisor begins without; `spawn` adds them")
        }
        var names: Set<String> = []
        for (index, child) in children.enumerated() {
            do throws(InvalidSpec) {
                try validate(child, names: &names, ids: &ids, depth: depth)
            } catch {
                throw error.within("children[\(index)]")
            }
        }
    }

    private func validate(
        _ child: Child,
        names: inout Set<String>,
        ids: inout Set<ActorID>,
        depth: Int
    ) throws(InvalidSpec) {
        switch child {
        case .actor(let actor):
            try validate(joining: actor)
            guard ids.insert(actor.id).inserted else {
                throw InvalidSpec(field: "id", reason: "\(actor.id) is in the tree twice")
            }
        case .supervisor(let supervisor):
            guard names.insert(supervisor.name).inserted else {
                throw InvalidSpec(field: "name", reason: "two supervisors side by side are called \(supervisor.name)")
            }
            try supervisor.validate(ids: &ids, depth: depth + 1)
            try validateSignificance(supervisor.isSignificant, supervisor.restart)
        }
    }

    /// Checks a child that is there from the beginning, or that joins later.
    func validate(joining child: ChildSpec) throws(InvalidSpec) {
        try child.validate()
        try validateSignificance(child.isSignificant, child.restart)
    }

    private func validateSignificance(
        _ isSignificant: Bool,
        _ restart: RestartPolicy.Kind
    ) throws(InvalidSpec) {
        try InvalidSpec.checkSignificance(isSignificant, restart)
        guard !isSignificant || autoShutdown != .never else {
            throw InvalidSpec(field: "isSignificant", reason: "the supervisor \(name) has the autoShutdown `never`")
        }
    }
}
