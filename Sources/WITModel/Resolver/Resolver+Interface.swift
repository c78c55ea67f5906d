extension Resolver {
    /// Resolves an interface. Those that it takes types from have been resolved before.
    mutating func resolve(_ id: InterfaceID) {
        guard let origin = interfaceOrigins[id] else { return }
        let syntax = origin.syntax
        var scope = TypeScope(
            owner: .interface(id),
            package: origin.package,
            file: origin.file,
            isIncluded: origin.closedBy == nil
        )
        for use in syntax.uses { bringIn(use, into: &scope) }
        define(syntax.types, in: &scope)
        for function in syntax.functions { _ = claim(function.name, in: &scope) }
        interfaceTypes[id] = scope.entries
        result.interfaces[id.index].types = scope.order
        result.interfaces[id.index].functions = functions(of: syntax.functions, types: syntax.types, in: scope)
    }

    /// The functions that are let in, those of the resources among them, in the order of the text.
    mutating func functions(
        of plain: [FunctionSyntax],
        types: [TypeDefinitionSyntax],
        in scope: TypeScope
    ) -> [Function] {
        var functions: [Function] = []
        for syntax in plain {
            isIncluded = closing(syntax.preamble.gate, scope.package) == nil && scope.isIncluded
            let function = function(syntax, of: nil, in: scope)
            if isIncluded { functions.append(function) }
        }
        for type in types {
            guard case .resource(let members) = type.kind else { continue }
            requireDistinct(members, of: type.name)
            for member in members {
                isIncluded = closing(member.preamble.gate, scope.package) == nil && scope.isIncluded
                guard let resource = lookUp(type.name, at: member.name, in: scope) else { continue }
                let function = function(member, of: (resource, type.name.text), in: scope)
                if isIncluded { functions.append(function) }
            }
        }
        return functions.sorted { $0.span.start < $1.span.start }
    }

    private mutating func requireDistinct(_ members: [FunctionSyntax], of resource: Identifier) {
        var seen: Set<String> = []
        for member in members {
            let key = member.kind == .constructor ? "" : member.name.text.lowercased()
            if seen.insert(key).inserted { continue }
            report(
                "`\(member.name.text)` is defined twice in resource `\(resource.text)`",
                at: member.name.span,
                hint: "rename one of the two"
            )
        }
    }

    /// The resource that a member belongs to; a member that is let in needs a resource that is.
    private mutating func lookUp(_ resource: Identifier, at member: Identifier, in scope: TypeScope) -> TypeID? {
        if isIncluded, let feature = scope.entries[resource.text]?.closedBy {
            reportClosed("resource `\(resource.text)`", by: feature, at: member.span)
            return nil
        }
        return scope.entries[resource.text]?.id
    }

    /// A function with its types looked up.
    mutating func function(
        _ syntax: FunctionSyntax,
        of resource: (id: TypeID, name: String)?,
        in scope: TypeScope
    ) -> Function {
        let name = syntax.name.text
        var parameters = fields(syntax.type.parameters, of: syntax.name, "parameter", in: scope)
        var output = syntax.type.result.map { type($0, in: scope) }
        var kind = Function.Kind.freestanding
        var externName = name
        if let resource {
            switch syntax.kind {
            case .plain, .method:
                kind = .method(resource.id)
                externName = "[method]\(resource.name).\(name)"
                parameters.insert(this(of: resource.id, syntax), at: 0)
            case .staticMethod:
                kind = .staticMethod(resource.id)
                externName = "[static]\(resource.name).\(name)"
            case .constructor:
                kind = .constructor(resource.id)
                externName = "[constructor]\(resource.name)"
                requireOwn(output, of: resource.id, syntax)
                output = output ?? .own(resource.id)
            }
        }
        if let result = syntax.type.result, let output, containsBorrow(output) {
            report(
                "function `\(name)` returns a borrowed handle",
                at: result.span,
                hint: "return an owned handle; a borrow ends with the call"
            )
        }
        return Function(
            name: name,
            externName: externName,
            kind: kind,
            isAsync: syntax.type.isAsync,
            parameters: parameters,
            result: output,
            resultSpan: syntax.type.result?.span ?? syntax.name.span,
            documentation: syntax.preamble.docs,
            externalID: syntax.preamble.gate.externalID,
            stability: Stability(syntax.preamble.gate),
            span: syntax.name.span
        )
    }

    /// The first parameter of a method.
    private mutating func this(of resource: TypeID, _ syntax: FunctionSyntax) -> Field {
        if let named = syntax.type.parameters.first(where: { $0.name.text == "self" }) {
            report(
                "parameter `self` of a method is there without being written",
                at: named.name.span,
                hint: "leave it out, or give it another name"
            )
        }
        return Field(
            name: "self",
            type: .borrow(resource),
            documentation: Documentation(comments: []),
            span: syntax.name.span,
            typeSpan: syntax.name.span
        )
    }

    private mutating func requireOwn(_ output: WITType?, of resource: TypeID, _ syntax: FunctionSyntax) {
        switch output {
        case nil, .result(ok: .own(resource)?, error: _)?: break
        default:
            report(
                "a constructor returns its resource without saying so, or a `result` with it",
                at: syntax.type.result?.span ?? syntax.name.span,
                hint: "leave the result out, write a `result`, or make the function `static`"
            )
        }
    }
}
