internal import WasmBindings
public import WasmComponentModel
internal import WasmCore

/// What a world of the user's own adds to the actor contract: functions that the host supplies, and exports that it
/// calls.
///
/// The world includes `wasm-actors:actor/actor`; bindings generated for it, with the contract as a provided package,
/// make one of these by `hosted`:
///
/// ```swift
/// let world: WorldExtension = ShopWorld.hosted { context in ShopHost(context) }
/// ```
///
/// Each incarnation of an actor has a host of its own. A component is held to the whole of the world before it is
/// spawned: every import must be of the contract or the world with exactly its type, and every export must be there.
public struct WorldExtension: HostedWorld {
    /// Who asks the gate for the capability that a function needs.
    public enum Gating: Hashable, Sendable {
        /// Each call is gated before its arguments are read, by the capability `host.call` on the function's name: an
        /// interface's without its version, and the function's, as `acme:shop/pricing/quote`; a function of the world
        /// itself by its name alone. A function of the type `result<T, E>` answers with the error `denied` where E has
        /// such a case, as the contract's functions do, or is `string`; a denial that no result can tell ends the
        /// instance with `ExitReason.denied`.
        case eachFunction
        /// The host asks, by `HostContext.authorize`; what it does not ask for is allowed.
        case host
    }

    /// Says which linkers are alike: those of one world, for hosts of one type, gated in one way.
    struct Key: Hashable {
        let world: ObjectIdentifier
        let host: ObjectIdentifier
        let gating: Gating
    }

    /// Who asks the gate [each function].
    public var gating = Gating.eachFunction
    let imports: [FunctionRequirement]
    let exports: [FunctionRequirement]
    let makeHost: @Sendable (HostContext) throws -> any AnyObject & Sendable
    private let worldType: ObjectIdentifier
    private let hostType: ObjectIdentifier
    private let defineImports: @Sendable (inout Linker) throws(WasmError) -> Void

    /// Puts a world and its host together; what `hosted` of a generated world calls.
    ///
    /// - Parameters:
    ///   - world: The world.
    ///   - hostType: The type of the hosts.
    ///   - define: Defines the imports of the world, for hosts of that type, in a linker.
    ///   - makeHost: Makes a host for one incarnation of an actor. It runs before any code of the guest, and must not
    ///     block; where it throws, there is no instance.
    public init<World: ComponentWorld, HostObject: AnyObject & Sendable>(
        _ world: World.Type,
        hostType: HostObject.Type,
        define: @escaping @Sendable (inout Linker) throws(WasmError) -> Void,
        makeHost: @escaping @Sendable (HostContext) throws -> HostObject
    ) {
        imports = World.imports
        exports = World.exports
        worldType = ObjectIdentifier(world)
        self.hostType = ObjectIdentifier(hostType)
        defineImports = define
        self.makeHost = makeHost
    }

    /// A world whose components import nothing but the contract.
    ///
    /// - Parameter world: The world.
    /// - Returns: The extension: the world's exports.
    public static func exporting<World: ComponentWorld>(_ world: World.Type) -> WorldExtension {
        WorldExtension(world, hostType: NoHost.self, define: { (_) throws(WasmError) in }, makeHost: { _ in NoHost() })
    }

    /// The same with another gating.
    ///
    /// - Parameter gating: Who asks the gate.
    /// - Returns: The extension.
    public func gated(by gating: Gating) -> WorldExtension {
        var copy = self
        copy.gating = gating
        return copy
    }

    var key: Key { Key(world: worldType, host: hostType, gating: gating) }

    /// Defines the imports, with the gate before each.
    func define(in linker: inout Linker) throws(WasmError) {
        try linker.intercepting(OwnFunctionGate(imports, gating), defineImports)
    }
}

/// The host of a world without imports of its own.
private final class NoHost: Sendable {}
