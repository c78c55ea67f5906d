public import WasmCore

/// What went wrong in the runtime: one type, with a code to decide by and a message that says what to do.
///
/// A guest error (`ActorError`) is not one of these: it is an ordinary result.
public struct RuntimeError: Error, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case notAComponent, invalidComponent, tooLarge, unsupportedType, missingExport, wrongType, unknownImport
            case staleHandle, busy, instanceFinished, trap, limit, interrupted, denied, hostError
            case invalidLimits, invalidConfiguration, tooManyInstances, threadsExhausted, shutDown
        }

        private let kind: Kind

        /// The bytes are no component: a core module, text, something else, or cut off.
        public static let notAComponent = Code(kind: .notAComponent)
        /// The component does not compile.
        public static let invalidComponent = Code(kind: .invalidComponent)
        /// The bytes are more than the engine compiles, or a value is more than a call carries.
        public static let tooLarge = Code(kind: .tooLarge)
        /// A signature has a type that the component C API cannot carry: stream, future, error-context.
        public static let unsupportedType = Code(kind: .unsupportedType)
        /// The component lacks an export of the world.
        public static let missingExport = Code(kind: .missingExport)
        /// An export or import has another type than the world says.
        public static let wrongType = Code(kind: .wrongType)
        /// The component imports what nobody supplies.
        public static let unknownImport = Code(kind: .unknownImport)
        /// The handle's instance is gone.
        public static let staleHandle = Code(kind: .staleHandle)
        /// A turn is running in this instance already.
        public static let busy = Code(kind: .busy)
        /// The instance ended earlier, by a trap or an interruption.
        public static let instanceFinished = Code(kind: .instanceFinished)
        /// The guest's code ended abnormally.
        public static let trap = Code(kind: .trap)
        /// The guest reached a limit.
        public static let limit = Code(kind: .limit)
        /// The turn was ended from outside.
        public static let interrupted = Code(kind: .interrupted)
        /// The guest was denied a host function whose result cannot say so.
        public static let denied = Code(kind: .denied)
        /// The host failed.
        public static let hostError = Code(kind: .hostError)
        /// The limits given make no sense.
        public static let invalidLimits = Code(kind: .invalidLimits)
        /// The engine cannot be configured so.
        public static let invalidConfiguration = Code(kind: .invalidConfiguration)
        /// As many instances live as the engine admits.
        public static let tooManyInstances = Code(kind: .tooManyInstances)
        /// The system gave no thread.
        public static let threadsExhausted = Code(kind: .threadsExhausted)
        /// The engine was shut down.
        public static let shutDown = Code(kind: .shutDown)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// What kind of thing went wrong.
    public let code: Code
    /// What went wrong, and what to do.
    public let message: String
    /// Why the instance is finished; nil where it is not, or never was.
    public let exitReason: ExitReason?
    /// The actor in whose instance it happened.
    public let actor: ActorID?
    /// The export that was called.
    public let export: String?
    /// The guest's backtrace, innermost frame first; empty where there is none.
    public let frames: [String]
    /// libwasmtime's own words.
    public let underlying: String?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What kind of thing went wrong.
    ///   - message: What went wrong, and what to do.
    ///   - exitReason: Why the instance is finished.
    ///   - actor: The actor in whose instance it happened.
    ///   - export: The export that was called.
    ///   - frames: The guest's backtrace.
    ///   - underlying: libwasmtime's own words.
    public init(
        _ code: Code,
        _ message: String,
        exitReason: ExitReason? = nil,
        actor: ActorID? = nil,
        export: String? = nil,
        frames: [String] = [],
        underlying: String? = nil
    ) {
        self.code = code
        self.message = message
        self.exitReason = exitReason
        self.actor = actor
        self.export = export
        self.frames = frames
        self.underlying = underlying
    }

    /// The message, with where it happened and the backtrace.
    public var description: String {
        var text = "\(code): \(message)"
        if let actor { text += "\n  in \(actor)" }
        if let export { text += actor == nil ? "\n  in \(export)" : ", export \(export)" }
        for frame in frames { text += "\n    at \(frame)" }
        return text
    }
}
