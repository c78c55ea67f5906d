extension Parser {
    /// Reads the whole file.
    mutating func file() -> PackageSyntax {
        var package = PackageSyntax()
        if isAt(word: "package") {
            do {
                let docs = token.docs
                let name = try packageDeclaration()
                if isAt("{") {
                    package.nested.append(try nestedPackage(name, docs))
                } else {
                    try expectSemicolon(after: "the package declaration")
                    package.name = name
                    package.docs = docs
                }
            } catch {
                recover(to: 0)
            }
        }
        while token.kind != .end, !hasEnough {
            do {
                try topLevelItem(&package, nesting: true)
            } catch {
                let stuck = token.span
                recover(to: 0)
                if token.span == stuck, token.kind != .end { advance() }
            }
        }
        return package
    }

    private mutating func packageDeclaration() throws(Abandoned) -> PackageNameSyntax {
        let start = token.span
        advance()
        let namespace = try identifier("the namespace of the package").text
        try expect(":", "after the namespace of the package")
        let name = try identifier("the name of the package").text
        let version = isAt("@") ? try version(at: token.span.end) : nil
        return PackageNameSyntax(
            name: PackageName(namespace: namespace, name: name, version: version),
            span: start.through(lastSpan)
        )
    }

    private mutating func nestedPackage(
        _ name: PackageNameSyntax,
        _ docs: Documentation
    ) throws(Abandoned) -> PackageSyntax {
        var nested = PackageSyntax(name: name, docs: docs)
        try block("package `\(name.name)`") { (parser) throws(Abandoned) in
            try parser.topLevelItem(&nested, nesting: false)
        }
        return nested
    }

    private mutating func topLevelItem(_ package: inout PackageSyntax, nesting: Bool) throws(Abandoned) {
        if isAt(word: "package") {
            let docs = token.docs
            let start = token.span
            let name = try packageDeclaration()
            guard isAt("{") else {
                throw fail(
                    "a package declaration stands at the start of a file",
                    at: start,
                    hint: "move it to the first line, or open a nested package with `{`"
                )
            }
            guard nesting else { throw fail("a nested package cannot contain another", at: start) }
            package.nested.append(try nestedPackage(name, docs))
            return
        }
        let preamble = try preamble()
        if isAt(word: "use") {
            let word = advance()
            if preamble.gate.span != nil || preamble.gate.externalID != nil {
                report(
                    "a `use` outside of interfaces and worlds has no attributes",
                    at: word.span,
                    hint: "take them out"
                )
            }
            let path = try usePath()
            let alias = skip(word: "as") ? try identifier("a name") : nil
            try expectSemicolon(after: "`use`")
            package.uses.append(TopLevelUse(path: path, alias: alias))
        } else if isAt(word: "interface") {
            advance()
            let name = try identifier("the name of the interface")
            package.interfaces.append(try interfaceBody(preamble, name, name.span))
        } else if isAt(word: "world") {
            advance()
            package.worlds.append(try world(preamble))
        } else {
            throw fail("expected `interface`, `world`, `use` or `package`, found \(found)")
        }
    }

    /// Reads `name`, or `namespace:package/name@version`.
    mutating func usePath() throws(Abandoned) -> UsePath {
        let first = try identifier("the name of an interface")
        return skip(":") ? try foreignPath(first) : .local(first)
    }

    /// Reads the rest of `namespace:package/name@version` behind its first colon.
    mutating func foreignPath(_ first: Identifier) throws(Abandoned) -> UsePath {
        let name = try identifier("the name of a package").text
        try expect("/", "between the package and the name of the interface")
        let item = try identifier("the name of an interface")
        let version = isAt("@") ? try version(at: token.span.end) : nil
        let package = PackageName(namespace: first.text, name: name, version: version)
        return .foreign(PackageNameSyntax(name: package, span: first.span), item)
    }
}
