import TestSupport
import Testing
import WasmComponentModel

/// The guest `shapes` in a store whose host answers every call with the arguments of the call.
struct ShapesHost: ~Copyable {
    static let echo = "fixtures:shapes/echo@1.0.0"

    let store: Store
    private let instance: Instance

    init(memoryBytes: Int = 64 << 20) throws {
        let engine = try Engine(EngineConfiguration())
        let component = try Component(engine: engine, bytes: Fixture.bytes("shapes"))
        var linker = Linker(engine: engine)
        let imports = try Self.functions(component.type.imports)
        try linker.instance(Self.echo) { (interface) throws(WasmError) in
            for (name, type) in imports {
                try interface.define(name, type: type) { _, arguments in Self.answer(name, type, arguments) }
            }
        }
        let note = FunctionType(parameters: [.init(name: "text", type: .string)], result: .u32)
        try linker.root { (root) throws(WasmError) in
            try root.define("note", type: note) { _, arguments in
                guard case .string(let text) = arguments[0] else { return nil }
                return .u32(UInt32(text.utf8.count))
            }
        }
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.limits.memoryBytes = memoryBytes
        let store = try Store(engine: engine, configuration: configuration)
        instance = try store.instantiate(component, linker: linker.finish())
        self.store = store
    }

    /// The type of an exported function.
    func type(_ name: String) throws -> FunctionType {
        try store.function(instance, Self.echo, name).type
    }

    /// Calls an exported function of `echo`.
    func call(_ name: String, _ arguments: [Value]) throws -> Value? {
        try store.call(store.function(instance, Self.echo, name), arguments)
    }

    /// Calls the world's own export.
    func total(_ values: [UInt64]) throws -> Value? {
        try store.call(store.function(instance, nil, "total"), [.list(values.map { .u64($0) })])
    }

    /// The arguments of a function as what it returns.
    static func answer(_ name: String, _ type: FunctionType, _ arguments: [Value]) -> Value? {
        switch (type.result, name) {
        case (nil, _): nil
        case (.record(let fields)?, "echo-numbers"):
            .record(zip(fields, arguments).map { Value.NamedValue(name: $0.name, value: $1) })
        case (_, "many"): .list(Array(arguments.dropLast()))
        default: arguments.first
        }
    }

    private static func functions(_ items: [NamedExtern]) throws -> [(String, FunctionType)] {
        let found = items.first { $0.name == echo }
        guard case .instance(let instance)? = found?.type else { return [] }
        return instance.exports.compactMap { item in
            if case .function(let type) = item.type { (item.name, type) } else { nil }
        }
    }
}
