/// What an actor may use up. On by default; each figure is enforced by the host.
public struct ResourceLimits: Hashable, Sendable {
    /// Bytes of one linear memory [64 MiB]. An instance may have several: see `instances`.
    public var memoryBytes: UInt64
    /// Elements of one table [20,000].
    public var tableElements: UInt32
    /// Core instances inside the component [50]; it may have a quarter as many memories, 4 at least.
    public var instances: UInt32
    /// Wall time of one turn in nanoseconds [30 s].
    public var turnTime: UInt64
    /// Time that one turn may spend executing, in nanoseconds, counted in slices [5 s].
    public var cpuTime: UInt64
    /// Fuel of one turn; nil is unlimited [nil]. Needs an engine that counts fuel.
    public var fuelPerTurn: UInt64?
    /// Bytes of one message, in either direction [1 MiB, at most 2 MiB].
    public var messageBytes: UInt32
    /// Bytes that all host calls of one turn may carry together [64 MiB].
    public var hostCallBytes: UInt64
    /// Messages that may wait in the mailbox [1024].
    public var mailboxMessages: UInt32
    /// Bytes of log text per second [64 KiB].
    public var logBytesPerSecond: UInt32
    /// Bytes that the actor's own storage area may hold [64 MiB].
    public var storageBytes: UInt64

    /// Makes limits; every figure has a default.
    ///
    /// - Parameters:
    ///   - memoryBytes: Bytes of one linear memory.
    ///   - tableElements: Elements of one table.
    ///   - instances: Core instances inside the component.
    ///   - turnTime: Wall time of one turn in nanoseconds.
    ///   - cpuTime: Executing time of one turn in nanoseconds.
    ///   - fuelPerTurn: Fuel of one turn; nil is unlimited.
    ///   - messageBytes: Bytes of one message.
    ///   - hostCallBytes: Bytes that all host calls of one turn may carry together.
    ///   - mailboxMessages: Messages that may wait in the mailbox.
    ///   - logBytesPerSecond: Bytes of log text per second.
    ///   - storageBytes: Bytes that the actor's own storage area may hold.
    public init(
        memoryBytes: UInt64 = 64 << 20,
        tableElements: UInt32 = 20_000,
        instances: UInt32 = 50,
        turnTime: UInt64 = 30_000_000_000,
        cpuTime: UInt64 = 5_000_000_000,
        fuelPerTurn: UInt64? = nil,
        messageBytes: UInt32 = 1 << 20,
        hostCallBytes: UInt64 = 64 << 20,
        mailboxMessages: UInt32 = 1024,
        logBytesPerSecond: UInt32 = 64 << 10,
        storageBytes: UInt64 = 64 << 20
    ) {
        self.memoryBytes = memoryBytes
        self.tableElements = tableElements
        self.instances = instances
        self.turnTime = turnTime
        self.cpuTime = cpuTime
        self.fuelPerTurn = fuelPerTurn
        self.messageBytes = messageBytes
        self.hostCallBytes = hostCallBytes
        self.mailboxMessages = mailboxMessages
        self.logBytesPerSecond = logBytesPerSecond
        self.storageBytes = storageBytes
    }

    /// The most that `messageBytes` may be: what libwasmtime carries as a list of bytes in one call.
    public static let largestMessageBytes: UInt32 = 2 << 20

    /// Checks that every figure makes sense.
    ///
    /// - Throws: `InvalidLimit` that names the first field which does not.
    public func validate() throws(InvalidLimit) {
        try Self.check("memoryBytes", memoryBytes, 65_536...(4 << 30))
        try Self.check("tableElements", UInt64(tableElements), 1...10_000_000)
        try Self.check("instances", UInt64(instances), 1...10_000)
        try Self.check("turnTime", turnTime, 1_000_000...UInt64(Int64.max))
        try Self.check("cpuTime", cpuTime, 1_000_000...UInt64(Int64.max))
        if let fuelPerTurn {
            try Self.check("fuelPerTurn", fuelPerTurn, 1...UInt64(Int64.max))
        }
        try Self.check("messageBytes", UInt64(messageBytes), 1...UInt64(Self.largestMessageBytes))
        try Self.check("hostCallBytes", hostCallBytes, 1...UInt64(Int64.max))
        try Self.check("mailboxMessages", UInt64(mailboxMessages), 1...16_777_216)
        try Self.check("storageBytes", storageBytes, 0...UInt64(Int64.max))
    }

    private static func check(_ field: String, _ value: UInt64, _ range: ClosedRange<UInt64>) throws(InvalidLimit) {
        guard range.contains(value) else {
            throw InvalidLimit(field: field, value: value, range: range)
        }
    }
}

/// A limit that makes no sense.
public struct InvalidLimit: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field of `ResourceLimits`.
    public let field: String
    /// Its value.
    public let value: UInt64
    /// What it may be.
    public let range: ClosedRange<UInt64>

    /// The field, its value and what it may be.
    public var description: String {
        "the limit \(field) is \(value); it may be \(range.lowerBound) to \(range.upperBound)"
    }
}
