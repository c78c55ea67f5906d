extension Parser {
    /// Reads a world behind its keyword.
    mutating func world(_ preamble: Preamble) throws(Abandoned) -> WorldSyntax {
        let name = try identifier("the name of the world")
        var world = WorldSyntax(preamble: preamble, name: name)
        try block("world `\(name.text)`") { (parser) throws(Abandoned) in
            let preamble = try parser.preamble()
            if parser.isAt(word: "import") || parser.isAt(word: "export") {
                world.items.append(try parser.worldItem(preamble))
            } else if parser.isAt(word: "use") {
                world.uses.append(try parser.use(preamble))
            } else if parser.isAt(word: "include") {
                world.includes.append(try parser.include(preamble))
            } else if let type = try parser.typeDefinition(preamble) {
                world.types.append(type)
            } else {
                throw parser.fail("expected `import`, `export`, `include`, `use` or a type, found \(parser.found)")
            }
        }
        return world
    }

    private mutating func worldItem(_ preamble: Preamble) throws(Abandoned) -> WorldItemSyntax {
        let word = advance()
        let isExport = word.text == "export"
        let kind = try worldItemKind(preamble)
        return WorldItemSyntax(
            preamble: preamble,
            isExport: isExport,
            kind: kind,
            span: word.span.through(lastSpan)
        )
    }

    private mutating func worldItemKind(_ preamble: Preamble) throws(Abandoned) -> WorldItemSyntax.Kind {
        let name = try identifier("the name of an interface or a function")
        guard skip(":") else {
            try expectSemicolon(after: "`\(name.text)`")
            return .path(.local(name))
        }
        if isAt(word: "func") || isAt(word: "async") {
            let type = try functionType()
            try expectSemicolon(after: "function `\(name.text)`")
            return .function(name, type)
        }
        if isAt(word: "interface") {
            advance()
            return .interface(name, try interfaceBody(preamble, nil, name.span))
        }
        if isFollowed(by: ";") || isFollowed(by: ":") {
            let path = try usePath()
            try expectSemicolon(after: "`\(name.text)`")
            return .named(name, path)
        }
        let path = try foreignPath(name)
        try expectSemicolon(after: "the interface")
        return .path(path)
    }

    private mutating func include(_ preamble: Preamble) throws(Abandoned) -> IncludeSyntax {
        advance()
        let path = try usePath()
        var renames: [(name: Identifier, alias: Identifier)] = []
        if skip(word: "with") {
            try expect("{", "before the names of `with`")
            renames = try list(until: "}", of: "`with`") { (parser) throws(Abandoned) in
                let name = try parser.identifier("a name")
                guard parser.skip(word: "as") else {
                    throw parser.fail("expected `as` after `\(name.text)`, found \(parser.found)")
                }
                return (name: name, alias: try parser.identifier("a name"))
            }
            if isAt(";") {
                report("no `;` follows the names of `with`", at: token.span, hint: "take the `;` out")
                advance()
            }
        } else {
            try expectSemicolon(after: "`include`")
        }
        return IncludeSyntax(preamble: preamble, path: path, renames: renames)
    }
}
