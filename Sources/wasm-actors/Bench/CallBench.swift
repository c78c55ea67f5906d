import CallFloor
import WasmComponentModel

/// `call-sync` and `call-async`: the generated call of an export that adds two numbers.
struct CallBench {
    let runner: BenchRunner

    /// Synchronous calls.
    func sync() async throws -> BenchFigure {
        let component = try Component(engine: Engine(), text: BenchComponent.text)
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        let store = try Store(engine: component.engine, configuration: configuration)
        let instance = try store.instantiate(component, linker: Linker(engine: component.engine).finish())
        let calls = try CallsExports(store: store, instance: instance)
        return try await runner.compare("call-sync", calls: 500_000, floor: floor(CALL_FLOOR_ADD_SYNC)) { count in
            try round(of: count) { number in try calls.add(store, a: number, b: 1) }
        }
    }

    /// Asynchronous calls.
    func async() async throws -> BenchFigure {
        let component = try Component(engine: Engine(), text: BenchComponent.text)
        let store = try Store(engine: component.engine)
        let instance = try await store.instantiateAsync(component, linker: Linker(engine: component.engine).finish())
        let calls = try CallsExports(store: store, instance: instance)
        return try await runner.compare("call-async", calls: 250_000, floor: floor(CALL_FLOOR_ADD_ASYNC)) { count in
            var received = 0
            let start = ContinuousClock.now
            for number in 0..<UInt32(count) where try await calls.add(store, a: number, b: 1) == number + 1 {
                received += 1
            }
            return BenchRound(nanoseconds: start.nanosecondsPerCall(count), received: received)
        }
    }

    /// One round of synchronous calls. A function of its own, so that the overload without `await` is taken.
    private func round(of count: Int, _ add: (UInt32) throws -> UInt32) rethrows -> BenchRound {
        var received = 0
        let start = ContinuousClock.now
        for number in 0..<UInt32(count) where try add(number) == number + 1 {
            received += 1
        }
        return BenchRound(nanoseconds: start.nanosecondsPerCall(count), received: received)
    }

    private func floor(_ kind: call_floor_kind_t) throws -> CallFloorLoop {
        try CallFloorLoop(
            kind,
            component: Array(BenchComponent.text.utf8),
            interface: BenchComponent.interface,
            function: "add"
        )
    }
}
