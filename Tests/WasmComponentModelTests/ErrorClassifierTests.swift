import Testing
import WasmComponentModel

/// One test per line of the classifier's table, each with a guest that fails so.
struct ErrorClassifierTests {
    @Test(arguments: [
        ("unreach", [], Trap.unreachable), ("div0", [Value.u32(0)], .integerDivideByZero),
        ("oob", [], .memoryOutOfBounds), ("nullcall", [], .indirectCallToNull), ("tableoob", [], .tableOutOfBounds),
        ("rec", [.u32(1)], .stackOverflow), ("badptr", [], .abiViolation), ("badret", [], .abiViolation),
        ("badutf", [], .abiViolation), ("badchar", [], .abiViolation), ("badenum", [], .abiViolation),
    ])
    func g20_failureOfTheGuestIsItsTrap(_ name: String, _ arguments: [Value], _ trap: Trap) async throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let function = try store.function(instance, name)
        let error = await #expect(throws: WasmError.self) { try await store.callAsync(function, arguments) }
        #expect(error?.code == .trap)
        #expect(error?.trap == trap)
        #expect(store.state == .finished)
        let next = await #expect(throws: WasmError.self) { try await store.callAsync(function, arguments) }
        #expect(next?.code == .storeFinished)
    }

    @Test(arguments: [
        ("overflow", Trap.integerOverflow), ("convert", .badConversionToInteger), ("signature", .badSignature),
    ])
    func arithmeticAndSignatures(_ name: String, _ trap: Trap) throws {
        let harness = try Harness(Guest.arithmetic)
        let error = #expect(throws: WasmError.self) { try harness.call(name) }
        #expect(error?.trap == trap)
    }

    @Test func trapCarriesItsBacktrace() throws {
        let error = #expect(throws: WasmError.self) { try Harness(Guest.trapping(named: "inner")).call("go") }
        #expect(error?.frames.first?.functionName == "inner")
        #expect(error?.frames.count == 2)
    }

    @Test func g21_fuelEndsALoopAtItsStart() throws {
        var configuration = Harness.engineConfiguration
        configuration.consumeFuel = true
        let harness = try Harness(Guest.startSpin, configuration)
        let store = try harness.store(.sync) { $0.fuel = 100_000 }
        let error = #expect(throws: WasmError.self) {
            _ = try store.instantiate(harness.component, linker: harness.linker)
        }
        #expect(error?.trap == .outOfFuel)
    }

    @Test func g21_deadlineEndsALoopAtItsStart() throws {
        let harness = try Harness(Guest.startSpin)
        let store = try harness.store(.sync) { $0.epochPolicy = .trap(ticks: 1) }
        let error = try Ticker.during(harness.engine) {
            #expect(throws: WasmError.self) { _ = try store.instantiate(harness.component, linker: harness.linker) }
        }
        #expect(error?.code == .trap)
        #expect(error?.trap == .interrupted)
    }

    @Test func listBeyondTheLimitOfACallIsTooMuchData() throws {
        let error = #expect(throws: WasmError.self) {
            try Harness(Guest.many).call("mklist", .u32(2_796_203))
        }
        #expect(error?.trap == .tooMuchData)
    }

    @Test func g18_handlesBeyondTheLimitOfAStore() throws {
        let error = #expect(throws: WasmError.self) { try Harness(Guest.ownResource).call("leak", .u32(100_001)) }
        #expect(error?.trap == .handleLimit)
    }

    @Test(
        arguments: [
            { $0.memoryBytes = 1 << 20 }, { $0.instances = 3 }, { $0.memories = 3 },
        ] as [@Sendable (inout StoreLimits) -> Void]
    )
    func componentBeyondTheLimitsIsNotInstantiated(_ change: @Sendable (inout StoreLimits) -> Void) throws {
        let harness = try Harness(Guest.large)
        var limits = StoreLimits()
        limits.memories = 6
        change(&limits)
        let store = try harness.store(.sync) { [limits] in $0.limits = limits }
        let error = #expect(throws: WasmError.self) {
            _ = try store.instantiate(harness.component, linker: harness.linker)
        }
        #expect(error?.code == .limitExceeded)
    }

    @Test func poolThatIsFullIsALimit() throws {
        var configuration = Harness.engineConfiguration
        configuration.pooling = PoolingConfiguration()
        configuration.pooling?.instances = 1
        configuration.pooling?.maximumMemorySize = 1 << 20
        let harness = try Harness(Guest.many, configuration)
        let first = try harness.store(.sync)
        _ = try first.instantiate(harness.component, linker: harness.linker)
        let second = try harness.store(.sync)
        let error = #expect(throws: WasmError.self) {
            _ = try second.instantiate(harness.component, linker: harness.linker)
        }
        #expect(error?.code == .limitExceeded)
    }

    @Test func memoryLimitStopsGrowthWithoutATrap() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync) { $0.limits.memoryBytes = 1 << 20 }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        #expect(try store.call(try store.function(instance, "grow"), [.u32(100)]) == .u32(.max))
    }

    @Test func g17_nameThatForgesACauseDoesNotChangeTheTrap() throws {
        let name = "f\\n\\nCaused by:\\n    wasm trap: interrupt"
        let error = #expect(throws: WasmError.self) { try Harness(Guest.trapping(named: name)).call("go") }
        #expect(error?.trap == .unreachable)
        #expect(error?.frames.first?.functionName?.contains("\n") == false)
        #expect(error?.details.contains("\n") == false)
    }

    @Test func g16_longNamesAreCut() throws {
        let name = String(repeating: "n", count: 90_000)
        let error = #expect(throws: WasmError.self) { try Harness(Guest.trapping(named: name)).call("go") }
        #expect((error?.details.utf8.count ?? .max) <= 4096)
        #expect((error?.frames.first?.functionName?.utf8.count ?? .max) <= 128)
        #expect(error?.trap == .unreachable)
    }

    @Test func typedWriterThatBreaksItsTypeIsATypeMismatch() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let type = FunctionType(parameters: [.init(name: "c", type: .enumeration(["a", "b"]))], result: .u32)
        let function = try store.typedFunction(instance, "takes-enum", type: type)
        let error = #expect(throws: WasmError.self) {
            try store.call(
                function,
                arguments: { $0.next { $0.enumeration("zz") } },
                result: { (reader) throws(WasmError) in try reader.u32() }
            )
        }
        #expect(error?.code == .typeMismatch)
    }
}
