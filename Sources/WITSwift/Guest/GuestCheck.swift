import WITModel

/// Finds what a world uses and guest bindings cannot carry, so that it is an error at its place and never silence.
struct GuestCheck {
    private let resolve: Resolve
    private var visited: Set<TypeID> = []
    private(set) var diagnostics: [Diagnostic] = []

    init(resolve: Resolve) { self.resolve = resolve }

    mutating func check(_ world: World) {
        for item in world.imports + world.exports {
            switch item.kind {
            case .interface(let id): check(resolve[id])
            case .function:
                refuse(
                    "Guest bindings have no functions outside interfaces",
                    at: item.span,
                    "Move `\(item.name)` into an interface"
                )
            case .type(let id): check(.named(id), at: resolve[id].span)
            }
        }
    }

    private mutating func check(_ interface: Interface) {
        for id in interface.types { check(.named(id), at: resolve[id].span) }
        for function in interface.functions {
            guard function.kind == .freestanding else { continue }
            if function.isAsync {
                refuse(
                    "Guest bindings have no async functions",
                    at: function.span,
                    "Remove `async` from `\(function.name)`"
                )
            }
            for parameter in function.parameters { check(parameter.type, at: parameter.typeSpan) }
            guard let result = function.result else { continue }
            check(result, at: function.resultSpan)
            if case .result(_, let error) = resolve.underlying(result), !isNamed(error) {
                refuse(
                    "A function's error must be a named type in guest bindings: Swift throws it",
                    at: function.resultSpan,
                    "Declare a variant, enum or record and use it as the error of `\(function.name)`"
                )
            }
        }
    }

    private func isNamed(_ type: WITType?) -> Bool {
        if let type, case .named = resolve.underlying(type) { true } else { false }
    }

    private mutating func check(_ type: WITType, at span: Span) {
        switch type {
        case .list(let element), .option(let element): check(element, at: span)
        case .tuple(let elements): for element in elements { check(element, at: span) }
        case .result(let ok, let error):
            for part in [ok, error] { if let part { check(part, at: span) } }
        case .named(let id):
            if visited.insert(id).inserted { check(resolve[id]) }
        case .fixedLengthList:
            refuse("Guest bindings have no lists of fixed length", at: span, "Use `list<T>` or a tuple")
        case .map: refuse("Guest bindings have no maps", at: span, "Use `list<tuple<K, V>>`")
        case .future, .stream, .errorContext:
            refuse(
                "Guest bindings have no futures, streams or error contexts",
                at: span,
                "Use a list, or a function that is called again"
            )
        case .own, .borrow: refuse("Guest bindings have no resources", at: span, "Use a number that names the resource")
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .f32, .f64, .char, .string: break
        }
    }

    private mutating func check(_ definition: TypeDefinition) {
        switch definition.kind {
        case .record(let fields): for field in fields { check(field.type, at: field.typeSpan) }
        case .variant(let cases):
            for element in cases { if let payload = element.payload { check(payload, at: element.typeSpan) } }
        case .alias(let target): check(target, at: definition.span)
        case .flags(let flags) where flags.count > 64:
            refuse(
                "Guest bindings have at most 64 flags in one type",
                at: definition.span,
                "Divide `\(definition.name)`"
            )
        case .resource:
            refuse("Guest bindings have no resources", at: definition.span, "Use a number that names the resource")
        case .enumeration, .flags: break
        }
    }

    private mutating func refuse(_ message: String, at span: Span, _ hint: String) {
        diagnostics.append(Diagnostic(message, at: span, hint: hint))
    }
}
