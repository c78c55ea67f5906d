/// Turns the syntax of packages into a `Resolve`. What is wrong is collected; the result is good where nothing was.
struct Resolver {
    enum State {
        case pending, running, done
    }

    /// An interface or a world of a package, or an interface or world that a top-level `use` named.
    enum Item {
        case interface(InterfaceID)
        case world(WorldID)
        case use(TopLevelUse, file: Int)
    }

    /// Where an item was written.
    struct Origin<Syntax> {
        let syntax: Syntax
        let package: PackageID
        let file: Int
        var state = State.pending
    }

    /// What a package's names stand for.
    struct PackageScope {
        var items: [String: Item] = [:]
        /// The names that only one file of the package sees.
        var files: [[String: Item]] = []
    }

    let features: Features
    var result = Resolve()
    var diagnostics: [Diagnostic] = []
    var packagesByName: [PackageName: PackageID] = [:]
    var scopes: [PackageScope] = []
    var interfaceOrigins: [Origin<InterfaceSyntax>?] = []
    var interfaceTypes: [[String: TypeID]] = []
    var worldOrigins: [Origin<WorldSyntax>] = []

    init(features: Features) {
        self.features = features
    }

    mutating func report(_ message: String, at span: Span?, hint: String? = nil) {
        let diagnostic = Diagnostic(message, at: span, hint: hint)
        // Some places are looked at from several sides.
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }

    /// Adds a package with its files; nested packages become packages of their own.
    @discardableResult
    mutating func add(_ files: [PackageSyntax]) -> PackageID {
        for file in files {
            for nested in file.nested { _ = add([nested]) }
        }
        let named = files.compactMap(\.name)
        let hasItems = files.contains { !$0.interfaces.isEmpty || !$0.worlds.isEmpty || !$0.uses.isEmpty }
        guard let first = named.first else {
            if let nested = files.flatMap(\.nested).last?.name, !hasItems, let id = packagesByName[nested.name] {
                return id
            }
            let span = files.lazy.compactMap { $0.interfaces.first?.span ?? $0.worlds.first?.name.span }.first
            report(
                "no file of the package declares its name",
                at: span,
                hint: "start a file with `package namespace:name;`"
            )
            return PackageID(index: 0)
        }
        for other in named.dropFirst() where other.name != first.name {
            report(
                "the package is `\(other.name)` here and `\(first.name)` in another file of it",
                at: other.span,
                hint: "the files of one folder make one package"
            )
        }
        let id = package(first)
        for file in files { declare(file, in: id) }
        return id
    }

    private mutating func package(_ name: PackageNameSyntax) -> PackageID {
        if packagesByName[name.name] != nil {
            report("package `\(name.name)` is defined twice", at: name.span)
        }
        let id = PackageID(index: result.packages.count)
        result.packages.append(Package(name: name.name, docs: []))
        scopes.append(PackageScope())
        packagesByName[name.name] = id
        return id
    }

    private mutating func declare(_ file: PackageSyntax, in package: PackageID) {
        if result.packages[package.index].docs.isEmpty { result.packages[package.index].docs = file.docs }
        let fileIndex = scopes[package.index].files.count
        scopes[package.index].files.append([:])
        for syntax in file.interfaces {
            guard let name = syntax.name, isIncluded(syntax.preamble.gate, package) else { continue }
            let id = addInterface(syntax, name: name.text, package: package, file: fileIndex)
            declare(name, .interface(id), in: package)
            result.packages[package.index].interfaces.append(id)
        }
        for syntax in file.worlds where isIncluded(syntax.preamble.gate, package) {
            let id = WorldID(index: result.worlds.count)
            result.worlds.append(
                World(
                    name: syntax.name.text,
                    package: package,
                    docs: syntax.preamble.docs,
                    stability: Stability(syntax.preamble.gate),
                    span: syntax.name.span
                )
            )
            worldOrigins.append(Origin(syntax: syntax, package: package, file: fileIndex))
            declare(syntax.name, .world(id), in: package)
            result.packages[package.index].worlds.append(id)
        }
        for use in file.uses {
            let name = use.alias ?? use.path.name
            if scopes[package.index].files[fileIndex].updateValue(.use(use, file: fileIndex), forKey: name.text) != nil
            {
                report("`\(name.text)` is used twice", at: name.span)
            }
        }
    }

