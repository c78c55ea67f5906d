public import WasmCore

/// A call that the gate denied; the audit log has recorded it.
public struct CapabilityDenied: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the call needed.
    public let capability: Capability

    /// The capability, and what to do.
    public var description: String { "denied: the actor has no grant for \(capability); give it one at spawn" }
}
