import WITModel
import WasmComponentModel

/// Turns a parsed WIT text into the structural types that a component's reflection gives, so that both can be compared.
struct WITStructure {
    let resolve: Resolve

    init(_ text: String) throws {
        resolve = try Resolve(main: [SourceFile(path: "component.wit", text: text)])
    }

    /// The functions of the interface with this full name, by the names that components use.
    func functions(of interface: String) -> [String: FunctionType] {
        guard let found = resolve.interfaces.indices.first(where: { name(of: $0) == interface }) else { return [:] }
        return functions(resolve.interfaces[found].functions)
    }

    /// The functions that the world exports itself.
    var exportedFunctions: [String: FunctionType] {
        functions(
            world.exports.compactMap { item in
                if case .function(let function) = item.kind { function } else { nil }
            }
        )
    }

    /// The names of what the world imports and exports.
    var imports: [String] { world.imports.map { $0.name } }
    var exports: [String] { world.exports.map { $0.name } }

    private var world: World { resolve.worlds[resolve[resolve.main].worlds[0].index] }

    private func name(of index: Int) -> String? {
        let interface = resolve.interfaces[index]
        return interface.name.map { resolve[interface.package].name.qualifying($0) }
    }

    private func functions(_ functions: [Function]) -> [String: FunctionType] {
        Dictionary(uniqueKeysWithValues: functions.map { ($0.externName, type(of: $0)) })
    }

    private func type(of function: Function) -> FunctionType {
        FunctionType(
            parameters: function.parameters.map { .init(name: $0.name, type: valueType($0.type)) },
            result: function.result.map(valueType),
            isAsync: function.isAsync
        )
    }

    private func valueType(_ type: WITType) -> ValueType {
        switch type {
        case .bool: .bool
        case .s8: .s8
        case .u8: .u8
        case .s16: .s16
        case .u16: .u16
        case .s32: .s32
        case .u32: .u32
        case .s64: .s64
        case .u64: .u64
        case .f32: .f32
        case .f64: .f64
        case .char: .char
        case .string: .string
        case .errorContext: .errorContext
        case .list(let element): .list(valueType(element))
        case .fixedLengthList(_, let count): .unsupported("a list of \(count)")
        case .map(let key, let value): .map(key: valueType(key), value: valueType(value))
        case .tuple(let elements): .tuple(elements.map(valueType))
        case .option(let payload): .option(valueType(payload))
        case .result(let ok, let error): .result(ok: ok.map(valueType), error: error.map(valueType))
        case .future(let payload): .future(payload.map(valueType))
        case .stream(let payload): .stream(payload.map(valueType))
        case .own(let id): .own(resource(id))
        case .borrow(let id): .borrow(resource(id))
        case .named(let id): definition(id)
        }
    }

    private func definition(_ id: TypeID) -> ValueType {
        switch resolve[id].kind {
        case .record(let fields): .record(fields.map { .init(name: $0.name, type: valueType($0.type)) })
        case .variant(let cases): .variant(cases.map { .init(name: $0.name, payload: $0.payload.map(valueType)) })
        case .enumeration(let cases): .enumeration(cases.map { $0.name })
        case .flags(let cases): .flags(cases.map { $0.name })
        case .alias(let target): valueType(target)
        case .resource: .own(resource(id))
        }
    }

    private func resource(_ id: TypeID) -> ResourceType {
        let definition = resolve[resolve.definition(id)]
        guard case .interface(let interface) = definition.owner else { return ResourceType(name: definition.name) }
        return ResourceType(interface: resolve.qualifiedName(interface), name: definition.name)
    }
}
