/// A world together with the host that serves its imports; what the `hosted` of a generated world makes.
///
/// The embedder chooses the type, and with it what a host learns when it is made: in an actor system the type is
/// `WasmRuntime.WorldExtension`, and every incarnation of an actor has a host of its own.
public protocol HostedWorld: Sendable {
    /// What a host is made of.
    associatedtype Context

    /// Puts a world and its host together.
    ///
    /// - Parameters:
    ///   - world: the world.
    ///   - hostType: the type of the hosts.
    ///   - define: defines the imports of the world, for hosts of that type, in a linker.
    ///   - makeHost: makes a host.
    init<World: ComponentWorld, HostObject: AnyObject & Sendable>(
        _ world: World.Type,
        hostType: HostObject.Type,
        define: @escaping @Sendable (inout Linker) throws(WasmError) -> Void,
        makeHost: @escaping @Sendable (Context) throws -> HostObject
    )
}
