public import WasmRuntime

/// Where the component of a child comes from. It is read and compiled once, before the child's first start; equal bytes
/// are compiled once in all.
@nonexhaustive public enum ComponentReference: Sendable, CustomStringConvertible {
    /// A component's file; with what its world adds to the actor contract [nothing].
    case path(String, world: WorldExtension? = nil)
    /// A component's binary; with what its world adds to the actor contract [nothing].
    case bytes([UInt8], world: WorldExtension? = nil)
    /// A name that the `ComponentSource` of the system's configuration knows; with what its world adds to the actor
    /// contract [nothing].
    case named(String, world: WorldExtension? = nil)
    /// A component that `ActorSystem.compile` made.
    case compiled(CompiledComponent)
    /// What stands in for a component in tests.
    case standIn(ComponentStandIn)

    /// What it refers to.
    public var description: String {
        switch self {
        case .path(let path, _): path
        case .bytes(let bytes, _): "\(bytes.count) bytes"
        case .named(let name, _): name
        case .compiled(let component): "a compiled component of \(component.byteCount) bytes"
        case .standIn: "a stand-in"
        }
    }
}

/// What makes an actor's instances in the place of a component; `ActorProbe.StandIn` of WasmActorTestKit has one.
public struct ComponentStandIn: Sendable {
    let source: any InstanceSource

    package init(_ source: any InstanceSource) { self.source = source }
}
