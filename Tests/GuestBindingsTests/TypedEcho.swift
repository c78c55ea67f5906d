import Synchronization
import TestSupport
import WasmComponentModel

/// Answers what it is given through the generated protocols, and remembers it.
final class TypedEcho: EchoImports, FixtureShapesWorldImports {
    private let last = Mutex<[UInt8]>([])

    /// What the last call gave to the host.
    var received: [UInt8] { last.withLock { $0 } }

    private func keep<Value>(_ value: Value) -> Value {
        last.withLock { $0 = bits(value) }
        return value
    }

    func nothing() {}
    func text(text: String) -> String { keep(text) }
    func echoNames(names: FixtureKinds.Names) -> FixtureKinds.Names { keep(names) }
    func echoShape(shape: FixtureKinds.Shape) -> FixtureKinds.Shape { keep(shape) }
    func echoColor(color: FixtureKinds.Color) -> FixtureKinds.Color { keep(color) }
    func echoMarks(marks: FixtureKinds.Marks) -> FixtureKinds.Marks { keep(marks) }
    func maybe(maybe: Float?) -> Float? { keep(maybe) }
    func echoEverything(everything: FixtureKinds.Everything) async -> FixtureKinds.Everything { keep(everything) }
    func note(text: String) -> UInt32 { UInt32(text.utf8.count) }

    func echoNumbers(
        truth: Bool,
        a: Int8,
        b: UInt8,
        c: Int16,
        d: UInt16,
        e: Int32,
        f: UInt32,
        g: Int64,
        h: UInt64,
        i: Float,
        j: Double,
        letter: Unicode.Scalar
    ) -> FixtureKinds.Numbers {
        keep(.init(truth: truth, a: a, b: b, c: c, d: d, e: e, f: f, g: g, h: h, i: i, j: j, letter: letter))
    }

    func many(
        a: String,
        b: String,
        c: String,
        d: String,
        e: String,
        f: String,
        g: String,
        h: String,
        i: FixtureKinds.Shape
    ) -> [String] {
        keep([a, b, c, d, e, f, g, h])
    }

    func checked(value: Result<UInt32, FixtureKinds.Color>) async throws(FixtureKinds.Color) -> UInt32 {
        try keep(value).get()
    }

    func worded(value: Result<String, ComponentFailure<String>>) throws(ComponentFailure<String>) -> String {
        try keep(value).get()
    }

    func bare(value: Result<Void, ComponentFailure<Void>>) throws(ComponentFailure<Void>) {
        try keep(value).get()
    }

    func `func`(`self`: UInt32, arena: UInt32, area: UInt32, result: UInt32, flat1: UInt32, parameters: String)
        -> UInt32
    {
        keep(`self`)
    }
}

/// A value as bytes that differ wherever two values do: in the bits of what is not a number, and between texts that
/// Swift takes for equal.
func bits<Value>(_ value: Value) -> [UInt8] { Array(String(reflecting: value).utf8) }

/// The guest `shapes`, bound through the generated bindings.
struct TypedShapes: ~Copyable {
    let host = TypedEcho()
    let store: Store
    let world: FixtureShapesWorld

    init() async throws {
        let engine = try Engine(EngineConfiguration())
        let component = try Component(engine: engine, bytes: Fixture.bytes("shapes"))
        var linker = Linker(engine: engine)
        try FixtureShapesWorld.define(in: &linker, host: TypedEcho.self)
        var configuration = StoreConfiguration()
        configuration.data = host
        let store = try Store(engine: engine, configuration: configuration)
        let instance = try await store.instantiateAsync(component, linker: linker.finish())
        world = try FixtureShapesWorld(store: store, instance: instance)
        self.store = store
    }
}
