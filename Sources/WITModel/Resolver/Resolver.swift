/// Turns the syntax of packages into a `Resolve`. What is wrong is collected; the result is good where nothing was.
///
/// What a closed gate keeps out is resolved like the rest, so that a mistake in it shows whatever features are let in,
/// and left out of the result.
struct Resolver {
    /// An interface or a world of a package, or an interface or world that a top-level `use` named.
    enum Item {
        case interface(InterfaceID)
        case world(WorldID)
        case use(TopLevelUse)
    }

    /// Where an item was written.
    struct Origin<Syntax> {
        let syntax: Syntax
        let package: PackageID
        let file: Int
        /// The feature whose gate keeps the item out.
        let closedBy: String?
    }

    /// What a package's names stand for.
    struct PackageScope {
        var items: [String: Item] = [:]
        /// The names that only one file of the package sees.
        var files: [[String: Item]] = []
        var uses: [(use: TopLevelUse, file: Int)] = []
        var interfaces: [InterfaceID] = []
        var worlds: [WorldID] = []
        /// The packages that are named, with the first place that does.
        var dependencies: [PackageNameSyntax] = []
    }

    let features: Features
    var result = Resolve()
    var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []
    var packagesByName: [PackageName: PackageID] = [:]
    var scopes: [PackageScope] = []
    var interfaceOrigins: [InterfaceID: Origin<InterfaceSyntax>] = [:]
    /// The types that a `use` can take from an interface.
    var interfaceTypes: [InterfaceID: [String: TypeScope.Entry]] = [:]
    var worldOrigins: [Origin<WorldSyntax>] = []
    /// Whether what is being resolved is let in.
    var isIncluded = true
    /// The types that are resources, or other names of one.
    var resources: Set<TypeID> = []
    /// The types that have a borrowed handle in them.
    var borrowing: Set<TypeID> = []

    init(features: Features) {
        self.features = features
    }

    /// How many mistakes one run names; a text with more of them is no WIT.
    static let mistakeLimit = 100

    /// Whether there were so many mistakes that more of them help nobody.
    var hasEnough: Bool { diagnostics.count >= Self.mistakeLimit }

    mutating func report(_ message: String, at span: Span?, hint: String? = nil) {
        guard !hasEnough else { return }
        let diagnostic = Diagnostic(message, at: span, hint: hint)
        // Some places are looked at from several sides.
        if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    /// Resolves all packages, each behind those that it names.
    mutating func run() {
        let edges = scopes.map { scope in
            scope.dependencies.compactMap { name in
                packagesByName[name.name].map {
                    DependencyOrder<PackageNameSyntax>.Edge(target: $0.index, label: name)
                }
            }
        }
        let order = DependencyOrder(edges)
        for edge in order.closing {
            report(
                "package `\(edge.label.name)` depends on itself",
                at: edge.label.span,
                hint:
                    "name interfaces of the same package without the package; move what two packages share into a third"
            )
        }
        guard order.closing.isEmpty else { return }
        for index in order.order {
            let package = PackageID(index: index)
            checkUses(of: package)
            resolveInterfaces(of: package)
            resolveWorlds(of: package)
        }
    }

    /// Reports top-level uses that name nothing, or a world.
    private mutating func checkUses(of package: PackageID) {
        for (use, file) in scopes[package.index].uses {
            guard case .world? = find(use.path, package: package, file: file, ignoringUses: true),
                case .foreign = use.path
            else { continue }
            report(
                "`\(use.path.name.text)` is a world, and `use` takes interfaces of other packages",
                at: use.path.name.span,
                hint: "take a world in with `include` inside of another"
            )
        }
    }

    private mutating func resolveInterfaces(of package: PackageID) {
        let interfaces = scopes[package.index].interfaces
        let positions = Dictionary(uniqueKeysWithValues: interfaces.enumerated().map { ($1, $0) })
        var edges: [[DependencyOrder<UsePath>.Edge]] = []
        for id in interfaces {
            let origin = interfaceOrigins[id]
            edges.append(
                (origin?.syntax.uses ?? []).compactMap { use in
                    guard case .interface(let target)? = local(use.path, package, origin?.file ?? 0),
                        let position = positions[target]
                    else { return nil }
                    return DependencyOrder<UsePath>.Edge(target: position, label: use.path)
                }
            )
        }
        let order = DependencyOrder(edges)
        for edge in order.closing {
            report(
                "interface `\(edge.label.name.text)` uses types that depend on itself",
                at: edge.label.span,
                hint: "move the types that both need into a third interface"
            )
        }
        for position in order.order { resolve(interfaces[position]) }
    }

    private mutating func resolveWorlds(of package: PackageID) {
        let worlds = scopes[package.index].worlds
        let positions = Dictionary(uniqueKeysWithValues: worlds.enumerated().map { ($1, $0) })
        var edges: [[DependencyOrder<UsePath>.Edge]] = []
        for id in worlds {
            let origin = worldOrigins[id.index]
            edges.append(
                origin.syntax.includes.compactMap { include in
                    guard case .world(let target)? = local(include.path, package, origin.file),
                        let position = positions[target]
                    else { return nil }
                    return DependencyOrder<UsePath>.Edge(target: position, label: include.path)
                }
            )
        }
        let order = DependencyOrder(edges)
        for edge in order.closing {
            report("world `\(edge.label.name.text)` includes itself", at: edge.label.span)
        }
        guard order.closing.isEmpty else { return }
        for position in order.order { resolve(worlds[position]) }
    }
}
