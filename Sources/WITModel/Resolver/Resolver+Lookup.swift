extension Resolver {
    // MARK: Gates

    /// The feature whose gate keeps an item out; nil where the item is let in.
    mutating func closing(_ gate: GateSyntax, _ package: PackageID) -> String? {
        if let since = gate.since { requireReleased(since, gate, package) }
        guard let feature = gate.unstable, !features.allows(feature.text) else { return nil }
        return feature.text
    }

    private mutating func requireReleased(_ since: SemanticVersion, _ gate: GateSyntax, _ package: PackageID) {
        let name = result[package].name
        guard let version = name.version else {
            report(
                "a gate names a version, and package `\(name)` has none",
                at: gate.span,
                hint: "give the package a version: `package \(name)@0.1.0;`"
            )
            return
        }
        guard since > version else { return }
        report(
            "version \(since) is not released: the package is at \(version)",
            at: gate.span,
            hint: "name \(version) or an earlier version, or raise the package's"
        )
    }

    /// Reports that something which is let in needs something which is not.
    mutating func reportClosed(_ what: String, by feature: String, at span: Span) {
        report(
            "\(what) is left out: its feature `\(feature)` is not let in",
            at: span,
            hint: "gate this with `@unstable(feature = \(feature))` too, or let the feature in: `--features \(feature)`"
        )
    }

    // MARK: Names

    /// What a path into the same package names, behind a `use` of the file; without a report.
    func local(_ path: UsePath, _ package: PackageID, _ file: Int) -> Item? {
        guard case .local(let name) = path else { return nil }
        let item = scopes[package.index].files[file][name.text] ?? scopes[package.index].items[name.text]
        guard case .use(let use)? = item else { return item }
        guard case .local(let target) = use.path else { return nil }
        return scopes[package.index].items[target.text]
    }

    /// Whether a path has to name what it should: what is kept out may name what other packages do not have yet.
    func isChecked(_ path: UsePath) -> Bool {
        guard case .foreign = path else { return true }
        return isIncluded
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
            if !ignoringUses, let item = scopes[package.index].files[file][name.text] {
                guard case .use(let use) = item else { return item }
                return find(use.path, package: package, file: file, ignoringUses: true)
            }
            if let item = scopes[package.index].items[name.text] { return item }
            report(
                "there is no interface or world `\(name.text)` in package `\(result[package].name)`",
                at: name.span,
                hint: nearest(to: name.text, of: scopes[package.index].items.keys)
            )
            return nil
        case .foreign(let name, let item):
            guard let other = packagesByName[name.name] else {
                reportMissing(name)
                return nil
            }
            if !isChecked(path), scopes[other.index].items[item.text] == nil { return nil }
            return find(.local(item), package: other, file: 0, ignoringUses: true)
        }
    }

    private mutating func reportMissing(_ name: PackageNameSyntax) {
        let versions = packagesByName.keys
            .filter { $0.namespace == name.name.namespace && $0.name == name.name.name }
            .map { "`\($0)`" }.sorted()
        report(
            "package `\(name.name)` was not found",
            at: name.span,
            hint: versions.isEmpty
                ? "put its files into a folder of `deps/`" : "there is \(versions.joined(separator: ", "))"
        )
    }

    mutating func findInterface(_ path: UsePath, package: PackageID, file: Int) -> InterfaceID? {
        switch find(path, package: package, file: file) {
        case .interface(let id)?:
            guard isIncluded, let feature = interfaceOrigins[id]?.closedBy else { return id }
            reportClosed("interface `\(path.name.text)`", by: feature, at: path.span)
        case .world? where isChecked(path):
            report(
                "`\(path.name.text)` is a world, not an interface",
                at: path.name.span,
                hint: "take a world in with `include`"
            )
        default: break
        }
        return nil
    }

    mutating func findWorld(_ path: UsePath, package: PackageID, file: Int) -> WorldID? {
        switch find(path, package: package, file: file) {
        case .world(let id)?:
            guard isIncluded, let feature = worldOrigins[id.index].closedBy else { return id }
            reportClosed("world `\(path.name.text)`", by: feature, at: path.span)
        case .interface? where isChecked(path):
            report(
                "`\(path.name.text)` is an interface, not a world",
                at: path.name.span,
                hint: "take an interface in with `import` or `export`"
            )
        default: break
        }
        return nil
    }

    /// A hint with the name that was likely meant.
    func nearest(to name: String, of candidates: some Collection<String>) -> String? {
        let length = name.utf8.count
        let tolerance = max(2, length / 3)
        guard !hasEnough, length <= 64, candidates.count <= 10_000 else { return nil }
        let scored = candidates.lazy.filter { abs($0.utf8.count - length) <= tolerance }
            .map { (Self.distance($0, name), $0) }.min { $0 < $1 }
        guard let (distance, best) = scored, distance < length, distance <= tolerance else { return nil }
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
