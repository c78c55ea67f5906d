internal import WasmBindings
internal import WasmComponentModel

/// A component, compiled and held against the contract; immutable, shared by all its instances.
public final class CompiledComponent: Sendable {
    /// Says which components are alike: those of the same bytes, held against the same world.
    struct Key: Hashable {
        let bytes: [UInt8]
        let world: WorldExtension.Key?
    }

    let component: Component
    let linker: PreparedLinker
    /// What the component's world adds to the contract; nil where it adds nothing.
    let world: WorldExtension?

    /// Bytes of its binary form.
    public let byteCount: Int
    /// Whether a turn may hold its thread while it waits: the component imports WASI, whose functions block. Run its
    /// turns on a `GuestExecutor`.
    public let mayBlock: Bool
    /// Whether it exports `snapshot`: the world `durable-actor`.
    public let isDurable: Bool

    /// Holds a component against the contract and its world's extension, and links both.
    init(_ component: Component, byteCount: Int, world: WorldExtension?) throws(RuntimeError) {
        let check = WorldCheck(component.type, world: world)
        try check.run()
        self.component = component
        self.byteCount = byteCount
        self.world = world
        mayBlock = check.importsWASI
        isDurable = check.isDurable
        do throws(WasmError) {
            var linker = Linker(engine: component.engine)
            try DurableActorWorld.define(in: &linker, host: HostState.self)
            try Self.define(world, in: &linker)
            if mayBlock { try linker.addWASIPreview2() }
            self.linker = linker.finish()
        } catch {
            throw RuntimeError(loading: error)
        }
    }

    private static func define(_ world: WorldExtension?, in linker: inout Linker) throws(WasmError) {
        do throws(WasmError) {
            try world?.define(in: &linker)
        } catch {
            guard error.code == .alreadyDefined else { throw error }
            throw WasmError(
                .alreadyDefined,
                "the bindings of the component's world have the actor contract in them; leave it to its module: \"provided\": {\"wasm-actors:actor\": \"WasmBindings\"} in their wit-swift.json",
                details: error.message
            )
        }
    }

    /// The same component with other hosts for the same world.
    init(_ other: CompiledComponent, world: WorldExtension) {
        component = other.component
        linker = other.linker
        byteCount = other.byteCount
        mayBlock = other.mayBlock
        isDurable = other.isDurable
        self.world = world
    }
}

extension RuntimeError {
    /// What a refused file is called here.
    init(loading error: WasmError) {
        let code: Code =
            switch error.code {
            case .notAComponent: .notAComponent
            case .invalidComponent: .invalidComponent
            case .tooLarge: .tooLarge
            case .unsupportedType: .unsupportedType
            case .missingImport: .unknownImport
            case .missingExport: .missingExport
            case .typeMismatch: .wrongType
            case .alreadyDefined: .invalidConfiguration
            default: .hostError
            }
        self.init(code, error.message, underlying: error.details.isEmpty ? nil : error.details)
    }
}
