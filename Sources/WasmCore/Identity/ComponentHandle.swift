/// One instance of a component: the actor that it belongs to, and which instance under that id it is.
///
/// A handle outlives its instance and is an error from then on; it never means another instance.
public struct ComponentHandle: Sendable, Hashable, CustomStringConvertible {
    /// The actor.
    public let id: ActorID
    /// 1 for the first instance under the id, one more after each restart.
    public let generation: UInt64
    /// The instance itself, for the engine that made the handle: a look-up would be a lock that all actors share.
    package let instance: any AnyObject & Sendable

    package init(id: ActorID, generation: UInt64, instance: any AnyObject & Sendable) {
        self.id = id
        self.generation = generation
        self.instance = instance
    }

    /// Whether both mean the same instance.
    public static func == (left: ComponentHandle, right: ComponentHandle) -> Bool {
        left.instance === right.instance
    }

    /// Hashes the instance's identity.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(instance))
    }

    /// The id and the generation, as `namespace/name/instance#1`.
    public var description: String { "\(id)#\(generation)" }
}
