import Testing
import WasmComponentModel

/// Proposals beyond the strict set: off unless they are asked for, and safe for the host when they are on.
struct FeatureTests {
    private static func configuration(_ features: FeatureSet) -> EngineConfiguration {
        var configuration = Harness.engineConfiguration
        configuration.features = features
        configuration.concurrencySupport = !features.isDisjoint(with: .asynchronous)
        return configuration
    }

    private static func asynchronous(
        g: @escaping @Sendable (HostCall, [Value]) async throws -> Value? = { $1.first }
    ) throws -> Harness {
        try Harness(Guest.asynchronous, configuration(.componentAsync)) { linker in
            try linker.root { (root) throws(WasmError) in try root.defineAsync("g", type: Harness.hostG, g) }
        }
    }

    // MARK: Which proposals are on

    @Test(
        arguments: [
            (.maps, "(component (type (map string u32)))"),
            (.implements, #"(component (import "a" (implements "a:b/c") (instance)))"#),
            (.componentAsync, "(component (type (stream u8)))"),
            ([.componentAsync, .moreAsyncBuiltins], "(component (core func (canon subtask.cancel async)))"),
            (
                [.componentAsync, .asyncStackful],
                #"""
                (component (core module $m (func (export "f"))) (core instance $i (instantiate $m))
                  (func (export "f") async (canon lift (core func $i "f") async)))
                """#
            ),
            (.memory64, "(component (core module (memory i64 1)))"),
            (.threads, "(component (core module (memory 1 1 shared)))"),
            (.exceptions, "(component (core module (tag)))"),
            (.garbageCollection, "(component (core module (type (array i8))))"),
            (.customPageSizes, "(component (core module (memory 1 (pagesize 1))))"),
        ] as [(FeatureSet, String)]
    )
    func aProposalIsOnWhereItIsAskedForAndOnlyThere(feature: FeatureSet, text: String) throws {
        _ = try Component(engine: try Engine(Self.configuration(feature)), text: text)
        // The member that the text needs is the one that builds on the others.
        let last = FeatureSet(rawValue: 1 << (UInt32.bitWidth - 1 - feature.rawValue.leadingZeroBitCount))
        let others = FeatureSet.all.subtracting(last == .componentAsync ? .asynchronous : last)
        let error = #expect(throws: WasmError.self) {
            _ = try Component(engine: try Engine(Self.configuration(others)), text: text)
        }
        #expect(error?.code == .invalidComponent || error?.code == .unsupportedType)
    }

    @Test func theDefaultIsTheStrictSet() {
        #expect(EngineConfiguration().features == .strict)
        #expect(!EngineConfiguration().concurrencySupport)
    }

    @Test func everyMemberHasTheNameOfItsProposal() throws {
        let names = FeatureSet.all.names
        #expect(names.count == FeatureSet.all.rawValue.nonzeroBitCount)
        #expect(names.contains("more_async_builtins"))
        #expect(try FeatureSet(named: names) == .all)
        #expect(try FeatureSet(named: ["async-stackful", "map"]) == [.asyncStackful, .maps])
        #expect(try FeatureSet(named: ["multi_memory", "bulk_memory", "reference_types"]) == .strict)
        #expect(FeatureSet([.maps, .componentAsync]).description == "async, map")
    }

    @Test(arguments: [
        "threading", "fixed_length_lists", "error_context", "cm_gc", "cm_memory64", "nested_names", "values",
        "shared_memory", "stack_switching", "nonsense", "",
    ])
    func aProposalThatIsNotOfferedIsATypedError(name: String) {
        let error = #expect(throws: WasmError.self) { _ = try FeatureSet(named: ["map", name]) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(name) == true)
    }

    // MARK: Asynchronous functions

    @Test func anAsyncExportIsCalledInAnAsynchronousStore() async throws {
        #expect(try await Self.asynchronous().callAsync("answer") == .u32(42))
    }

    @Test func anAsyncExportWaitsForAHostFunction() async throws {
        let gate = Gate()
        let harness = try Self.asynchronous { _, arguments in
            await gate.wait()
            return arguments.first
        }
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        var future = try store.startCall(try store.function(instance, "ask"), [])
        #expect(future.poll() == .waiting)
        gate.open()
        await future.waitForHost()
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(7))
        #expect(store.state == .ready)
    }

    @Test func anAsyncExportThatNothingCanWakeTraps() async throws {
        let harness = try Self.asynchronous()
        let error = await #expect(throws: WasmError.self) { _ = try await harness.callAsync("stuck") }
        #expect(error?.code == .trap)
        #expect(error?.details.contains("deadlock") == true)
    }

    @Test func anAsyncExportThatIsGivenUpFinishesItsStore() async throws {
        let gate = Gate()
        let harness = try Self.asynchronous { _, arguments in
            await gate.wait()
            return arguments.first
        }
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        do {
            var future = try store.startCall(try store.function(instance, "ask"), [])
            #expect(future.poll() == .waiting)
        }
        #expect(store.state == .finished)
        gate.open()
    }

    @Test func asyncFunctionsAreRefusedInASynchronousStore() throws {
        let engine = try Self.asynchronous().engine
        var linker = Linker(engine: engine)
        try linker.root { (root) throws(WasmError) in try root.define("g", type: Harness.hostG) { $1.first } }
        let prepared = linker.finish()
        // The second is not `async` itself but calls such a function inside its component.
        for (text, name) in [(Guest.asynchronous, "answer"), (Guest.callingAsync, "run")] {
            let component = try Component(engine: engine, text: text)
            var configuration = StoreConfiguration()
            configuration.kind = .sync
            let store = try Store(engine: engine, configuration: configuration)
            let instance = try store.instantiate(component, linker: prepared)
            let error = #expect(throws: WasmError.self) { _ = try store.call(store.function(instance, name), []) }
            #expect(error?.code == .storeKind)
        }
    }

    @Test func aFunctionThatCallsAsyncOnesInsideRunsInAnAsynchronousStore() async throws {
        let harness = try Harness(Guest.callingAsync, Self.configuration(.componentAsync))
        #expect(try await harness.callAsync("run") == .u32(42))
    }

    @Test func noHostFunctionIsAsyncToTheGuest() throws {
        let text = #"(component (import "f" (func async (result u32))))"#
        var type = FunctionType(result: .u32)
        type.isAsync = true
        let engine = try Engine(Self.configuration(.componentAsync))
        let component = try Component(engine: engine, text: text)
        var linker = Linker(engine: engine)
        let refused = #expect(throws: WasmError.self) {
            try linker.root { (root) throws(WasmError) in try root.define("f", type: type) { _, _ in .u32(1) } }
        }
        #expect(refused?.code == .unsupportedType)
        let prepared = linker.finish()
        let error = #expect(throws: WasmError.self) { try prepared.require(component) }
        #expect(error?.code == .unsupportedType)
    }

    // MARK: What cannot cross to the host

    @Test(arguments: ["stream", "future"])
    func anEndThatAnExportReturnsIsRefusedBeforeTheCall(kind: String) async throws {
        await #expect(processExitsWith: .success) { [kind] in
            for result in ["$t", "(option $t)", "(tuple u8 (list $t))"] {
                let harness = try Harness(
                    Guest.making(kind, result: result),
                    FeatureTests.configuration(.componentAsync)
                )
                for isAsync in [false, true] {
                    do {
                        _ = isAsync ? try await harness.callAsync("make") : try harness.call("make")
                        preconditionFailure("the call was made")
                    } catch let error as WasmError {
                        precondition(error.code == .unsupportedType)
                        precondition(error.message.contains("\(kind)<u8>"))
                    }
                }
            }
        }
    }

    @Test(arguments: ["(stream u8)", "(future)", "(stream)", "(list (future string))"])
    func anEndThatAnImportTakesIsRefusedBeforeInstantiation(type: String) throws {
        let text = #"(component (import "f" (func (param "x" \#(type)))))"#
        let harness = try Harness(text, Self.configuration(.componentAsync))
        let error = #expect(throws: WasmError.self) { _ = try harness.call("f") }
        #expect(error?.code == .unsupportedType)
    }

    // MARK: Limits that hold with them

    @Test(arguments: [false, true])
    func objectsOfTheCollectedHeapCountAsMemory(isPooled: Bool) throws {
        let text = """
            (component
              (core module $m
                (type $bytes (array (mut i8)))
                (type $list (array (mut (ref null $bytes))))
                (func (export "hoard") (param i32) (local $kept (ref $list)) (local $i i32)
                  (local.set $kept (array.new_default $list (local.get 0)))
                  (loop $next
                    (array.set $list (local.get $kept) (local.get $i) (array.new_default $bytes (i32.const 65536)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $next (i32.lt_u (local.get $i) (local.get 0))))))
              (core instance $i (instantiate $m))
              (func (export "hoard") (param "count" u32) (canon lift (core func $i "hoard"))))
            """
        var configuration = Self.configuration(.garbageCollection)
        if isPooled {
            configuration.memoryReservation = 16 << 20
            configuration.pooling = PoolingConfiguration()
            configuration.pooling?.instances = 10
            configuration.pooling?.maximumMemorySize = 16 << 20
        }
        let harness = try Harness(text, configuration)
        func hoard(_ count: UInt32) throws {
            let store = try harness.store(.sync) { $0.limits.memoryBytes = 4 << 20 }
            let instance = try store.instantiate(harness.component, linker: harness.linker)
            _ = try store.call(try store.function(instance, "hoard"), [.u32(count)])
        }
        try hoard(8)
        let error = #expect(throws: WasmError.self) { try hoard(128) }
        #expect(error?.code == .trap)
    }

    @Test func aSharedMemoryIsNotInstantiated() throws {
        let text = "(component (core module $m (memory 1 1 shared)) (core instance (instantiate $m)))"
        let harness = try Harness(text, Self.configuration(.threads))
        let error = #expect(throws: WasmError.self) { _ = try harness.call("f") }
        #expect(error?.details.contains("shared memor") == true)
    }
}
