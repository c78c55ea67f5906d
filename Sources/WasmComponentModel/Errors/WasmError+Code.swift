extension WasmError {
    /// What kind of failure an error is. The set may grow: switch over it with a `default`.
    public struct Code: Hashable, Sendable {
        private enum Kind: String {
            case invalidConfiguration, libraryMismatch
            case notAComponent, invalidComponent, tooLarge, unsupportedType
            case missingImport, missingExport, typeMismatch, alreadyDefined, invalidName
            case invalidValue, wrongStore, wrongEngine, storeKind, storeBusy, storeFinished
            case limitExceeded, admission, trap, hostError, denied, interrupted, cancelled, exit, internalError
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// A setting of an `EngineConfiguration` or a `StoreConfiguration` that libwasmtime would refuse.
        public static let invalidConfiguration = Code(.invalidConfiguration)
        /// The libwasmtime that was loaded is not the one that this package is built for.
        public static let libraryMismatch = Code(.libraryMismatch)
        /// The bytes are no component: a core module, text, or something else.
        public static let notAComponent = Code(.notAComponent)
        /// The bytes begin as a component but libwasmtime refuses them: truncated, malformed, or a feature is off.
        public static let invalidComponent = Code(.invalidComponent)
        /// The bytes or a value are larger than the limit.
        public static let tooLarge = Code(.tooLarge)
        /// A type whose values cannot be carried, such as a stream.
        public static let unsupportedType = Code(.unsupportedType)
        /// The component imports something that the linker does not define.
        public static let missingImport = Code(.missingImport)
        /// The instance exports nothing of that name.
        public static let missingExport = Code(.missingExport)
        /// A function or value has another type than expected.
        public static let typeMismatch = Code(.typeMismatch)
        /// The linker defines that name already.
        public static let alreadyDefined = Code(.alreadyDefined)
        /// The name is not one that the component model allows.
        public static let invalidName = Code(.invalidName)
        /// A value does not belong to its type.
        public static let invalidValue = Code(.invalidValue)
        /// An instance, function or resource was used with another store than its own.
        public static let wrongStore = Code(.wrongStore)
        /// A component, linker or store was used with another engine than its own.
        public static let wrongEngine = Code(.wrongEngine)
        /// A synchronous use of an asynchronous store, or the other way round.
        public static let storeKind = Code(.storeKind)
        /// The store runs a call already.
        public static let storeBusy = Code(.storeBusy)
        /// The store ended by a trap, an interruption or an exit, and runs nothing more.
        public static let storeFinished = Code(.storeFinished)
        /// A limit of the store was reached.
        public static let limitExceeded = Code(.limitExceeded)
        /// The process holds as many stores as it can.
        public static let admission = Code(.admission)
        /// The guest trapped; `WasmError.trap` says why.
        public static let trap = Code(.trap)
        /// A host function threw; `WasmError.underlying` is what it threw.
        public static let hostError = Code(.hostError)
        /// A `HostInterceptor` denied the guest a call, and the function's result has no way to say so; the message names
        /// the capability.
        public static let denied = Code(.denied)
        /// The call was ended by `InterruptHandle.interrupt()` or by the store's `onSlice`.
        public static let interrupted = Code(.interrupted)
        /// The call was ended because its task was cancelled.
        public static let cancelled = Code(.cancelled)
        /// The guest called WASI `exit`; `WasmError.exitStatus` is its status, 0 included.
        public static let exit = Code(.exit)
        /// A failure that libwasmtime or this module calls its own bug.
        public static let internalError = Code(.internalError)
    }
}

extension WasmError.Code: CustomStringConvertible {
    /// The code's name, as in `storeBusy`.
    public var description: String { kind.rawValue }
}
