import WITModel

/// Finds the types that stand as the error of some `result`, which Swift wants to conform to `Error`.
struct ErrorSearch {
    let resolve: Resolve
    private(set) var errors: Set<TypeID> = []

    init(resolve: Resolve) { self.resolve = resolve }

    mutating func visit(_ interface: Interface) {
        for id in interface.types { visit(resolve[id].kind) }
        for function in interface.functions {
            for parameter in function.parameters { visit(parameter.type) }
            if let result = function.result { visit(result) }
        }
    }

    private mutating func visit(_ kind: TypeDefinition.Kind) {
        switch kind {
        case .record(let fields): for field in fields { visit(field.type) }
        case .variant(let cases): for element in cases { if let payload = element.payload { visit(payload) } }
        case .alias(let target): visit(target)
        case .enumeration, .flags, .resource: break
        }
    }

    private mutating func visit(_ type: WITType) {
        switch type {
        case .list(let element), .option(let element), .fixedLengthList(let element, _): visit(element)
        case .tuple(let elements): for element in elements { visit(element) }
        case .result(let ok, let error):
            if let ok { visit(ok) }
            guard let error else { return }
            visit(error)
            if case .named(let id) = resolve.underlying(error) { errors.insert(id) }
        default: break
        }
    }
}
