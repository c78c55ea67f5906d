extension Resolver {
    /// What a type definition stands for.
    mutating func kind(of syntax: TypeDefinitionSyntax, in scope: inout TypeScope) -> TypeDefinition.Kind {
        switch syntax.kind {
        case .alias(let target):
            if case .named(let name) = target.kind {
                return .alias(lookUp(name, in: scope).map(WITType.named) ?? .bool)
            }
            return .alias(type(target, in: scope))
        case .record(let members): return .record(fields(members, of: syntax.name, "field", in: scope))
        case .variant(let members): return .variant(cases(members, of: syntax.name, "case", in: scope))
        case .enumeration(let members): return .enumeration(cases(members, of: syntax.name, "case", in: scope))
        case .flags(let members): return .flags(cases(members, of: syntax.name, "flag", in: scope))
        case .resource: return .resource
        }
    }

    /// Notes whether a type is a resource or has a borrowed handle in it, once what it is made of is known.
    mutating func note(_ id: TypeID) {
        switch result[id].kind {
        case .resource: resources.insert(id)
        case .alias(.named(let target)):
            if resources.contains(target) { resources.insert(id) }
            if borrowing.contains(target) { borrowing.insert(id) }
        case .alias(let target):
            if containsBorrow(target) { borrowing.insert(id) }
        case .record(let fields):
            if fields.contains(where: { containsBorrow($0.type) }) { borrowing.insert(id) }
        case .variant(let cases):
            if cases.contains(where: { $0.payload.map(containsBorrow) ?? false }) { borrowing.insert(id) }
        case .enumeration, .flags: break
        }
    }

    /// The fields of a record or the parameters of a function.
    mutating func fields(
        _ members: [MemberSyntax],
        of owner: Identifier,
        _ word: String,
        in scope: TypeScope
    ) -> [Field] {
        if members.isEmpty, word == "field" {
            report("record `\(owner.text)` has no field", at: owner.span, hint: "give it one, or leave it out")
        }
        requireDistinct(members, word)
        return members.compactMap { member in
            guard let syntax = member.type else { return nil }
            return Field(
                name: member.name.text,
                type: type(syntax, in: scope),
                documentation: member.docs,
                span: member.name.span,
                typeSpan: syntax.span
            )
        }
    }

    private mutating func cases(
        _ members: [MemberSyntax],
        of owner: Identifier,
        _ word: String,
        in scope: TypeScope
    ) -> [Case] {
        if members.isEmpty {
            report("`\(owner.text)` has no \(word)", at: owner.span, hint: "give it one, or leave it out")
        }
        if word == "flag", members.count > 32 {
            report(
                "flags `\(owner.text)` has \(members.count) flags, and 32 are the most",
                at: members[32].name.span,
                hint: "make two types of them"
            )
        }
        requireDistinct(members, word)
        return members.map { member in
            Case(
                name: member.name.text,
                payload: member.type.map { type($0, in: scope) },
                documentation: member.docs,
                span: member.name.span,
                typeSpan: member.type?.span ?? member.name.span
            )
        }
    }

    private mutating func requireDistinct(_ members: [MemberSyntax], _ word: String) {
        var seen: [String: String] = [:]
        for member in members {
            guard let other = seen.updateValue(member.name.text, forKey: member.name.text.lowercased()) else {
                continue
            }
            let detail = other == member.name.text ? "" : ": it differs from `\(other)` in case only"
            report(
                "\(word) `\(member.name.text)` is defined twice\(detail)",
                at: member.name.span,
                hint: "rename one of the two"
            )
        }
    }

    /// A type where it is used.
    mutating func type(_ syntax: TypeSyntax, in scope: TypeScope) -> WITType {
        switch syntax.kind {
        case .primitive(let type): return type
        case .named(let name):
            guard let id = lookUp(name, in: scope) else { return .bool }
            return resources.contains(id) ? .own(id) : .named(id)
        case .list(let element, nil): return .list(type(element, in: scope))
        case .list(let element, let count?): return .fixedLengthList(type(element, in: scope), count: count)
        case .map(let key, let value):
            let map = WITType.map(key: type(key, in: scope), value: type(value, in: scope))
            requireKey(key, map)
            return map
        case .tuple(let elements):
            if elements.isEmpty {
                report("a tuple has at least one element", at: syntax.span, hint: "give it one, or leave it out")
            }
            return .tuple(elements.map { type($0, in: scope) })
        case .option(let some): return .option(type(some, in: scope))
        case .result(let ok, let error):
            return .result(ok: ok.map { type($0, in: scope) }, error: error.map { type($0, in: scope) })
        case .future(let payload): return .future(payload.map { type($0, in: scope) })
        case .stream(let payload): return .stream(payload.map { type($0, in: scope) })
        case .own(let name): return handle(name, in: scope).map(WITType.own) ?? .bool
        case .borrow(let name): return handle(name, in: scope).map(WITType.borrow) ?? .bool
        }
    }

    private mutating func requireKey(_ syntax: TypeSyntax, _ map: WITType) {
        guard case .map(let key, _) = map else { return }
        switch key {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .char, .string: break
        default:
            report(
                "a key of a map is a bool, an integer, a char or a string",
                at: syntax.span,
                hint: "name the type itself, no other name of it; use `list<tuple<K, V>>` for other keys"
            )
        }
    }

    private mutating func handle(_ name: Identifier, in scope: TypeScope) -> TypeID? {
        guard let id = lookUp(name, in: scope) else { return nil }
        guard resources.contains(id) else {
            report("`\(name.text)` is not a resource", at: name.span, hint: "only resources have handles")
            return nil
        }
        return id
    }

    /// Whether a borrowed handle occurs in a type.
    func containsBorrow(_ type: WITType) -> Bool {
        switch type {
        case .borrow: true
        case .named(let id): borrowing.contains(id)
        default: type.parts.contains(where: containsBorrow)
        }
    }
}
