/// What a host function learns about the call that it serves.
public struct HostCall: Sendable {
    /// The data of the store that the guest runs in: `StoreConfiguration.data`.
    public let data: (any AnyObject & Sendable)?
    /// Ends the guest's store.
    public let interruptHandle: InterruptHandle

    /// The same call with other data.
    ///
    /// - Parameter data: what the function is to take for the store's data.
    /// - Returns: the call.
    public func with(data: any AnyObject & Sendable) -> HostCall {
        HostCall(data: data, interruptHandle: interruptHandle)
    }
}

/// What an asynchronous host function has still to do when its arguments are read.
///
/// The operation is awaited by the task that made the guest's call, while the guest is suspended. It returns a closure
/// that writes the result, which runs when the guest goes on.
public struct PendingHostCall: Sendable {
    /// Writes the result.
    public typealias Completion = @Sendable (inout ResultWriter) throws(WasmError) -> Void

    let operation: @Sendable () async -> Completion

    /// Makes a pending call.
    ///
    /// - Parameter operation: does the work and returns what writes the result. It must not fail: a failure that the
    ///   guest can handle is a `result`, and one that must end the guest is thrown by the closure it returns. When the
    ///   task is cancelled it should return early; the guest does not go on then.
    public init(_ operation: @escaping @Sendable () async -> Completion) {
        self.operation = operation
    }

    /// Does the work.
    ///
    /// - Returns: what writes the result.
    public func run() async -> Completion { await operation() }
}
