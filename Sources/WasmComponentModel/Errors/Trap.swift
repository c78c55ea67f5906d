/// Why a guest's call ended abnormally.
///
/// A trap finishes the guest's store for good. The set may grow: switch over it with a `default`.
public struct Trap: Hashable, Sendable {
    private enum Kind: String {
        case unreachable, memoryOutOfBounds, tableOutOfBounds, indirectCallToNull, badSignature, integerOverflow
        case integerDivideByZero, badConversionToInteger, stackOverflow, outOfFuel, interrupted, abiViolation
        case tooMuchData, handleLimit, other
    }

    private let kind: Kind

    private init(_ kind: Kind) {
        self.kind = kind
    }

    /// The guest executed `unreachable`: an assertion, a panic, or an allocator whose memory limit is reached.
    public static let unreachable = Trap(.unreachable)
    /// The guest accessed memory outside its bounds.
    public static let memoryOutOfBounds = Trap(.memoryOutOfBounds)
    /// The guest called through a table index outside its bounds.
    public static let tableOutOfBounds = Trap(.tableOutOfBounds)
    /// The guest called through an empty table slot.
    public static let indirectCallToNull = Trap(.indirectCallToNull)
    /// The guest called through a table slot of another signature.
    public static let badSignature = Trap(.badSignature)
    /// An integer operation overflowed.
    public static let integerOverflow = Trap(.integerOverflow)
    /// The guest divided an integer by zero.
    public static let integerDivideByZero = Trap(.integerDivideByZero)
    /// The guest converted a float that no integer represents.
    public static let badConversionToInteger = Trap(.badConversionToInteger)
    /// The guest recursed past `EngineConfiguration.maxWasmStack`.
    public static let stackOverflow = Trap(.stackOverflow)
    /// The store's fuel was used up.
    public static let outOfFuel = Trap(.outOfFuel)
    /// The epoch deadline passed.
    public static let interrupted = Trap(.interrupted)
    /// The guest broke the canonical ABI: a bad pointer, bad UTF-8, an unknown discriminant.
    public static let abiViolation = Trap(.abiViolation)
    /// More data crossed the boundary in one call than libwasmtime allows (128 MiB of its own accounting).
    public static let tooMuchData = Trap(.tooMuchData)
    /// The store holds more resource handles than libwasmtime allows (100,000).
    public static let handleLimit = Trap(.handleLimit)
    /// Anything else; the error's details say what.
    public static let other = Trap(.other)
}

extension Trap: CustomStringConvertible {
    /// The trap's name, as in `integerDivideByZero`.
    public var description: String { kind.rawValue }
}
