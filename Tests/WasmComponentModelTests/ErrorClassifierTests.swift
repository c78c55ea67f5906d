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

    @Test func g21_fuelEndsALoopAfterTheReturn() throws {
        var configuration = Harness.engineConfiguration
        configuration.consumeFuel = true
        let harness = try Harness(Guest.many, configuration)
        let store = try harness.store(.sync) { $0.fuel = 100_000 }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let function = try store.function(instance, "postspin")
        let error = #expect(throws: WasmError.self) { try store.call(function, [.u32(3)]) }
        #expect(error?.trap == .outOfFuel)
    }

    @Test func g3_recursionOnTheCallersStackIsATrap() throws {
        let error = #expect(throws: WasmError.self) { try Harness(Guest.many).call("rec", .u32(1)) }
        #expect(error?.trap == .stackOverflow)
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

    private static let shapes = FunctionType(
        parameters: [
            .init(name: "choice", type: .variant([.init(name: "a"), .init(name: "b", payload: .u32)])),
            .init(name: "color", type: .enumeration(["red", "green"])),
            .init(name: "rights", type: .flags(["read", "write"])),
            .init(name: "point", type: .record([.init(name: "x", type: .u32), .init(name: "y", type: .u32)])),
            .init(name: "pair", type: .tuple([.u32, .u32])),
        ]
    )

    /// What a typed writer can get wrong although its function's type was checked, each in place of a right argument.
    private static let mistakes: [(index: Int, write: @Sendable (inout ValueWriter) -> Void)] = [
        (0, { $0.variant("z") }), (0, { $0.variant("a") { $0.u32(1) } }), (0, { $0.variant("b") }),
        (1, { $0.enumeration("blue") }), (2, { $0.flags(["run"]) }),
        (3, { $0.record(1) { $0.field("x") { $0.u32(1) } } }),
        (
            3,
            {
                $0.record(2) {
                    $0.field("y") { $0.u32(1) }
                    $0.field("x") { $0.u32(1) }
                }
            }
        ),
        (4, { $0.tuple(1) { $0.next { $0.u32(1) } } }),
        (
            4,
            {
                $0.tuple(2) {
                    $0.next { $0.u32(1) }
                    $0.next { $0.s64(1) }
                }
            }
        ),
    ]

    @Test(arguments: mistakes.indices) func typedWriterThatBreaksItsTypeIsATypeMismatch(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let harness = try Harness(Guest.shapes)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let function = try store.typedFunction(instance, "take", type: Self.shapes)
        let right: [@Sendable (inout ValueWriter) -> Void] = [
            { $0.variant("a") }, { $0.enumeration("red") }, { $0.flags([]) },
            {
                $0.record(2) {
                    $0.field("x") { $0.u32(1) }
                    $0.field("y") { $0.u32(2) }
                }
            },
            {
                $0.tuple(2) {
                    $0.next { $0.u32(1) }
                    $0.next { $0.u32(2) }
                }
            },
        ]
        func call(_ writes: [@Sendable (inout ValueWriter) -> Void]) throws {
            try store.call(
                function,
                arguments: { writer in
                    for write in writes { writer.next { write(&$0) } }
                },
                result: { (_) throws(WasmError) in () }
            )
        }
        try call(right)
        var writes = right
        writes[mistake.index] = mistake.write
        let wrong = writes
        let error = #expect(throws: WasmError.self) { try call(wrong) }
        #expect(error?.code == .typeMismatch)
        #expect(store.state == .finished)
    }
}
