internal import Synchronization
internal import WasmCore

/// Keeps the ticker going until the engine is shut down and the last store is gone: without ticks a guest that never
/// returns would never be polled to its end.
final class EngineLifetime: Sendable {
    private struct State {
        var stores = 0
        var isShutDown = false
    }

    private let state = Mutex(State())
    private let ticker: any EpochTicker

    init(ticker: any EpochTicker) {
        self.ticker = ticker
    }

    var isShutDown: Bool { state.withLock { $0.isShutDown } }

    /// Counts a store, before any code of its guest runs.
    ///
    /// - Throws: `RuntimeError.shutDown`; nothing is counted then.
    func storeBegins() throws(RuntimeError) {
        let isShutDown = state.withLock { state in
            if !state.isShutDown { state.stores += 1 }
            return state.isShutDown
        }
        if isShutDown { throw RuntimeError(.shutDown, "the engine was shut down; make another one") }
    }

    func storeEnds() {
        let isLast = state.withLock { state in
            state.stores -= 1
            return state.isShutDown && state.stores == 0
        }
        if isLast { ticker.stop() }
    }

    func shutdown() {
        let isIdle = state.withLock { state in
            state.isShutDown = true
            return state.stores == 0
        }
        if isIdle { ticker.stop() }
    }
}
