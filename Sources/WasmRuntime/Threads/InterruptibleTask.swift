internal import WasmCore

/// Runs code that is not the package's own so that it can hold up no end of a turn: in a task of its own.
enum InterruptibleTask {
    /// Runs an operation and waits for its end, or for that of the turn, whichever comes first.
    ///
    /// Where the turn ends first, the task is cancelled and left to itself: what it still does is lost.
    ///
    /// - Parameters:
    ///   - executor: Where it runs [wherever tasks run].
    ///   - interruption: Ends the turn. The turn's limit of time is armed for the wait.
    ///   - operation: The operation.
    /// - Returns: What the operation returns; nil where the turn has ended first.
    static func run<Value: Sendable>(
        on executor: (any TaskExecutor)? = nil,
        interruption: Interruption,
        _ operation: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let result = OneShot<Value?>()
        let wait = interruption.beginWait { result.resolve(nil) }
        let task = Task(executorPreference: executor) {
            // The turn may have ended before this began.
            if interruption.isInterrupted { return }
            result.resolve(await operation())
        }
        let value = await result.value()
        interruption.endWait(wait)
        if value == nil { task.cancel() }
        return value
    }
}
