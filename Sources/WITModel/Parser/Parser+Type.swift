extension Parser {
    /// Reads a type.
    mutating func type() throws(Abandoned) -> TypeSyntax {
        let start = token.span
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw fail("types are nested more than \(Self.depthLimit) deep", hint: "give the inner type a name")
        }
        let kind = try typeKind()
        return TypeSyntax(kind: kind, span: start.through(lastSpan))
    }

    private mutating func typeKind() throws(Abandoned) -> TypeSyntax.Kind {
        guard token.kind == .word, Keywords.all.contains(token.text) else {
            return .named(try identifier("a type"))
        }
        if let primitive = Self.primitives[token.text] {
            advance()
            return .primitive(primitive)
        }
        let word = token
        switch word.text {
        case "list":
            advance()
            try expect("<", "after `list`")
            let element = try type()
            var count: UInt32?
            if skip(",") { count = try length() }
            try expect(">", "after the element of `list`")
            return .list(element, count: count)
        case "map":
            advance()
            try expect("<", "after `map`")
            let key = try type()
            try expect(",", "between key and value of `map`")
            let value = try type()
            try expect(">", "after the value of `map`")
            return .map(key, value)
        case "tuple":
            advance()
            try expect("<", "after `tuple`")
            let elements = try list(until: ">", of: "`tuple`") { (parser) throws(Abandoned) in try parser.type() }
            return .tuple(elements)
        case "option":
            advance()
            try expect("<", "after `option`")
            let some = try type()
            try expect(">", "after the type of `option`")
            return .option(some)
        case "result":
            advance()
            return try resultKind()
        case "future", "stream":
            advance()
            var payload: TypeSyntax?
            if skip("<") {
                payload = try type()
                try expect(">", "after the type of `\(word.text)`")
            }
            return word.text == "future" ? .future(payload) : .stream(payload)
        case "own", "borrow":
            advance()
            try expect("<", "after `\(word.text)`")
            let resource = try identifier("the name of a resource")
            try expect(">", "after the resource")
            return word.text == "own" ? .own(resource) : .borrow(resource)
        default:
            throw fail("expected a type, found \(found)", hint: "write `%\(word.text)` for a type of that name")
        }
    }

    private mutating func resultKind() throws(Abandoned) -> TypeSyntax.Kind {
        guard skip("<") else { return .result(nil, nil) }
        var ok: TypeSyntax?
        var error: TypeSyntax?
        if skip("_") {
            try expect(",", "after `_` in `result`")
            error = try type()
        } else {
            ok = try type()
            if skip(",") { error = try type() }
        }
        try expect(">", "after the types of `result`")
        return .result(ok, error)
    }

    private mutating func length() throws(Abandoned) -> UInt32 {
        let read = token
        guard read.kind == .integer else { throw fail("expected the number of elements, found \(found)") }
        advance()
        guard let count = UInt32(read.text) else {
            throw fail("a list has at most \(UInt32.max) elements", at: read.span, hint: "leave the length out")
        }
        return count
    }

    private static let primitives: [String: WITType] = [
        "bool": .bool, "s8": .s8, "u8": .u8, "s16": .s16, "u16": .u16, "s32": .s32, "u32": .u32, "s64": .s64,
        "u64": .u64, "f32": .f32, "f64": .f64, "char": .char, "string": .string, "error-context": .errorContext,
    ]
}
