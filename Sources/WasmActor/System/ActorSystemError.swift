public import WasmCore
public import WasmRuntime

/// Why an actor, or the system, could not be started.
///
/// What goes wrong with a message is a `MessagingError`.
public struct ActorSystemError: Error, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case nameTaken, unreadableFile, invalidComponent, invalidOptions, startFailed, cancelled, runtime, shutDown
        }

        private let kind: Kind

        /// An actor of this id is running already.
        public static let nameTaken = Code(kind: .nameTaken)
        /// The component's file cannot be read.
        public static let unreadableFile = Code(kind: .unreadableFile)
        /// The engine does not take the component; `runtimeError` says why.
        public static let invalidComponent = Code(kind: .invalidComponent)
        /// An option makes no sense.
        public static let invalidOptions = Code(kind: .invalidOptions)
        /// The instance could not be made, or its `initialize` refused or trapped; `exitReason` says why.
        public static let startFailed = Code(kind: .startFailed)
        /// The task that spawned was cancelled.
        public static let cancelled = Code(kind: .cancelled)
        /// The runtime itself could not be started; `runtimeError` says why.
        public static let runtime = Code(kind: .runtime)
        /// The system was shut down.
        public static let shutDown = Code(kind: .shutDown)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// What kind of thing went wrong.
    public let code: Code
    /// What went wrong, and what to do.
    public let message: String
    /// The actor that was to be.
    public let actor: ActorID?
    /// Why it ended, where it got as far as that.
    public let exitReason: ExitReason?
    /// The runtime's own error, where that is the cause.
    public let runtimeError: RuntimeError?

    init(
        _ code: Code,
        _ message: String,
        actor: ActorID? = nil,
        exitReason: ExitReason? = nil,
        runtimeError: RuntimeError? = nil
    ) {
        self.code = code
        self.message = message
        self.actor = actor
        self.exitReason = exitReason
        self.runtimeError = runtimeError
    }

    /// The code, the message and the cause.
    public var description: String {
        var text = "\(code): \(message)"
        if let runtimeError { text += "\n\(runtimeError)" }
        return text
    }
}
