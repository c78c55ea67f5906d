import Synchronization
import Testing
import WasmCore

@testable import WasmRuntime

@Suite("The life of an engine")
struct EngineLifetimeTests {
    private final class Ticker: EpochTicker {
        private let state = Atomic<Bool>(false)
        let interval = Duration.milliseconds(5)

        func start(_ tick: @escaping @Sendable () -> Void) -> Bool {
            state.store(true, ordering: .relaxed)
            return true
        }

        var isTicking: Bool { state.load(ordering: .relaxed) }

        func stop() { state.store(false, ordering: .relaxed) }
    }

    @Test("the ticker goes on until the last store is gone, and no store comes after the shutdown")
    func shutdown() throws {
        let ticker = Ticker()
        #expect(ticker.start {})
        let lifetime = EngineLifetime(ticker: ticker)
        try lifetime.storeBegins()
        lifetime.shutdown()
        #expect(ticker.isTicking)
        let error = #expect(throws: RuntimeError.self) { try lifetime.storeBegins() }
        #expect(error?.code == .shutDown)
        lifetime.storeEnds()
        #expect(!ticker.isTicking)
    }

    @Test("an engine whose ticker does not tick is no engine")
    func noTicks() {
        let ticker = ThreadTicker()
        ticker.stop()
        let error = #expect(throws: RuntimeError.self) { try WasmEngine(ticker: ticker) }
        #expect(error?.code == .threadsExhausted)
    }
}
