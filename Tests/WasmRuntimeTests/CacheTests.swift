import TestSupport
import Testing
import WasmCore

@testable import WasmRuntime

@Suite("Compiling once")
struct CacheTests {
    @Test("1,000 spawns and 100 restarts compile once, and leave no instance behind")
    func once() async throws {
        let engine = try WasmEngine()
        let services = HostServices(
            router: RecordingRouter(),
            storage: MemoryStorage(),
            audit: BoundedAuditLog(),
            log: RecordingLog(),
            clock: SystemClock(),
            random: SystemRandom()
        )
        let settings = InstanceSettings(services: services)
        let id = try ActorID("a/b/c")
        let bytes = try Fixture.bytes("counter")
        for generation in 1...1100 {
            let handle = try await engine.loadComponent(
                id: id,
                bytes: bytes,
                settings: settings,
                generation: UInt64(generation)
            )
            engine.unload(handle)
        }
        #expect(engine.metrics.compilations == 1)
        #expect(engine.metrics.instantiations == 1100)
        #expect(engine.metrics.liveInstances == 0)
    }

    @Test("the same bytes asked for by many at once compile once")
    func concurrently() async throws {
        let engine = try WasmEngine()
        let bytes = try Fixture.bytes("counter")
        let components = try await withThrowingTaskGroup(of: CompiledComponent.self) { group in
            for _ in 0..<16 { group.addTask { try engine.compile(bytes) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(components.map(ObjectIdentifier.init)).count == 1)
        #expect(engine.metrics.compilations == 1)
    }

    @Test("what is used longest ago is forgotten first")
    func capacity() throws {
        var configuration = WasmEngine.Configuration()
        configuration.cachedComponents = 1
        let engine = try WasmEngine(configuration)
        _ = try engine.compile(Fixture.bytes("counter"))
        _ = try engine.compile(Fixture.bytes("chaos"))
        _ = try engine.compile(Fixture.bytes("counter"))
        #expect(engine.metrics.compilations == 3)
    }

    @Test("a shut down engine takes no component")
    func shutDown() throws {
        let engine = try WasmEngine()
        engine.shutdown()
        let error = #expect(throws: RuntimeError.self) { try engine.compile(Fixture.bytes("counter")) }
        #expect(error?.code == .shutDown)
    }
}
