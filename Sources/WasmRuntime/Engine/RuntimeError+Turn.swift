internal import WasmComponentModel
internal import WasmCore

extension RuntimeError {
    /// What the end of a turn means. Own evidence comes first: an interruption that we asked for, then the kind of
    /// error; libwasmtime's text only says which trap it was.
    init(turn error: WasmError, host: HostState, export: String?) {
        let details = error.details.isEmpty ? nil : error.details
        let frames = error.frames.map(\.description)
        func make(_ code: Code, _ message: String, _ reason: ExitReason?) -> RuntimeError {
            RuntimeError(
                code,
                message,
                exitReason: reason,
                actor: host.id,
                export: export,
                frames: frames,
                underlying: details
            )
        }
        switch error.code {
        case .storeBusy:
            self = make(.busy, "a turn runs in this instance already; wait for its end", nil)
            return
        case .admission:
            self = make(.tooManyInstances, error.message, nil)
            return
        default:
            break
        }
        if let reason = host.interruption.reason {
            switch reason {
            case .limit(let kind):
                self = make(.limit, "the guest reached its limit: \(kind)", reason)
            case .denied(let capability):
                self = make(.denied, "the guest was denied \(capability), which its policy ends it for", reason)
            default:
                self = make(.interrupted, "the turn was ended from outside: \(reason)", reason)
            }
            return
        }
        switch error.code {
        case .trap:
            let code = TrapCode(error.trap ?? .other)
            if let kind = LimitKind(trap: code, frames: error.frames) {
                self = make(.limit, "the guest reached its limit: \(kind)", .limit(kind))
            } else {
                self = make(.trap, "the guest's code ended abnormally: \(code)", .trap(code))
            }
        case .denied:
            self = make(
                .denied,
                "the guest was denied \(error.message), and the function's result cannot say so",
                .denied(error.message)
            )
        case .limitExceeded:
            self = make(.limit, error.message, .limit(.memory))
        case .exit:
            self = make(.trap, error.message, .trap(.other))
        case .storeFinished:
            self = make(.instanceFinished, error.message, .hostError("the instance ended earlier"))
        default:
            self = make(.hostError, error.message, .hostError(error.message))
        }
    }
}

extension LimitKind {
    /// Which limit lies behind a trap.
    ///
    /// A guest that is refused memory sees -1 and aborts, which looks like any other abort; guests with our bindings
    /// abort in a function whose name says so.
    fileprivate init?(trap: TrapCode, frames: [Frame]) {
        switch trap {
        case .outOfFuel:
            self = .fuel
        case .unreachable where frames.prefix(4).contains { $0.functionName == Self.outOfMemoryFunction }:
            self = .memory
        default:
            return nil
        }
    }

    private static let outOfMemoryFunction = "wasm_actors_out_of_memory"
}

extension TrapCode {
    fileprivate init(_ trap: Trap) {
        self =
            switch trap {
            case .unreachable: .unreachable
            case .memoryOutOfBounds: .memoryOutOfBounds
            case .tableOutOfBounds: .tableOutOfBounds
            case .indirectCallToNull: .indirectCallToNull
            case .badSignature: .badSignature
            case .integerOverflow: .integerOverflow
            case .integerDivideByZero: .integerDivideByZero
            case .badConversionToInteger: .badConversionToInteger
            case .stackOverflow: .stackOverflow
            case .outOfFuel: .outOfFuel
            case .interrupted: .interrupted
            case .abiViolation: .abiViolation
            case .tooMuchData: .tooMuchData
            default: .other
            }
    }
}
