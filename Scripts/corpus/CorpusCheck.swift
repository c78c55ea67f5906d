import WasmComponentModel

/// What is checked of the bindings of one world. A function with a C name returns it, and the program calls it.
open class CorpusCheck: @unchecked Sendable {
    // Unchecked because a class that is open cannot be checked: this one has no state, and subclasses are immutable.

    /// Makes one.
    public init() {}

    /// Checks.
    ///
    /// - Parameter files: What the command line names: components, and what else a check needs.
    /// - Returns: What is to be printed.
    /// - Throws: What went wrong.
    nonisolated(nonsending) open func run(_ files: [String]) async throws -> String { "" }

    /// The check as what a function with a C name can return; the caller owns it.
    @safe public var retained: UnsafeMutableRawPointer { unsafe Unmanaged.passRetained(self).toOpaque() }

    /// The engine that a program has that changes nothing, or one for everything that the library carries.
    static func engine(forEverything: Bool) throws(WasmError) -> Engine {
        var configuration = EngineConfiguration()
        if forEverything {
            configuration.features = .all
            configuration.concurrencySupport = true
        }
        return try Engine(configuration)
    }
}
