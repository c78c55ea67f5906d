public import WasmCore

extension ActorClock {
    /// Waits until some time has passed on this clock.
    ///
    /// - Parameter duration: How long.
    /// - Throws: `CancellationError` where the waiting task is cancelled.
    public func sleep(for duration: Duration) async throws(CancellationError) {
        let end = OneShot<Bool>()
        let timer = schedule(after: duration) { end.resolve(true) }
        let sleptThrough = await withTaskCancellationHandler {
            await end.value()
        } onCancel: {
            end.resolve(false)
        }
        cancel(timer)
        guard sleptThrough else { throw CancellationError() }
    }
}
