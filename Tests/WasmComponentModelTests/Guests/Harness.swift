import Synchronization
import WasmComponentModel

/// An engine, a component and what it may import, for tests.
struct Harness {
    let engine: Engine
    let component: Component
    let linker: PreparedLinker

    init(
        _ text: String,
        _ configuration: EngineConfiguration = Harness.engineConfiguration,
        define: (inout Linker) throws -> Void = { _ in }
    ) throws {
        engine = try Engine(configuration)
        component = try Component(engine: engine, text: text)
        var linker = Linker(engine: engine)
        try define(&linker)
        self.linker = linker.finish()
    }

    /// The settings of the tests' engines: small, so that many of them fit.
    static var engineConfiguration: EngineConfiguration {
        var configuration = EngineConfiguration()
        configuration.memoryReservation = 1 << 20
        configuration.memoryGuardSize = 64 << 10
        return configuration
    }

    func store(
        _ kind: StoreConfiguration.Kind,
        _ change: (inout StoreConfiguration) -> Void = { _ in }
    ) throws -> Store {
        var configuration = StoreConfiguration()
        configuration.kind = kind
        change(&configuration)
        return try Store(engine: engine, configuration: configuration)
    }

    /// Calls one export in a new synchronous store.
    func call(_ name: String, _ arguments: Value...) throws -> Value? {
        let store = try store(.sync)
        let instance = try store.instantiate(component, linker: linker)
        return try store.call(try store.function(instance, name), arguments)
    }

    /// Calls one export in a new asynchronous store.
    func callAsync(_ name: String, _ arguments: Value...) async throws -> Value? {
        let store = try store(.async)
        let instance = try await store.instantiateAsync(component, linker: linker)
        return try await store.callAsync(try store.function(instance, name), arguments)
    }
}

/// A guest of `Guest.host` whose functions the test supplies.
extension Harness {
    static func host(
        f: @escaping @Sendable (HostCall, [Value]) throws -> Value? = { _, _ in .string("reply") },
        g: @escaping @Sendable (HostCall, [Value]) throws -> Value? = { $1.first }
    ) throws -> Harness {
        try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: hostF, f)
                try root.define("g", type: hostG, g)
            }
        }
    }

    static let hostF = FunctionType(parameters: [.init(name: "s", type: .string)], result: .string)
    static let hostG = FunctionType(parameters: [.init(name: "x", type: .u32)], result: .u32)
}

/// Something that several threads write to.
final class Box<Content: Sendable>: Sendable {
    private let content: Mutex<Content>

    init(_ content: Content) {
        self.content = Mutex(content)
    }

    var value: Content {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }
}
