/// The one error type of this module.
///
/// A guest that returns `err(...)` is no error here: that is an ordinary `Value.result`.
public struct WasmError: Error, Sendable {
    /// What kind of failure this is.
    public var code: Code { storage.code }
    /// What happened and what to do about it: at most 4 KiB, control characters escaped.
    public var message: String { storage.message }
    /// libwasmtime's own text where it gave one: at most 4 KiB, control characters escaped.
    public var details: String { storage.details }
    /// Why the guest's call ended, for `Code.trap`.
    public var trap: Trap? { storage.trap }
    /// The guest's backtrace, the innermost frame first: at most 20 frames.
    public var frames: [Frame] { storage.frames }
    /// The status that the guest passed to WASI `exit`, for `Code.exit`.
    public var exitStatus: Int32? { storage.exitStatus }
    /// The error that a host function threw, for `Code.hostError`.
    public var underlying: (any Error)? { storage.underlying }

    /// Everything in one heap object, so that a function which throws this passes one word.
    private let storage: Storage

    private final class Storage: Sendable {
        let code: Code
        let message: String
        let details: String
        let trap: Trap?
        let frames: [Frame]
        let exitStatus: Int32?
        let underlying: (any Error)?

        init(
            code: Code,
            message: String,
            details: String,
            trap: Trap?,
            frames: [Frame],
            exitStatus: Int32?,
            underlying: (any Error)?
        ) {
            self.code = code
            self.message = message
            self.details = details
            self.trap = trap
            self.frames = frames
            self.exitStatus = exitStatus
            self.underlying = underlying
        }
    }

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: what kind of failure it is.
    ///   - message: what happened and what to do about it; it is cut to 4 KiB and escaped.
    ///   - details: the text of a lower layer; it is cut to 4 KiB and escaped.
    ///   - trap: why the guest's call ended.
    ///   - frames: the guest's backtrace.
    ///   - exitStatus: the status that the guest passed to WASI `exit`.
    ///   - underlying: the error that caused this one.
    public init(
        _ code: Code,
        _ message: String,
        details: String = "",
        trap: Trap? = nil,
        frames: [Frame] = [],
        exitStatus: Int32? = nil,
        underlying: (any Error)? = nil
    ) {
        storage = Storage(
            code: code,
            message: message.escapedAndCut(to: WasmError.maximumTextLength),
            details: details.escapedAndCut(to: WasmError.maximumTextLength),
            trap: trap,
            frames: frames,
            exitStatus: exitStatus,
            underlying: underlying
        )
    }

    /// The length in UTF-8 bytes beyond which texts are cut.
    static let maximumTextLength = 4096
}

extension WasmError: CustomStringConvertible {
    /// The code, the message, and libwasmtime's text where there is one.
    public var description: String {
        "\(code): \(message)\(details.isEmpty ? "" : " (\(details))")"
    }
}
