extension Resolver {
    /// Resolves a world, once; `span` is the `include` that asked.
    mutating func resolve(_ id: WorldID, at span: Span?) {
        let origin = worldOrigins[id.index]
        switch origin.state {
        case .done: return
        case .running:
            report("world `\(origin.syntax.name.text)` includes itself", at: span ?? origin.syntax.name.span)
            return
        case .pending: worldOrigins[id.index].state = .running
        }
        let syntax = origin.syntax
        var scope = TypeScope(owner: .world(id), package: origin.package, file: origin.file)
        var builder = WorldBuilder()
        for use in syntax.uses { bringIn(use, into: &scope) }
        announce(syntax.types, in: &scope)
        resolveTypes(syntax.types.filter { scope.entries[$0.name.text] != nil }, in: &scope)
        for type in scope.order {
            builder.imports.append(
                WorldItem(name: result[type].name, kind: .type(type), stability: .unknown, span: result[type].span)
            )
        }
        for function in functions(of: [], types: syntax.types, in: &scope) {
            builder.imports.append(item(function))
        }
        for item in syntax.items where isIncluded(item.preamble.gate, origin.package) {
            add(item, to: &builder, in: &scope)
        }
        for include in syntax.includes where isIncluded(include.preamble.gate, origin.package) {
            add(include, to: &builder, origin.package, origin.file)
        }
        let elaborated = builder.elaborated(in: result)
        result.worlds[id.index].imports = elaborated.imports
        result.worlds[id.index].exports = elaborated.exports
        worldOrigins[id.index].state = .done
    }

    private func item(_ function: Function) -> WorldItem {
        WorldItem(
            name: function.externName,
            kind: .function(function),
            stability: function.stability,
            span: function.span
        )
    }

    private mutating func add(_ syntax: WorldItemSyntax, to builder: inout WorldBuilder, in scope: inout TypeScope) {
        let stability = Stability(syntax.preamble.gate)
        switch syntax.kind {
        case .path(let path):
            guard let interface = findInterface(path, package: scope.package, file: scope.file) else { return }
            resolve(interface, at: path.span)
            let item = WorldItem(
                name: result.qualifiedName(interface) ?? "",
                kind: .interface(interface),
                stability: stability,
                span: path.span
            )
            if !builder.add(item, exported: syntax.isExport) {
                report("`\(item.name)` is \(syntax.isExport ? "exported" : "imported") twice", at: path.span)
            }
        case .function(let name, let type):
            let named = FunctionSyntax(preamble: syntax.preamble, name: name, kind: .plain, type: type)
            let function = function(named, of: nil, named: "", in: &scope)
            addPlain(item(function), name, syntax, to: &builder)
        case .interface(let name, let body):
            let id = addInterface(body, name: nil, package: scope.package, file: scope.file)
            resolve(id, at: nil)
            let item = WorldItem(name: name.text, kind: .interface(id), stability: stability, span: name.span)
            addPlain(item, name, syntax, to: &builder)
        case .named(let name, let path):
            guard let interface = findInterface(path, package: scope.package, file: scope.file) else { return }
            resolve(interface, at: path.span)
            let item = WorldItem(name: name.text, kind: .interface(interface), stability: stability, span: name.span)
            addPlain(item, name, syntax, to: &builder)
        }
    }

    private mutating func addPlain(
        _ item: WorldItem,
        _ name: Identifier,
        _ syntax: WorldItemSyntax,
        to builder: inout WorldBuilder
    ) {
        if !builder.add(item, exported: syntax.isExport) {
            report("`\(name.text)` is \(syntax.isExport ? "exported" : "imported") twice", at: name.span)
        }
    }

    private mutating func add(
        _ include: IncludeSyntax,
        to builder: inout WorldBuilder,
        _ package: PackageID,
        _ file: Int
    ) {
        guard let found = find(include.path, package: package, file: file) else { return }
        guard case .world(let world) = found else {
            report("`\(include.path.name.text)` is an interface, not a world", at: include.path.name.span)
            return
        }
        resolve(world, at: include.path.span)
        var renames: [String: String] = [:]
        for (name, alias) in include.renames {
            let known = (result[world].imports + result[world].exports).contains { $0.name == name.text }
            if !known {
                report("world `\(include.path.name.text)` has no `\(name.text)` to rename", at: name.span)
            }
            renames[name.text] = alias.text
        }
        for (items, exported) in [(result[world].imports, false), (result[world].exports, true)] {
            for item in items {
                let renamed = WorldItem(
                    name: renames[item.name] ?? item.name,
                    kind: item.kind.renamed(renames[item.name]),
                    stability: item.stability,
                    span: item.span
                )
                if !builder.add(renamed, exported: exported), !renamed.isQualified {
                    report(
                        "`\(renamed.name)` of world `\(include.path.name.text)` is there already",
                        at: include.path.span,
                        hint: "rename it: `include \(include.path.name.text) with { \(renamed.name) as other }`"
                    )
                }
            }
        }
    }
}

extension WorldItem.Kind {
    /// The same under the name that an `include` gives it; nil where it gives none.
    fileprivate func renamed(_ name: String?) -> WorldItem.Kind {
        guard let name, case .function(var function) = self else { return self }
        function.name = name
        function.externName = name
        return .function(function)
    }
}

extension WorldItem {
    /// Whether the name is an interface's qualified one, which may come from several sides.
    var isQualified: Bool { name.contains("/") }
}
