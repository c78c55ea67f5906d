import Foundation
import Synchronization
import Testing
import WasmComponentModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Hazards of engines, epochs, linkers and resources that come from host code.
struct EngineHazardTests {
    @Test(
        arguments: [
            { $0.maxWasmStack = 4 << 20 }, { $0.maxWasmStack = 0 }, { $0.asyncStackSize = 300 << 10 },
            { $0.asyncStackSize += 1 }, { $0.memoryReservation = -1 }, { $0.memoryReservation = 1 << 50 },
            { $0.memoryGuardSize = 100 }, { $0.maximumStores = 0 }, { $0.features = [.componentAsync] },
            { $0.features = [.moreAsyncBuiltins] }, { $0.features = [.asyncStackful, .maps] },
            { $0.features = FeatureSet(rawValue: 1 << 30) },
            {
                $0.concurrencySupport = true; $0.features = [.asyncStackful, .moreAsyncBuiltins]
            },
            {
                $0.pooling = PoolingConfiguration(); $0.pooling?.instances = 1_000_000
            },
            {
                $0.pooling = PoolingConfiguration(); $0.pooling?.instances = 90_000
            },
            {
                $0.pooling = PoolingConfiguration(); $0.memoryReservation = 1 << 20
            },
            {
                $0.pooling = PoolingConfiguration(); $0.pooling?.tablesPerInstance = 0
            },
        ] as [@Sendable (inout EngineConfiguration) -> Void]
    )
    func h13_configurationThatLibwasmtimeRefusesIsOurError(_ change: @Sendable (inout EngineConfiguration) -> Void) {
        var configuration = EngineConfiguration()
        change(&configuration)
        let error = #expect(throws: WasmError.self) { _ = try Engine(configuration) }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func h13_everyCombinationOfOptionsMakesAnEngine() async {
        await #expect(processExitsWith: .success) {
            var made = 0
            // Each set of features once with concurrency support and once without, the other options in turn.
            for bits in 0...FeatureSet.all.rawValue {
                for hasConcurrency in [false, true] {
                    var configuration = Harness.engineConfiguration
                    configuration.features = FeatureSet(rawValue: bits)
                    configuration.concurrencySupport = hasConcurrency
                    configuration.consumeFuel = made & 1 != 0
                    configuration.epochInterruption = made & 2 != 0
                    configuration.signalsBasedTraps = made & 4 != 0
                    configuration.canonicalizesNaN = made & 8 != 0
                    configuration.parallelCompilation = made & 16 != 0
                    configuration.optimization = [.none, .speed, .speedAndSize][made % 3]
                    do {
                        _ = try Engine(configuration)
                        made += 1
                    } catch {
                        // Refused before libwasmtime sees it, and only this one thing.
                        guard !configuration.features.isDisjoint(with: .asynchronous),
                            !hasConcurrency || !configuration.features.contains(.componentAsync)
                        else { throw error }
                    }
                }
            }
            // 512 sets without an asynchronous feature, twice, and four with `componentAsync` for each of them.
            precondition(made == 512 * 2 + 512 * 4)
        }
    }

    @Test func h13_poolsAtTheEdgeMakeAnEngine() async {
        await #expect(processExitsWith: .success) {
            var configuration = EngineConfiguration()
            configuration.pooling = PoolingConfiguration()
            _ = try Engine(configuration)
            configuration.maxWasmStack = 64 << 10
            configuration.memoryReservation = 64 << 20
            configuration.memoryGuardSize = 0
            configuration.pooling?.memoriesPerInstance = 4
            let engine = try Engine(configuration)
            let component = try Component(engine: engine, text: Guest.many)
            let store = try Store(engine: engine, configuration: StoreConfiguration())
            _ = try await store.instantiateAsync(component, linker: Linker(engine: engine).finish())
        }
    }

    @Test func h14_synchronousCallGoesOnOverItsSlices() throws {
        let harness = try Harness(Guest.many)
        let slices = Box(0)
        let store = try harness.store(.sync) { configuration in
            configuration.onSlice = { count in
                slices.value = count
                return count < 3 ? .continue : .interrupt
            }
        }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let error = try Ticker.during(harness.engine) {
            #expect(throws: WasmError.self) { _ = try store.call(try store.function(instance, "spin"), []) }
        }
        #expect(error?.code == .interrupted)
        #expect(slices.value == 3)
        #expect(store.state == .finished)
    }

    @Test func h15_firstCallRunsHoweverOldTheEpochIs() throws {
        let harness = try Harness(Guest.many)
        for _ in 0..<100 { harness.engine.incrementEpoch() }
        let store = try harness.store(.sync) { $0.epochPolicy = .trap(ticks: 1) }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        for _ in 0..<100 { harness.engine.incrementEpoch() }
        #expect(try store.call(try store.function(instance, "add"), [.u32(1), .u32(2)]) == .u32(3))
    }

    @Test func h16_valueOfTheFunctionThatReturnsNothingIsNotLookedAt() async throws {
        let harness = try Harness(Guest.many)
        for _ in 0..<50 { _ = try harness.store(.async) }
        #expect(try await harness.callAsync("add", .u32(1), .u32(2)) == .u32(3))
    }

    @Test func h17_hostFunctionCannotCallBackIntoItsGuest() throws {
        final class World: Sendable {
            let store = Mutex<(shared: SharedStore, function: Func)?>(nil)
        }
        let inner = Box<WasmError.Code?>(nil)
        let harness = try Harness.host(g: { call, arguments in
            let world = call.data as? World
            if let (shared, function) = world?.store.withLock({ $0 }) {
                do throws(WasmError) {
                    _ = try shared.store.call(function, [.u32(1), .u32(2)])
                } catch {
                    inner.value = error.code
                }
            }
            return arguments[0]
        })
        let world = World()
        let shared = SharedStore(try harness.store(.sync) { $0.data = world })
        let instance = try shared.store.instantiate(harness.component, linker: harness.linker)
        let add = try shared.store.function(instance, "add")
        world.store.withLock { $0 = (shared, add) }
        #expect(try shared.store.call(try shared.store.function(instance, "callg"), [.u32(5)]) == .u32(5))
        #expect(inner.value == .storeBusy)
        world.store.withLock { $0 = nil }
    }

    @Test func h18_hostFunctionIsReleasedWhenItsDefinitionFails() throws {
        final class Token: Sendable {}
        var linker = Linker(engine: try Engine())
        weak var released: Token?
        var codes: [WasmError.Code] = []
        for name in ["f", "f"] {
            let token = Token()
            released = token
            do throws(WasmError) {
                try linker.root { (root) throws(WasmError) in
                    try root.define(name, type: FunctionType()) { _, _ in
                        withExtendedLifetime(token) { nil }
                    }
                }
            } catch {
                codes.append(error.code)
            }
        }
        #expect(codes == [.alreadyDefined])
        #expect(released == nil)
    }

    @Test func h18_hostFunctionLivesAsLongAsAnInstanceThatMayCallIt() throws {
        final class Token: Sendable {}
        weak var released: Token?
        var harness: Harness?
        do {
            let token = Token()
            released = token
            harness = try Harness.host(g: { _, arguments in withExtendedLifetime(token) { arguments[0] } })
        }
        let store = try #require(harness).store(.sync)
        _ = try store.instantiate(try #require(harness).component, linker: try #require(harness).linker)
        harness = nil
        #expect(released != nil)
        store.close()
        #expect(released == nil)
    }

    @Test func h22_guestFaultIsATrapWhateverHandlersTheProgramInstalls() async {
        await #expect(processExitsWith: .success) {
            var configuration = Harness.engineConfiguration
            configuration.signalsBasedTraps = false
            let harness = try Harness(Guest.many, configuration)
            for number in [SIGSEGV, SIGBUS, SIGILL, SIGFPE] {
                signal(number) { _ in exit(EXIT_FAILURE) }
            }
            for (name, arguments) in [("oob", []), ("div0", [Value.u32(0)]), ("unreach", [])] {
                do throws(WasmError) {
                    let store = try Store(engine: harness.engine, configuration: Self.synchronous)
                    let instance = try store.instantiate(harness.component, linker: harness.linker)
                    _ = try store.call(try store.function(instance, name), arguments)
                    exit(EXIT_FAILURE)
                } catch {
                    precondition(error.code == .trap)
                }
            }
        }
    }

    private static var synchronous: StoreConfiguration {
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        return configuration
    }

    @Test func h23_spinningGuestComesBackAtTheNextTick() async throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        var future = try store.startCall(try store.function(instance, "spin"), [])
        let progress = try Ticker.during(harness.engine) { (0..<3).map { _ in future.poll() } }
        #expect(progress == [.yielded, .yielded, .yielded])
    }

    @Test func h24_storesBeyondTheMaximumAreNotAdmitted() async {
        await #expect(processExitsWith: .success) {
            var configuration = Harness.engineConfiguration
            configuration.maximumStores = 3
            let engine = try Engine(configuration)
            var stores: [SharedStore] = []
            for _ in 0..<3 { stores.append(SharedStore(try Store(engine: engine))) }
            do throws(WasmError) {
                _ = try Store(engine: engine)
                exit(EXIT_FAILURE)
            } catch {
                precondition(error.code == .admission)
            }
            stores.removeLast()
            _ = try Store(engine: engine)
            precondition(Engine.liveStores == 2)
        }
    }

    @Test func h24_maximumIsDerivedFromTheKernelsLimit() throws {
        #if os(Linux)
            let file = try String(contentsOfFile: "/proc/sys/vm/max_map_count", encoding: .utf8)
            let mappings = try #require(Int(file.trimmingCharacters(in: .whitespacesAndNewlines)))
        #else
            let mappings = 1_000_000
        #endif
        #expect(try Engine().maximumStores == max(1, (mappings - 10_000) / 8))
    }

    @Test func h25_linkerServesManyThreadsAtOnce() async throws {
        let harness = try Harness.host()
        let sums = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<200).count { number in
                        (try? harness.call("callg", .u32(UInt32(number)))) == .u32(UInt32(number))
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sums == 800)
    }
}
