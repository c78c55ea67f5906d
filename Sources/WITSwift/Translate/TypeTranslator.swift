import WITModel

/// Turns WIT types into those that bindings can carry; what they cannot is reported where it stands.
struct TypeTranslator {
    let resolve: Resolve
    private(set) var diagnostics: [Diagnostic] = []

    init(resolve: Resolve) {
        self.resolve = resolve
    }

    /// Translates a type that stands at a span, in `owner`, such as "function `read`".
    mutating func translate(_ type: WITType, at span: Span, in owner: String) -> BindingsType {
        switch type {
        case .bool: return .primitive(swift: "Swift.Bool", wit: "bool")
        case .s8: return .primitive(swift: "Swift.Int8", wit: "s8")
        case .u8: return .primitive(swift: "Swift.UInt8", wit: "u8")
        case .s16: return .primitive(swift: "Swift.Int16", wit: "s16")
        case .u16: return .primitive(swift: "Swift.UInt16", wit: "u16")
        case .s32: return .primitive(swift: "Swift.Int32", wit: "s32")
        case .u32: return .primitive(swift: "Swift.UInt32", wit: "u32")
        case .s64: return .primitive(swift: "Swift.Int64", wit: "s64")
        case .u64: return .primitive(swift: "Swift.UInt64", wit: "u64")
        case .f32: return .primitive(swift: "Swift.Float", wit: "f32")
        case .f64: return .primitive(swift: "Swift.Double", wit: "f64")
        case .char: return .primitive(swift: "Swift.Unicode.Scalar", wit: "char")
        case .string: return .primitive(swift: "Swift.String", wit: "string")
        case .list(.u8): return .bytes
        case .list(let element): return .list(translate(element, at: span, in: owner))
        case .tuple(let elements): return .tuple(elements.map { translate($0, at: span, in: owner) })
        case .option(let some): return .option(translate(some, at: span, in: owner))
        case .result(let ok, let error):
            return .result(
                ok: ok.map { translate($0, at: span, in: owner) },
                error: error.map { translate($0, at: span, in: owner) }
            )
        case .named(let id): return named(id, at: span, in: owner)
        case .own(let id), .borrow(let id):
            return refuse("the resource `\(resolve[id].name)`", at: span, in: owner, "pass a number or an id for it")
        case .map: return refuse("a map", at: span, in: owner, "use `list<tuple<K, V>>`")
        case .fixedLengthList: return refuse("a list of a fixed length", at: span, in: owner, "use `list<T>`")
        case .future: return refuse("a future", at: span, in: owner, "let a function return the value")
        case .stream: return refuse("a stream", at: span, in: owner, "let a function return the parts as lists")
        case .errorContext: return refuse("an `error-context`", at: span, in: owner, "use a `string` or a variant")
        }
    }

    private mutating func named(_ id: TypeID, at span: Span, in owner: String) -> BindingsType {
        let definition = resolve.definition(id)
        switch resolve[definition].kind {
        case .record, .variant, .enumeration, .flags: return .named(definition)
        case .alias(let target):
            return .alias(definition, translate(target, at: span, in: owner))
        case .resource:
            return refuse("the resource `\(resolve[id].name)`", at: span, in: owner, "pass a number or an id for it")
        }
    }

    /// Refuses a function that is `async` in WIT itself.
    mutating func refuseAsync(_ function: Function) {
        diagnostics.append(
            Diagnostic(
                "function `\(function.name)` is `async`, which the bindings do not carry",
                at: function.span,
                hint:
                    "declare it without `async`; a host function may wait all the same: see \"async\" in wit-swift.json"
            )
        )
    }

    /// Refuses what stands at a span.
    mutating func refuse(_ span: Span, _ message: String) {
        diagnostics.append(Diagnostic(message, at: span))
    }

    private mutating func refuse(_ what: String, at span: Span, in owner: String, _ hint: String) -> BindingsType {
        diagnostics.append(Diagnostic("\(owner) uses \(what), which the bindings do not carry", at: span, hint: hint))
        return .bytes
    }
}
