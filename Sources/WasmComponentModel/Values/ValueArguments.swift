import CWasmtime

/// Writes the arguments of a call, in order.
@safe public struct ArgumentWriter: ~Copyable {
    private let slots: UnsafeMutablePointer<CValue>
    private let count: Int
    private let store: Unmanaged<StoreCore>
    /// How many arguments were written, also beyond those that the function takes.
    private(set) var written = 0

    init(slots: UnsafeMutablePointer<CValue>, count: Int, store: Unmanaged<StoreCore>) {
        unsafe self.slots = slots
        self.count = count
        unsafe self.store = store
    }

    /// Writes the next argument.
    ///
    /// - Parameter body: writes its value.
    public mutating func next(_ body: (inout ValueWriter) -> Void) {
        guard written < count else {
            written += 1
            return
        }
        var writer = unsafe ValueWriter(slots + written, store)
        written += 1
        body(&writer)
    }
}

/// Reads the arguments that a guest passed to a host function.
@safe public struct ArgumentReader: ~Copyable {
    let slots: UnsafeMutablePointer<CValue>
    private let store: Unmanaged<StoreCore>
    /// How many arguments there are.
    public let count: Int

    init(slots: UnsafeMutablePointer<CValue>, count: Int, store: Unmanaged<StoreCore>) {
        unsafe self.slots = slots
        self.count = count
        unsafe self.store = store
    }

    /// Reads an argument.
    ///
    /// - Parameters:
    ///   - index: the argument's position.
    ///   - body: reads its value.
    /// - Returns: what `body` returns.
    /// - Throws: `WasmError.Code.typeMismatch` where there is no such argument, and what `body` throws.
    public func argument<Argument: ~Copyable>(
        _ index: Int,
        _ body: (borrowing ValueReader) throws(WasmError) -> Argument
    ) throws(WasmError) -> Argument {
        guard index >= 0, index < count else {
            throw WasmError(.typeMismatch, "argument \(index) of a function that received \(count)")
        }
        return try body(unsafe ValueReader(slots + index, store))
    }
}

/// Writes the one result of a host function.
public typealias ResultWriter = ValueWriter
