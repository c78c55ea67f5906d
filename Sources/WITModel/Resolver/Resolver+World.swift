extension Resolver {
    /// Resolves a world. Those that it includes have been resolved before.
    mutating func resolve(_ id: WorldID) {
        let origin = worldOrigins[id.index]
        let syntax = origin.syntax
        var scope = TypeScope(
            owner: .world(id),
            package: origin.package,
            file: origin.file,
            isIncluded: origin.closedBy == nil
        )
        var gathered = Gathered()
        for use in syntax.uses { bringIn(use, into: &scope) }
        define(syntax.types, in: &scope)
        for type in scope.order {
            let definition = result[type]
            _ = gathered.imports.add(
                WorldItem(
                    name: definition.name,
                    kind: .type(type),
                    stability: definition.stability,
                    span: definition.span
                )
            )
        }
        for function in functions(of: [], types: syntax.types, in: scope) {
            _ = gathered.imports.add(item(function))
        }
        var exported = TypeScope(
            owner: .world(id),
            package: origin.package,
            file: origin.file,
            isIncluded: scope.isIncluded
        )
        for item in syntax.items {
            isIncluded = closing(item.preamble.gate, origin.package) == nil && scope.isIncluded
            guard let resolved = self.item(item, in: scope) else { continue }
            if let name = item.kind.plainName {
                // What a gate keeps out takes its name too.
                let isFree = item.isExport ? claim(name, in: &exported) : claim(name, in: &scope)
                guard isFree else { continue }
            }
            guard isIncluded else { continue }
            if gathered.add(resolved, isExport: item.isExport) != nil {
                let word = item.isExport ? "exported" : "imported"
                report("`\(resolved.name)` is \(word) twice", at: resolved.span, hint: "keep one of the two")
            }
        }
        for include in syntax.includes {
            isIncluded = closing(include.preamble.gate, origin.package) == nil && scope.isIncluded
            add(include, to: &gathered, of: id, scope)
        }
        guard scope.isIncluded, !hasEnough else { return }
        let elaborated = WorldElaboration(imports: gathered.imports, exports: gathered.exports, in: result)
        if let conflict = elaborated.conflict {
            let name = result.qualifiedName(conflict.interface) ?? ""
            report(
                "`\(conflict.item.name)` needs `\(name)` both as an import and as an export",
                at: conflict.item.span,
                hint: "export the interfaces between the two as well, or do not export `\(name)`"
            )
        }
        result.worlds[id.index].imports = elaborated.imports.items
        result.worlds[id.index].exports = elaborated.exports.items
    }

    private func item(_ function: Function) -> WorldItem {
        WorldItem(
            name: function.externName,
            kind: .function(function),
            stability: function.stability,
            span: function.span
        )
    }

    /// One `import` or `export`, resolved; nil where a mistake keeps it from standing for anything.
    private mutating func item(_ syntax: WorldItemSyntax, in scope: TypeScope) -> WorldItem? {
        let stability = Stability(syntax.preamble.gate)
        switch syntax.kind {
        case .path(let path), .named(_, let path):
            guard let interface = findInterface(path, package: scope.package, file: scope.file) else { return nil }
            return WorldItem(
                name: syntax.kind.plainName?.text ?? result.qualifiedName(interface) ?? "",
                kind: .interface(interface),
                documentation: syntax.preamble.docs,
                externalID: syntax.preamble.gate.externalID,
                stability: stability,
                span: syntax.kind.plainName?.span ?? path.span
            )
        case .function(let name, let type):
            let named = FunctionSyntax(preamble: syntax.preamble, name: name, kind: .plain, type: type)
            return item(function(named, of: nil, in: scope))
        case .interface(let name, let body):
            let id = addInterface(body, name: nil, package: scope.package, file: scope.file)
            let wasIncluded = isIncluded
            resolve(id)
            isIncluded = wasIncluded
            return WorldItem(
                name: name.text,
                kind: .interface(id),
                externalID: syntax.preamble.gate.externalID,
                stability: stability,
                span: name.span
            )
        }
    }

    private mutating func add(
        _ include: IncludeSyntax,
        to gathered: inout Gathered,
        of world: WorldID,
        _ scope: TypeScope
    ) {
        guard let included = findWorld(include.path, package: scope.package, file: scope.file), isIncluded else {
            return
        }
        let isForeign = result[included].package != scope.package
        let imports = result[included].imports
        let exports = result[included].exports
        var renames = Renames(include.renames)
        var copy = WorldCopy(of: included, into: world, &result)
        for (items, isExport) in [(imports, false), (exports, true)] {
            for item in items {
                guard !item.isQualified else {
                    let present = gathered.add(item, isExport: isExport)?.stability ?? item.stability
                    let stability = merged(item, isForeign, include, with: present)
                    gathered.set(stability, of: item.name, isExport: isExport)
                    continue
                }
                let name = renames.name(of: item.name)
                let renamed = copy.item(item, named: name, &result)
                if gathered.add(renamed, isExport: isExport) != nil {
                    report(
                        "`\(name)` of world `\(include.path.name.text)` is there already",
                        at: include.path.span,
                        hint: "rename it: `include \(include.path.name.text) with { \(name) as other }`"
                    )
                }
            }
        }
        for name in renames.unused {
            report(
                "world `\(include.path.name.text)` has no `\(name.text)` to rename",
                at: name.span,
                hint: nearest(to: name.text, of: (imports + exports).map(\.name))
            )
        }
    }

    /// The gate of an interface that comes from an included world and is there already with one.
    private mutating func merged(
        _ item: WorldItem,
        _ isForeign: Bool,
        _ include: IncludeSyntax,
        with present: Stability
    ) -> Stability {
        // Since which version of another package something has been there says nothing about this one.
        if isForeign, case .stable = item.stability { return .unknown }
        guard item.stability != .unknown, item.stability != present else { return present }
        if present != .unknown {
            report(
                "`\(item.name)` comes with other gates from world `\(include.path.name.text)`",
                at: include.path.span,
                hint: "give both the same gate"
            )
        }
        return item.stability
    }
}

/// A world's imports and exports while they are being gathered.
private struct Gathered {
    var imports = WorldItems()
    var exports = WorldItems()

    /// Adds an item; where there is one of its name already, returns that one and changes nothing.
    mutating func add(_ item: WorldItem, isExport: Bool) -> WorldItem? {
        isExport ? exports.add(item) : imports.add(item)
    }

    mutating func set(_ stability: Stability, of name: String, isExport: Bool) {
        if isExport { exports.set(stability, of: name) } else { imports.set(stability, of: name) }
    }
}

extension WorldItemSyntax.Kind {
    /// The name that the item gets; nil for an interface that keeps its own.
    fileprivate var plainName: Identifier? {
        switch self {
        case .path: nil
        case .function(let name, _), .interface(let name, _), .named(let name, _): name
        }
    }
}

extension WorldItem {
    /// Whether the name is an interface's qualified one, which may come from several sides.
    var isQualified: Bool { name.contains("/") }
}
