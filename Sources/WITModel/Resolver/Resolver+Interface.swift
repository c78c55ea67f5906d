extension Resolver {
    /// Resolves an interface, once; `span` is the `use` that asked.
    mutating func resolve(_ id: InterfaceID, at span: Span?) {
        guard let origin = interfaceOrigins[id.index] else { return }
        switch origin.state {
        case .done: return
        case .running:
            report(
                "interface `\(origin.syntax.name?.text ?? "")` uses types that depend on itself",
                at: span ?? origin.syntax.span,
                hint: "move the types that both need into a third interface"
            )
            return
        case .pending: interfaceOrigins[id.index]?.state = .running
        }
        let syntax = origin.syntax
        var scope = TypeScope(owner: .interface(id), package: origin.package, file: origin.file)
        for use in syntax.uses { bringIn(use, into: &scope) }
        announce(syntax.types, in: &scope)
        for function in syntax.functions where isIncluded(function.preamble.gate, origin.package) {
            _ = claim(function.name, in: &scope)
        }
        interfaceTypes[id.index] = scope.entries.mapValues(\.id)
        resolveTypes(syntax.types.filter { scope.entries[$0.name.text] != nil }, in: &scope)
        result.interfaces[id.index].types = scope.order
        result.interfaces[id.index].functions = functions(of: syntax.functions, types: syntax.types, in: &scope)
        interfaceOrigins[id.index]?.state = .done
    }

    /// The plain functions and those of the resources.
    mutating func functions(
        of plain: [FunctionSyntax],
        types: [TypeDefinitionSyntax],
        in scope: inout TypeScope
    ) -> [Function] {
        var functions: [Function] = []
        for type in types {
            guard case .resource(let members) = type.kind, let resource = scope.entries[type.name.text]?.id else {
                continue
            }
            var names: Set<String> = []
            for member in members where isIncluded(member.preamble.gate, scope.package) {
                if !names.insert(member.name.text.lowercased()).inserted {
                    report(
                        "`\(member.name.text)` is defined twice in resource `\(type.name.text)`",
                        at: member.name.span
                    )
                }
                functions.append(function(member, of: resource, named: type.name.text, in: &scope))
            }
        }
        for syntax in plain where isIncluded(syntax.preamble.gate, scope.package) {
            functions.append(function(syntax, of: nil, named: "", in: &scope))
        }
        return functions
    }

    /// A function with its types looked up.
    mutating func function(
        _ syntax: FunctionSyntax,
        of resource: TypeID?,
        named resourceName: String,
        in scope: inout TypeScope
    ) -> Function {
        let name = syntax.name.text
        var parameters = fields(syntax.type.parameters, of: syntax.name, "parameter", in: &scope)
        var output = syntax.type.result.map { type($0, in: &scope) }
        var kind = Function.Kind.freestanding
        var externName = name
        if let resource {
            switch syntax.kind {
            case .plain, .method:
                kind = .method(resource)
                externName = "[method]\(resourceName).\(name)"
                let this = Field(
                    name: "self",
                    type: .borrow(resource),
                    docs: [],
                    span: syntax.name.span,
                    typeSpan: syntax.name.span
                )
                parameters.insert(this, at: 0)
            case .staticMethod:
                kind = .staticMethod(resource)
                externName = "[static]\(resourceName).\(name)"
            case .constructor:
                kind = .constructor(resource)
                externName = "[constructor]\(resourceName)"
                requireOwn(output, of: resource, syntax)
                output = output ?? .own(resource)
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
            docs: syntax.preamble.docs,
            stability: Stability(syntax.preamble.gate),
            span: syntax.name.span
        )
    }

    private mutating func requireOwn(_ output: WITType?, of resource: TypeID, _ syntax: FunctionSyntax) {
        switch output {
        case nil, .own(resource)?, .result(ok: .own(resource)?, error: _)?: break
        default:
            report(
                "a constructor returns its resource, or a `result` with it",
                at: syntax.type.result?.span ?? syntax.name.span
            )
        }
    }
}
