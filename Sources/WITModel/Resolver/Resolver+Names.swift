extension Resolver {
    /// Takes a name of the interface or world; names that differ in case only are one name.
    mutating func claim(_ name: Identifier, in scope: inout TypeScope) -> Bool {
        guard let other = scope.names.updateValue(name, forKey: name.text.lowercased()) else { return true }
        let detail = other.text == name.text ? "" : ": it differs from `\(other.text)` in case only"
        report("`\(name.text)` is defined twice\(detail)", at: name.span, hint: "rename one of the two")
        return false
    }

    /// Brings the names of a `use` in.
    mutating func bringIn(_ use: UseSyntax, into scope: inout TypeScope) {
        let closedBy = closing(use.preamble.gate, scope.package)
        isIncluded = closedBy == nil
        if isIncluded { requireOpen(scope, use.path.span, "the names of this `use` are") }
        let interface = findInterface(use.path, package: scope.package, file: scope.file)
        for (name, alias) in use.names {
            let local = alias ?? name
            let target = interface.flatMap { type(name, in: $0, of: use) }
            guard claim(local, in: &scope) else { continue }
            guard let target else {
                scope.entries[local.text] = TypeScope.Entry(id: nil, closedBy: nil)
                continue
            }
            let id = addType(
                TypeDefinition(
                    name: local.text,
                    owner: scope.owner,
                    kind: .alias(.named(target)),
                    isUse: true,
                    documentation: Documentation(comments: []),
                    externalID: use.preamble.gate.externalID,
                    stability: Stability(use.preamble.gate),
                    span: local.span
                )
            )
            note(id)
            scope.entries[local.text] = TypeScope.Entry(id: id, closedBy: closedBy)
            if closedBy == nil { scope.order.append(id) }
        }
    }

    /// The type of an interface that a `use` names.
    private mutating func type(_ name: Identifier, in interface: InterfaceID, of use: UseSyntax) -> TypeID? {
        // An interface that is not resolved yet lies on a circle, which has been reported.
        guard let types = interfaceTypes[interface] else { return nil }
        guard let entry = types[name.text] else {
            if isChecked(use.path) {
                report(
                    "interface `\(use.path.name.text)` has no type `\(name.text)`",
                    at: name.span,
                    hint: nearest(to: name.text, of: types.keys)
                )
            }
            return nil
        }
        if isIncluded, let feature = entry.closedBy {
            reportClosed("type `\(name.text)`", by: feature, at: name.span)
            return nil
        }
        return entry.id
    }

    /// Announces named types, so that they may name each other in any order, and resolves them.
    mutating func define(_ types: [TypeDefinitionSyntax], in scope: inout TypeScope) {
        var announced: [(syntax: TypeDefinitionSyntax, id: TypeID)] = []
        for type in types {
            let closedBy = closing(type.preamble.gate, scope.package)
            if closedBy == nil { requireOpen(scope, type.name.span, "type `\(type.name.text)` is") }
            guard claim(type.name, in: &scope) else { continue }
            let id = addType(definition(type, .record([]), scope))
            scope.entries[type.name.text] = TypeScope.Entry(id: id, closedBy: closedBy, isReady: false)
            if closedBy == nil { scope.order.append(id) }
            announced.append((type, id))
        }
        let positions = Dictionary(uniqueKeysWithValues: announced.enumerated().map { ($1.syntax.name.text, $0) })
        let order = DependencyOrder<Identifier>(
            announced.map { type in
                type.syntax.kind.names.compactMap { name in
                    positions[name.text].map { DependencyOrder<Identifier>.Edge(target: $0, label: name) }
                }
            }
        )
        for edge in order.closing {
            report(
                "type `\(edge.label.text)` contains itself",
                at: edge.label.span,
                hint: "WIT has no recursive types; refer to the inner value by a number or an id"
            )
        }
        for position in order.order {
            let (syntax, id) = announced[position]
            isIncluded = scope.entries[syntax.name.text]?.closedBy == nil
            result.types[id.index] = definition(syntax, kind(of: syntax, in: &scope), scope)
            note(id)
            scope.entries[syntax.name.text]?.isReady = true
        }
    }

    /// Reports something without a gate inside of an interface or world that a gate keeps out.
    private mutating func requireOpen(_ scope: TypeScope, _ span: Span, _ what: String) {
        guard !scope.isIncluded else { return }
        report(
            "\(what) not gated, and the \(scope.owner.word) around it is",
            at: span,
            hint: "repeat the gate of the \(scope.owner.word) here"
        )
    }

    private mutating func addType(_ type: TypeDefinition) -> TypeID {
        result.types.append(type)
        return TypeID(index: result.types.count - 1)
    }

    private func definition(
        _ syntax: TypeDefinitionSyntax,
        _ kind: TypeDefinition.Kind,
        _ scope: TypeScope
    ) -> TypeDefinition {
        TypeDefinition(
            name: syntax.name.text,
            owner: scope.owner,
            kind: kind,
            isUse: false,
            documentation: syntax.preamble.docs,
            externalID: syntax.preamble.gate.externalID,
            stability: Stability(syntax.preamble.gate),
            span: syntax.name.span
        )
    }

    /// The type of this name; nil where it stands for nothing.
    mutating func lookUp(_ name: Identifier, in scope: TypeScope) -> TypeID? {
        guard let entry = scope.entries[name.text] else {
            if scope.names[name.text.lowercased()]?.text == name.text {
                report("`\(name.text)` is a function, not a type", at: name.span)
            } else {
                report(
                    "there is no type `\(name.text)`",
                    at: name.span,
                    hint: Self.renamed[name.text] ?? nearest(to: name.text, of: scope.entries.keys)
                        ?? "define it here, or bring it in with `use`"
                )
            }
            return nil
        }
        if isIncluded, let feature = entry.closedBy {
            reportClosed("type `\(name.text)`", by: feature, at: name.span)
            return nil
        }
        // A type that is not ready yet lies on a circle, which has been reported.
        return entry.isReady ? entry.id : nil
    }

    /// What became of types of earlier days.
    private static let renamed = ["float32": "it is `f32` now", "float64": "it is `f64` now"]
}

extension TypeDefinition.Owner {
    /// What the owner is, for a sentence.
    fileprivate var word: String {
        switch self {
        case .interface: "interface"
        case .world: "world"
        }
    }
}
