/// Decides whether a host call may go on. Asked at every host call that needs a capability.
public protocol CapabilityGate: Sendable {
    /// Decides one call.
    ///
    /// - Parameters:
    ///   - capability: What the call needs.
    ///   - actor: Who calls; bound to the instance, so a guest cannot claim to be another.
    ///   - grants: What the actor was granted at spawn.
    /// - Returns: True where the call may go on.
    func allows(_ capability: Capability, actor: ActorID, grants: Grants) -> Bool
}

/// The gate that goes by the grants alone.
public struct GrantsGate: CapabilityGate {
    /// Makes the gate.
    public init() {}

    /// Asks the grants.
    public func allows(_ capability: Capability, actor: ActorID, grants: Grants) -> Bool {
        grants.allow(capability)
    }
}

/// One decision of the gate.
public struct AuditRecord: Hashable, Sendable {
    /// Who called.
    public let actor: ActorID
    /// What the call needed.
    public let capability: Capability
    /// Whether it went on.
    public let isAllowed: Bool
    /// When, in nanoseconds since 1970-01-01T00:00:00Z.
    public let time: UInt64

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - actor: Who called.
    ///   - capability: What the call needed.
    ///   - isAllowed: Whether it went on.
    ///   - time: When, in nanoseconds since 1970-01-01T00:00:00Z.
    public init(actor: ActorID, capability: Capability, isAllowed: Bool, time: UInt64) {
        self.actor = actor
        self.capability = capability
        self.isAllowed = isAllowed
        self.time = time
    }
}

/// Takes the gate's decisions. Called in the middle of a guest's turn: it must not block.
public protocol AuditLog: Sendable {
    /// Whether decisions to allow are wanted too; denials always are.
    var recordsGrants: Bool { get }

    /// Takes one record.
    ///
    /// - Parameter record: The decision.
    func record(_ record: AuditRecord)
}
