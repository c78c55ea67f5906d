import TestSupport
import Testing
import WasmComponentModel

/// A guest that makes of every call the same call of its host, in a store whose host answers with the arguments.
struct EchoingHost: ~Copyable {
    let store: Store
    private let instance: Instance
    private let interface: String

    /// The guest `shapes`, with so much memory at the most.
    static func shapes(memoryBytes: Int = 64 << 20) throws -> EchoingHost {
        try EchoingHost("shapes", "fixtures:shapes/echo@1.0.0", .strict, memoryBytes: memoryBytes)
    }

    /// The guest `wide`, whose maps the engine lets in.
    static func wide() throws -> EchoingHost {
        try EchoingHost("wide", "fixtures:wide/values@1.0.0", .maps, memoryBytes: 64 << 20)
    }

    private init(_ fixture: String, _ echo: String, _ features: FeatureSet, memoryBytes: Int) throws {
        interface = echo
        var settings = EngineConfiguration()
        settings.features = features
        let engine = try Engine(settings)
        let component = try Component(engine: engine, bytes: Fixture.bytes(fixture))
        var linker = Linker(engine: engine)
        let imports = try Self.functions(component.type.imports, of: echo)
        try linker.instance(echo) { (interface) throws(WasmError) in
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
        try store.function(instance, interface, name).type
    }

    /// Calls an exported function of `echo`.
    func call(_ name: String, _ arguments: [Value]) throws -> Value? {
        try store.call(store.function(instance, interface, name), arguments)
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
        case (_, "echo-both"): .tuple(arguments)
        default: arguments.first
        }
    }

    private static func functions(_ items: [NamedExtern], of echo: String) throws -> [(String, FunctionType)] {
        let found = items.first { $0.name == echo }
        guard case .instance(let instance)? = found?.type else { return [] }
        return instance.exports.compactMap { item in
            if case .function(let type) = item.type { (item.name, type) } else { nil }
        }
    }
}
