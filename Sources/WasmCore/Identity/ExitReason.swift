/// Why an actor ended.
public enum ExitReason: Error, Hashable, Sendable, CustomStringConvertible {
    /// It asked for its end.
    case normal
    /// It was stopped.
    case shutdown
    /// `initialize` refused, or the guest ended itself with a failure: its text.
    case failed(String)
    /// The guest's code ended abnormally.
    case trap(TrapCode)
    /// It reached a limit.
    case limit(LimitKind)
    /// It was denied this capability, under a policy that stops on denial.
    case denied(String)
    /// It was killed.
    case killed
    /// Its upgrade failed: why.
    case upgradeFailed(String)
    /// The host failed: how.
    case hostError(String)

    /// Whether a transient child that ended so is started again: all but `normal` and `shutdown`.
    public var isAbnormal: Bool {
        switch self {
        case .normal, .shutdown: false
        default: true
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .normal: "normal"
        case .shutdown: "shutdown"
        case .failed(let text): "failed: \(text)"
        case .trap(let code): "trap: \(code)"
        case .limit(let kind): "limit: \(kind)"
        case .denied(let capability): "denied: \(capability)"
        case .killed: "killed"
        case .upgradeFailed(let text): "upgrade failed: \(text)"
        case .hostError(let text): "host error: \(text)"
        }
    }
}

/// Why a guest's code ended abnormally.
public enum TrapCode: Hashable, Sendable, CaseIterable {
    /// An `unreachable` instruction: an abort, a failed precondition, a panic.
    case unreachable
    /// A load or store outside the memory.
    case memoryOutOfBounds
    /// An access outside a table.
    case tableOutOfBounds
    /// An indirect call of nothing.
    case indirectCallToNull
    /// An indirect call of a function of another type.
    case badSignature
    /// A result that does not fit its integer.
    case integerOverflow
    /// A division by zero.
    case integerDivideByZero
    /// A float that no integer stands for.
    case badConversionToInteger
    /// The stack is used up.
    case stackOverflow
    /// The fuel is used up.
    case outOfFuel
    /// The host stopped it.
    case interrupted
    /// The guest broke the canonical ABI: a bad pointer, invalid UTF-8, a discriminant out of range.
    case abiViolation
    /// More was passed in one call than the host carries.
    case tooMuchData
    /// None of the others.
    case other
}

/// Which limit ended an actor.
public enum LimitKind: Hashable, Sendable, CaseIterable {
    /// Bytes of a linear memory.
    case memory
    /// Elements of a table.
    case tables
    /// Core instances.
    case instances
    /// Wall time of a turn.
    case turnTime
    /// Executing time of a turn.
    case cpuTime
    /// Fuel of a turn.
    case fuel
    /// Bytes that the host calls of a turn carried.
    case hostCallBytes
    /// Resource handles.
    case handles
}
