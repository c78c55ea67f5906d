/// When durable actors leave memory: their guest's state is saved, their instance dropped, and the next message brings
/// both back.
///
/// Only actors of a durable component that have nothing to do are taken, and none whose guest has timers set or waits
/// for a response of `request-later`. Who was used least recently goes first.
public struct Residency: Hashable, Sendable {
    /// How many instances of durable actors may be in memory [10,000]. Where none of them can leave for a tenth of a second
    /// some come in on top; those who come later have so many leave that there are no more than this again.
    public var largestCount: Int
    /// The resident memory of the process, in bytes, above which an instance leaves for each that comes [no bound].
    public var largestMemory: UInt64?
    /// How long a durable actor may have nothing to do [10 minutes]; nil: for ever.
    public var idleTime: Duration?

    /// Makes a policy; everything has a default.
    ///
    /// - Parameters:
    ///   - largestCount: How many instances of durable actors may be in memory.
    ///   - largestMemory: The resident memory of the process above which an instance leaves for each that comes.
    ///   - idleTime: How long a durable actor may have nothing to do.
    public init(largestCount: Int = 10_000, largestMemory: UInt64? = nil, idleTime: Duration? = .seconds(600)) {
        self.largestCount = largestCount
        self.largestMemory = largestMemory
        self.idleTime = idleTime
    }
}
