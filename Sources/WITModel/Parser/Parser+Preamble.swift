extension Parser {
    /// Reads what stands in front of an item: its comments and its attributes.
    mutating func preamble() throws(Abandoned) -> Preamble {
        var preamble = Preamble(docs: token.docs)
        while skip("@") {
            let name = token
            guard name.kind == .word || name.kind == .escapedWord, Self.attributes.contains(name.text) else {
                throw fail(
                    "expected `since`, `unstable`, `deprecated` or `external-id` after `@`, found \(found)",
                    hint: "the attributes are `@since(version = 1.0.0)`, `@deprecated(version = 1.0.0)`, "
                        + "`@unstable(feature = name)` and `@external-id(\"name\")`"
                )
            }
            advance()
            try expect("(", "after `@\(name.text)`")
            try attributeValue(name, &preamble.gate)
            try expect(")", "after `@\(name.text)`")
        }
        complete(preamble.gate)
        return preamble
    }

    private static let attributes: Set<String> = ["since", "unstable", "deprecated", "external-id"]

    private mutating func attributeValue(_ name: Token, _ gate: inout GateSyntax) throws(Abandoned) {
        switch name.text {
        case "external-id":
            requireFirst(gate.externalID == nil, name)
            gate.externalID = try string()
        case "unstable":
            requireFirst(gate.unstable == nil, name)
            try attributeField("feature", name)
            gate.unstable = try identifier("the name of a feature")
            gate.span = name.span
        case "since":
            requireFirst(gate.since == nil, name)
            try attributeField("version", name)
            gate.since = try version(at: token.span.start)
            gate.span = name.span
        default:
            requireFirst(gate.deprecated == nil, name)
            try attributeField("version", name)
            gate.deprecated = try version(at: token.span.start)
            gate.span = gate.span ?? name.span
        }
    }

    private mutating func attributeField(_ field: String, _ name: Token) throws(Abandoned) {
        let isThere = token.kind == .escapedWord && token.text == field
        if isThere { advance() }
        guard isThere || skip(word: field) else {
            throw fail("expected `\(field)` in `@\(name.text)`, found \(found)")
        }
        guard skip("=") else { throw fail("expected `=` after `\(field)`, found \(found)") }
    }

    private mutating func requireFirst(_ isFirst: Bool, _ name: Token) {
        if !isFirst { report("`@\(name.text)` stands here twice", at: name.span, hint: "keep one of the two") }
    }

    /// Reports attributes that do not go together.
    private mutating func complete(_ gate: GateSyntax) {
        guard let span = gate.span else { return }
        if gate.since != nil, gate.unstable != nil {
            report(
                "an item is `@since` a version or `@unstable`, and not both",
                at: span,
                hint: "drop `@unstable` once the item is released"
            )
        }
        if gate.deprecated != nil, gate.since == nil, gate.unstable == nil {
            report(
                "`@deprecated` stands beside `@since` or `@unstable`, and there is neither",
                at: span,
                hint: "say since when the item has been there: `@since(version = ...)`"
            )
        }
    }

    private mutating func string() throws(Abandoned) -> String {
        guard token.kind == .string else {
            throw fail("expected a string, found \(found)", hint: "put the text between quotes")
        }
        let read = token
        do {
            let value = try StringLiteral.value(of: bytes[read.span.start..<read.span.end])
            advance()
            return value
        } catch {
            let place = read.span.start + error.offset
            throw fail(error.message, at: Span(file: read.span.file, start: place, end: place + 1))
        }
    }
}
