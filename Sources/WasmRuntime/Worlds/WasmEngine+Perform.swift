internal import WasmComponentModel
public import WasmCore

extension WasmEngine {
    /// Has the host's own code call the exports of an instance, in one turn: see `GuestCaller.call` for what holds there.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - turn: What is done.
    ///   - executor: Where it is done: a `GuestExecutor` where the component imports WASI [wherever tasks run].
    /// - Returns: What the turn's code returned or threw; the instance is well.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin; `missingExport` or `wrongType` where the
    ///   component is not of the turn's world, after which the instance is well, too.
    public func perform<Answer: Sendable>(
        _ handle: ComponentHandle,
        _ turn: GuestTurn<Answer>,
        on executor: (any TaskExecutor)? = nil
    ) async throws(RuntimeError) -> Result<Answer, any Error> {
        let interruption = try instance(handle).host.interruption
        let outcome = try await self.turn(handle, export: nil) { resident throws(WasmError) in
            let outcome = await InterruptibleTask.run(on: executor, interruption: interruption) {
                await turn.run(resident)
            }
            guard let outcome else { throw WasmError(.interrupted, "the turn was ended from outside") }
            try Self.checkAfterTurn(resident.store, interruption)
            return outcome
        }
        switch outcome {
        case .answered(let answer): return .success(answer)
        case .threw(let error): return .failure(error)
        case .unbound(let error): throw RuntimeError(loading: error)
        }
    }

    /// What the host's own code leaves behind: a guest that is well, or the reason why the turn has ended abnormally,
    /// whatever that code made of it.
    private static func checkAfterTurn(_ store: borrowing Store, _ interruption: Interruption) throws(WasmError) {
        switch store.state {
        case .ready:
            return
        case .finished:
            throw store.failure ?? WasmError(.hostError, "the turn's own code gave a call up before its end")
        case .busy:
            let text = "the turn's own code returned while a call that it had started was under way"
            interruption.interrupt(.hostError(text))
            throw WasmError(.hostError, text)
        }
    }
}
