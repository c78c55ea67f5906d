extension Resolver {
    /// Takes a name of the interface or world; names that differ in case only are one name.
    mutating func claim(_ name: Identifier, in scope: inout TypeScope) -> Bool {
        guard scope.names.insert(name.text.lowercased()).inserted else {
            report("`\(name.text)` is defined twice", at: name.span, hint: "rename one of the two")
            return false
        }
        return true
    }

    /// Brings the names of a `use` in.
    mutating func bringIn(_ use: UseSyntax, into scope: inout TypeScope) {
        guard isIncluded(use.preamble.gate, scope.package),
            let interface = findInterface(use.path, package: scope.package, file: scope.file)
        else { return }
        resolve(interface, at: use.path.span)
        for (name, alias) in use.names {
            guard let target = interfaceTypes[interface.index][name.text] else {
                report(
                    "interface `\(use.path.name.text)` has no type `\(name.text)`",
                    at: name.span,
                    hint: Self.nearest(to: name.text, of: interfaceTypes[interface.index].keys)
                )
                continue
            }
            let local = alias ?? name
            guard claim(local, in: &scope) else { continue }
            let id = addType(
                TypeDefinition(
                    name: local.text,
                    owner: scope.owner,
                    kind: .alias(.named(target)),
                    isUse: true,
                    docs: [],
                    stability: Stability(use.preamble.gate),
                    span: local.span
                )
            )
            scope.entries[local.text] = TypeScope.Entry(syntax: nil, id: id, state: .done)
            scope.order.append(id)
        }
    }

    /// Announces named types, so that they may name each other in any order.
    mutating func announce(_ types: [TypeDefinitionSyntax], in scope: inout TypeScope) {
        for type in types where isIncluded(type.preamble.gate, scope.package) {
            guard claim(type.name, in: &scope) else { continue }
            let id = addType(definition(type, .record([]), scope))
            scope.entries[type.name.text] = TypeScope.Entry(syntax: type, id: id, state: .pending)
            scope.order.append(id)
        }
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
            docs: syntax.preamble.docs,
            stability: Stability(syntax.preamble.gate),
            span: syntax.name.span
        )
    }

    /// Resolves every type that was announced.
    mutating func resolveTypes(_ types: [TypeDefinitionSyntax], in scope: inout TypeScope) {
        for type in types { _ = lookUp(type.name, in: &scope) }
    }

    /// The type of this name, resolved.
    mutating func lookUp(_ name: Identifier, in scope: inout TypeScope) -> TypeID? {
        guard let entry = scope.entries[name.text] else {
            report(
                "there is no type `\(name.text)`",
                at: name.span,
                hint: Self.nearest(to: name.text, of: scope.entries.keys)
                    ?? "define it here, or bring it in with `use`"
            )
            return nil
        }
        switch entry.state {
        case .done: break
        case .running:
            report(
                "type `\(name.text)` contains itself",
                at: name.span,
                hint: "WIT has no recursive types; refer to the inner value by a number or an id"
            )
            return nil
        case .pending:
            guard let syntax = entry.syntax else { break }
            scope.entries[name.text]?.state = .running
            let kind = kind(of: syntax, in: &scope)
            result.types[entry.id.index] = definition(syntax, kind, scope)
            scope.entries[name.text]?.state = .done
        }
        return entry.id
    }

    private mutating func kind(of syntax: TypeDefinitionSyntax, in scope: inout TypeScope) -> TypeDefinition.Kind {
        switch syntax.kind {
        case .alias(let target):
            if case .named(let name) = target.kind {
                return .alias(lookUp(name, in: &scope).map(WITType.named) ?? .bool)
            }
            return .alias(type(target, in: &scope))
        case .record(let members): return .record(fields(members, of: syntax.name, "field", in: &scope))
        case .variant(let members): return .variant(cases(members, of: syntax.name, in: &scope))
        case .enumeration(let members): return .enumeration(cases(members, of: syntax.name, in: &scope))
        case .flags(let members): return .flags(cases(members, of: syntax.name, in: &scope))
        case .resource: return .resource
        }
    }

    /// The fields of a record or the parameters of a function.
    mutating func fields(
        _ members: [MemberSyntax],
        of owner: Identifier,
        _ word: String,
        in scope: inout TypeScope
    ) -> [Field] {
        if members.isEmpty, word == "field" {
            report("record `\(owner.text)` has no field", at: owner.span, hint: "give it one, or leave it out")
        }
        requireDistinct(members, word)
        return members.compactMap { member in
            guard let syntax = member.type else { return nil }
            return Field(
                name: member.name.text,
                type: type(syntax, in: &scope),
                docs: member.docs,
                span: member.name.span,
                typeSpan: syntax.span
            )
        }
    }

    private mutating func cases(_ members: [MemberSyntax], of owner: Identifier, in scope: inout TypeScope) -> [Case] {
        if members.isEmpty {
            report("`\(owner.text)` has no case", at: owner.span, hint: "give it one, or leave it out")
        }
        requireDistinct(members, "case")
        return members.map { member in
            Case(
                name: member.name.text,
                payload: member.type.map { type($0, in: &scope) },
                docs: member.docs,
                span: member.name.span,
                typeSpan: member.type?.span ?? member.name.span
            )
        }
    }

    private mutating func requireDistinct(_ members: [MemberSyntax], _ word: String) {
        var seen: Set<String> = []
        for member in members where !seen.insert(member.name.text.lowercased()).inserted {
            report("\(word) `\(member.name.text)` is defined twice", at: member.name.span)
        }
    }

    /// A type where it is used.
    mutating func type(_ syntax: TypeSyntax, in scope: inout TypeScope) -> WITType {
        switch syntax.kind {
        case .primitive(let type): return type
        case .named(let name):
            guard let id = lookUp(name, in: &scope) else { return .bool }
            return isResource(id) ? .own(id) : .named(id)
        case .list(let element, nil): return .list(type(element, in: &scope))
        case .list(let element, let count?): return .fixedLengthList(type(element, in: &scope), count: count)
        case .map(let key, let value):
            let map = WITType.map(key: type(key, in: &scope), value: type(value, in: &scope))
            requireKey(key, map)
            return map
        case .tuple(let elements):
            if elements.isEmpty { report("a tuple has at least one element", at: syntax.span) }
            return .tuple(elements.map { type($0, in: &scope) })
        case .option(let some): return .option(type(some, in: &scope))
        case .result(let ok, let error):
            return .result(ok: ok.map { type($0, in: &scope) }, error: error.map { type($0, in: &scope) })
        case .future(let payload): return .future(payload.map { type($0, in: &scope) })
        case .stream(let payload): return .stream(payload.map { type($0, in: &scope) })
        case .own(let name): return handle(name, in: &scope).map(WITType.own) ?? .bool
        case .borrow(let name): return handle(name, in: &scope).map(WITType.borrow) ?? .bool
        }
    }

    private mutating func requireKey(_ syntax: TypeSyntax, _ map: WITType) {
        guard case .map(let key, _) = map else { return }
        switch result.underlying(key) {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .char, .string: break
        default: report("a key of a map is a bool, an integer, a char or a string", at: syntax.span)
        }
    }

    private func isResource(_ id: TypeID) -> Bool {
        guard case .named(let id) = result.underlying(.named(id)), case .resource = result[id].kind else {
            return false
        }
        return true
    }

    private mutating func handle(_ name: Identifier, in scope: inout TypeScope) -> TypeID? {
        guard let id = lookUp(name, in: &scope) else { return nil }
        if !isResource(id) {
            report("`\(name.text)` is not a resource", at: name.span, hint: "only resources have handles")
        }
        return id
    }

    /// Whether a borrowed handle occurs in a type.
    func containsBorrow(_ type: WITType) -> Bool {
        switch type {
        case .borrow: return true
        case .list(let inner), .fixedLengthList(let inner, _), .option(let inner): return containsBorrow(inner)
        case .map(let key, let value): return containsBorrow(key) || containsBorrow(value)
        case .tuple(let elements): return elements.contains(where: containsBorrow)
        case .result(let ok, let error): return [ok, error].contains { $0.map(containsBorrow) ?? false }
        case .future(let payload), .stream(let payload): return payload.map(containsBorrow) ?? false
        case .named(let id):
            switch result[id].kind {
            case .record(let fields): return fields.contains { containsBorrow($0.type) }
            case .variant(let cases): return cases.contains { $0.payload.map(containsBorrow) ?? false }
            case .alias(let target): return containsBorrow(target)
            case .enumeration, .flags, .resource: return false
            }
        default: return false
        }
    }
}
