extension Parser {
    /// Reads the braces of an interface and what they hold.
    mutating func interfaceBody(
        _ preamble: Preamble,
        _ name: Identifier?,
        _ span: Span
    ) throws(Abandoned) -> InterfaceSyntax {
        var interface = InterfaceSyntax(preamble: preamble, name: name, span: span)
        let owner = name.map { "interface `\($0.text)`" } ?? "the interface"
        try block(owner) { (parser) throws(Abandoned) in
            let preamble = try parser.preamble()
            if parser.isAt(word: "use") {
                interface.uses.append(try parser.use(preamble))
            } else if let type = try parser.typeDefinition(preamble) {
                interface.types.append(type)
            } else {
                interface.functions.append(try parser.namedFunction(preamble, kind: .plain))
            }
        }
        return interface
    }

    /// Reads `use path.{a, b as c};`
    mutating func use(_ preamble: Preamble) throws(Abandoned) -> UseSyntax {
        advance()
        let path = try usePath()
        try expect(".", "after the interface of `use`")
        try expect("{", "before the names of `use`")
        let names = try list(until: "}", of: "`use`") { (parser) throws(Abandoned) in
            let name = try parser.identifier("the name of a type")
            let alias = parser.skip(word: "as") ? try parser.identifier("a name") : nil
            return (name: name, alias: alias)
        }
        try expectSemicolon(after: "`use`")
        return UseSyntax(preamble: preamble, path: path, names: names)
    }

    /// Reads `name: func(...) -> ...;`
    mutating func namedFunction(_ preamble: Preamble, kind: FunctionSyntax.Kind) throws(Abandoned) -> FunctionSyntax {
        let name = try identifier("a function, a type or `use`")
        try expect(":", "after the name `\(name.text)`")
        var kind = kind
        if kind == .method, skip(word: "static") { kind = .staticMethod }
        let type = try functionType()
        try expectSemicolon(after: "function `\(name.text)`")
        return FunctionSyntax(preamble: preamble, name: name, kind: kind, type: type)
    }

    /// Reads `async func(a: b) -> c`.
    mutating func functionType() throws(Abandoned) -> FunctionTypeSyntax {
        let isAsync = skip(word: "async")
        guard skip(word: "func") else { throw fail("expected `func`, found \(found)") }
        let parameters = try parameters()
        var result: TypeSyntax?
        if token.kind == .arrow {
            advance()
            if isAt("(") {
                throw fail(
                    "named results are no longer part of WIT",
                    hint: "return a record, or a `tuple` for several values"
                )
            }
            result = try type()
        }
        return FunctionTypeSyntax(isAsync: isAsync, parameters: parameters, result: result)
    }

    mutating func parameters() throws(Abandoned) -> [MemberSyntax] {
        try expect("(", "before the parameters")
        return try list(until: ")", of: "the parameters") { (parser) throws(Abandoned) in
            let docs = parser.token.docs
            let name = try parser.identifier("the name of a parameter")
            try parser.expect(":", "after the parameter `\(name.text)`")
            return MemberSyntax(docs: docs, name: name, type: try parser.type())
        }
    }

    /// Reads a named type; nil where none starts here.
    mutating func typeDefinition(_ preamble: Preamble) throws(Abandoned) -> TypeDefinitionSyntax? {
        guard token.kind == .word else { return nil }
        switch token.text {
        case "type":
            advance()
            let name = try identifier("the name of the type")
            guard skip("=") else { throw fail("expected `=` after the name `\(name.text)`, found \(found)") }
            let target = try type()
            try expectSemicolon(after: "type `\(name.text)`")
            return TypeDefinitionSyntax(preamble: preamble, name: name, kind: .alias(target))
        case "record":
            return try members(preamble, "record") {
                .record($0)
            } _: { (parser, name) throws(Abandoned) in
                try parser.expect(":", "after the field `\(name.text)`")
                return try parser.type()
            }
        case "variant":
            return try members(preamble, "variant") {
                .variant($0)
            } _: { (parser, _) throws(Abandoned) in
                guard parser.skip("(") else { return nil }
                let payload = try parser.type()
                try parser.expect(")", "after the type that the case carries")
                return payload
            }
        case "enum":
            return try members(preamble, "enum") {
                .enumeration($0)
            } _: { (_, _) throws(Abandoned) in
                nil
            }
        case "flags":
            return try members(preamble, "flags") {
                .flags($0)
            } _: { (_, _) throws(Abandoned) in
                nil
            }
        case "resource":
            return try resource(preamble)
        case "union":
            throw fail("`union` is no longer part of WIT", hint: "write a `variant` with a named case for each type")
        default:
            return nil
        }
    }

    private mutating func members(
        _ preamble: Preamble,
        _ word: String,
        _ kind: ([MemberSyntax]) -> TypeDefinitionSyntax.Kind,
        _ type: (inout Parser, Identifier) throws(Abandoned) -> TypeSyntax?
    ) throws(Abandoned) -> TypeDefinitionSyntax {
        advance()
        let name = try identifier("the name of the \(word)")
        try expect("{", "to open \(word) `\(name.text)`")
        let members = try list(until: "}", of: "\(word) `\(name.text)`") { (parser) throws(Abandoned) in
            let docs = parser.token.docs
            let member = try parser.identifier("a name")
            return MemberSyntax(docs: docs, name: member, type: try type(&parser, member))
        }
        return TypeDefinitionSyntax(preamble: preamble, name: name, kind: kind(members))
    }

    private mutating func resource(_ preamble: Preamble) throws(Abandoned) -> TypeDefinitionSyntax {
        advance()
        let name = try identifier("the name of the resource")
        var functions: [FunctionSyntax] = []
        if isAt("{") {
            try block("resource `\(name.text)`") { (parser) throws(Abandoned) in
                let preamble = try parser.preamble()
                guard parser.isAt(word: "constructor") else {
                    functions.append(try parser.namedFunction(preamble, kind: .method))
                    return
                }
                let word = parser.advance()
                let parameters = try parser.parameters()
                var result: TypeSyntax?
                if parser.token.kind == .arrow {
                    parser.advance()
                    result = try parser.type()
                }
                try parser.expectSemicolon(after: "the constructor")
                functions.append(
                    FunctionSyntax(
                        preamble: preamble,
                        name: Identifier(text: "constructor", span: word.span),
                        kind: .constructor,
                        type: FunctionTypeSyntax(isAsync: false, parameters: parameters, result: result)
                    )
                )
            }
        } else {
            try expectSemicolon(after: "resource `\(name.text)`")
        }
        return TypeDefinitionSyntax(preamble: preamble, name: name, kind: .resource(functions))
    }
}
