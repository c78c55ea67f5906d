public import WasmCore
public import WasmRuntime

/// Why an actor, or the system, could not be started.
///
/// What goes wrong with a message is a `MessagingError`.
public struct ActorSystemError: Error, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case nameTaken, notFound, unreadableFile, invalidComponent, invalidOptions, startFailed, cancelled, storage,
                runtime, shutDown
            case unknownComponent, notRunning, tooManyDescendants
        }

        private let kind: Kind

        /// An actor of this id, or a tree of this name, is running already.
        public static let nameTaken = Code(kind: .nameTaken)
        /// No actor of this id runs.
        public static let notFound = Code(kind: .notFound)
        /// The component's file cannot be read.
        public static let unreadableFile = Code(kind: .unreadableFile)
        /// The engine does not take the component; `runtimeError` says why.
        public static let invalidComponent = Code(kind: .invalidComponent)
        /// The source of components knows none of this name, or cannot read it.
        public static let unknownComponent = Code(kind: .unknownComponent)
        /// The supervisor takes no children now: it is gone, or waits for its own supervisor.
        public static let notRunning = Code(kind: .notRunning)
        /// As many actors live because of one as its options allow.
        public static let tooManyDescendants = Code(kind: .tooManyDescendants)
        /// An option makes no sense.
        public static let invalidOptions = Code(kind: .invalidOptions)
        /// The instance could not be made, or its `initialize` refused or trapped; `exitReason` says why.
        public static let startFailed = Code(kind: .startFailed)
        /// The task that spawned was cancelled.
        public static let cancelled = Code(kind: .cancelled)
        /// The storage failed.
        public static let storage = Code(kind: .storage)
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
