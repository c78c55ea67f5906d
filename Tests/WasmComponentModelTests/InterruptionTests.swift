import Testing
import WasmComponentModel

struct InterruptionTests {
    @Test func interruptEndsASpinningGuest() async throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let spin = try store.function(instance, "spin")
        let handle = store.interruptHandle
        let error = try await Ticker.during(harness.engine) {
            async let interruption: Void = handle.interrupt()
            let error = await #expect(throws: WasmError.self) { try await store.callAsync(spin, []) }
            await interruption
            return error
        }
        #expect(error?.code == .interrupted)
        #expect(store.state == .finished)
    }

    @Test func interruptEndsEveryLaterCallAtOnce() async throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let add = try store.function(instance, "add")
        store.interruptHandle.interrupt()
        for _ in 0..<2 {
            let error = #expect(throws: WasmError.self) { try store.call(add, [.u32(1), .u32(2)]) }
            #expect(error?.code == .interrupted)
        }
    }

    @Test func interruptWhileAHostFunctionRunsEndsTheCall() throws {
        let harness = try Harness.host(g: { call, arguments in
            call.interruptHandle.interrupt()
            return arguments[0]
        })
        let error = #expect(throws: WasmError.self) { try harness.call("callg", .u32(1)) }
        #expect(error?.code == .interrupted)
    }

    @Test func interruptHandlerRunsOnceAndAtOnceWhenItIsLate() async throws {
        let store = try Harness(Guest.many).store(.async)
        let handle = store.interruptHandle
        let calls = Box(0)
        await handle.withInterruptHandler {
            handle.interrupt()
            handle.interrupt()
        } onInterrupt: {
            calls.value += 1
        }
        #expect(calls.value == 1)
        await handle.withInterruptHandler {
        } onInterrupt: {
            calls.value += 1
        }
        #expect(calls.value == 2)
    }

    @Test func cancellationOfTheTaskEndsTheCall() async throws {
        let harness = try Harness(Guest.many)
        let error = try await Ticker.during(harness.engine) {
            let task = Task { () -> WasmError.Code? in
                do {
                    _ = try await harness.callAsync("spin")
                } catch let error as WasmError {
                    return error.code
                }
                return nil
            }
            task.cancel()
            return try await task.value
        }
        #expect(error == .cancelled)
    }

    @Test func cancellationIsLeftAsideWhereTheStoreSaysSo() async throws {
        let harness = try Harness(Guest.many)
        let result = try await Ticker.during(harness.engine) {
            let task = Task { () -> Value? in
                let store = try harness.store(.async) { $0.observesCancellation = false }
                let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
                return try await store.callAsync(try store.function(instance, "work"), [.u32(3_000_000)])
            }
            task.cancel()
            return try await task.value
        }
        #expect(result != nil)
    }

    @Test func onSliceCountsTheSlicesOfACallAndMayEndIt() async throws {
        let harness = try Harness(Guest.many)
        let seen = Box<[Int]>([])
        let store = try harness.store(.async) { configuration in
            configuration.onSlice = { count in
                seen.value.append(count)
                return count < 3 ? .continue : .interrupt
            }
        }
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let spin = try store.function(instance, "spin")
        let error = try await Ticker.during(harness.engine) {
            await #expect(throws: WasmError.self) { try await store.callAsync(spin, []) }
        }
        #expect(error?.code == .interrupted)
        #expect(seen.value == [1, 2, 3])
    }

    @Test func callOfTheOtherKindIsRefused() async throws {
        let harness = try Harness(Guest.many)
        let sync = try harness.store(.sync)
        let instance = try sync.instantiate(harness.component, linker: harness.linker)
        let add = try sync.function(instance, "add")
        let first = await #expect(throws: WasmError.self) { try await sync.callAsync(add, [.u32(1), .u32(2)]) }
        #expect(first?.code == .storeKind)
        let async = try harness.store(.async)
        let second = #expect(throws: WasmError.self) {
            _ = try async.instantiate(harness.component, linker: harness.linker)
        }
        #expect(second?.code == .storeKind)
    }

    @Test func synchronousStoreRefusesAsynchronousHostFunctions() throws {
        let harness = try Harness(Guest.host) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("f", type: Harness.hostF) { _, _ in .string("") }
                try root.defineAsync("g", type: Harness.hostG) { _, arguments in arguments[0] }
            }
        }
        let error = #expect(throws: WasmError.self) { try harness.call("callg", .u32(1)) }
        #expect(error?.code == .storeKind)
    }
}