    mutating func addInterface(
        _ syntax: InterfaceSyntax,
        name: String?,
        package: PackageID,
        file: Int
    ) -> InterfaceID {
        let id = InterfaceID(index: result.interfaces.count)
        result.interfaces.append(
            Interface(
                name: name,
                package: package,
                docs: syntax.preamble.docs,
                stability: Stability(syntax.preamble.gate),
                span: syntax.span
            )
        )
        interfaceOrigins.append(Origin(syntax: syntax, package: package, file: file))
        interfaceTypes.append([:])
        return id
    }

    private mutating func declare(_ name: Identifier, _ item: Item, in package: PackageID) {
        if scopes[package.index].items.updateValue(item, forKey: name.text) != nil {
            report(
                "`\(name.text)` is defined twice in package `\(result[package].name)`",
                at: name.span,
                hint: "interfaces and worlds of a package share one set of names"
            )
        }
    }

    mutating func run() {
        for index in result.interfaces.indices { resolve(InterfaceID(index: index), at: nil) }
        for package in scopes.indices {
            for file in scopes[package].files {
                for case .use(let use, let file) in file.values {
                    let id = PackageID(index: package)
                    guard case .world? = find(use.path, package: id, file: file, ignoringUses: true) else { continue }
                    report(
                        "`\(use.path.name.text)` is a world, and `use` takes interfaces",
                        at: use.path.name.span,
                        hint: "take a world in with `include` inside of another"
                    )
                }
            }
        }
        for index in result.worlds.indices { resolve(WorldID(index: index), at: nil) }
    }

    // MARK: Looking up

    /// Whether a gate lets its item in.
    mutating func isIncluded(_ gate: GateSyntax, _ package: PackageID) -> Bool {
        if gate.since != nil || gate.deprecated != nil {
            requireReleased(gate, package)
        }
        if let feature = gate.unstable { return features.allows(feature.text) }
        return true
    }

    private mutating func requireReleased(_ gate: GateSyntax, _ package: PackageID) {
        let name = result[package].name
        guard let version = name.version else {
            report(
                "a gate names a version, and package `\(name)` has none",
                at: gate.span,
                hint: "give the package a version: `package \(name)@0.1.0;`"
            )
            return
        }
        if let since = gate.since, since > version {
            report(
                "version \(since) is not released: the package is at \(version)",
                at: gate.span,
                hint: "name \(version) or an earlier version, or raise the package's"
            )
        }
    }

    /// What a path names; nil, with a report, where it names nothing.
    mutating func find(
        _ path: UsePath,
        package: PackageID,
        file: Int,
        ignoringUses: Bool = false
    ) -> Item? {
        switch path {
        case .local(let name):
            let used = ignoringUses ? nil : scopes[package.index].files[file][name.text]
            if case .use(let use, let file)? = used {
                return find(use.path, package: package, file: file, ignoringUses: true)
            }
            if let item = scopes[package.index].items[name.text] { return item }
            report(
                "there is no interface or world `\(name.text)` in package `\(result[package].name)`",
                at: name.span,
                hint: Self.nearest(to: name.text, of: scopes[package.index].items.keys)
            )
            return nil
        case .foreign(let name, let item):
            guard let other = packagesByName[name.name] else {
                let versions = packagesByName.keys
                    .filter { $0.namespace == name.name.namespace && $0.name == name.name.name }
                    .map { "`\($0)`" }.sorted()
                report(
                    "package `\(name.name)` was not found",
                    at: name.span,
                    hint: versions.isEmpty
                        ? "put its files into a folder of `deps/`" : "there is \(versions.joined(separator: ", "))"
                )
                return nil
            }
            return find(.local(item), package: other, file: 0, ignoringUses: true)
        }
    }

    mutating func findInterface(_ path: UsePath, package: PackageID, file: Int) -> InterfaceID? {
        switch find(path, package: package, file: file) {
        case .interface(let id)?: return id
        case .world?: report("`\(path.name.text)` is a world, not an interface", at: path.name.span)
        default: break
        }
        return nil
    }

    /// A hint with the name that was likely meant.
    static func nearest(to name: String, of candidates: some Sequence<String>) -> String? {
        let scored = candidates.map { (distance($0, name), $0) }.min { $0 < $1 }
        guard let (distance, best) = scored, distance < name.count, distance <= max(2, name.count / 3) else {
            return nil
        }
        return "did you mean `\(best)`?"
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (right[column] == byte ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}

extension Stability {
    init(_ gate: GateSyntax) {
        if let since = gate.since {
            self = .stable(since: since, deprecated: gate.deprecated)
        } else if let feature = gate.unstable {
            self = .unstable(feature: feature.text, deprecated: gate.deprecated)
        } else {
            self = .unknown
        }
    }
}
