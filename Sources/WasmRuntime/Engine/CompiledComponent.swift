internal import WasmBindings
internal import WasmComponentModel

/// A component, compiled and held against the contract; immutable, shared by all its instances.
public final class CompiledComponent: Sendable {
    let component: Component
    let linker: PreparedLinker

    /// Bytes of its binary form.
    public let byteCount: Int
    /// Whether a turn may hold its thread while it waits: the component imports WASI, whose functions block. Run its
    /// turns on a `GuestExecutor`.
    public let mayBlock: Bool
    /// Whether it exports `snapshot`: it can be passivated and upgraded.
    public let isDurable: Bool

    init(bytes: [UInt8], engine: Engine) throws(RuntimeError) {
        do throws(WasmError) {
            component = try Component(engine: engine, bytes: bytes, maximumSize: .max)
        } catch {
            throw RuntimeError(loading: error)
        }
        let check = WorldCheck(component.type)
        try check.run()
        byteCount = bytes.count
        mayBlock = check.importsWASI
        isDurable = check.isDurable
        do throws(WasmError) {
            var linker = Linker(engine: engine)
            try DurableActorWorld.define(in: &linker, host: HostState.self)
            if mayBlock { try linker.addWASIPreview2() }
            self.linker = linker.finish()
        } catch {
            throw RuntimeError(loading: error)
        }
    }
}

extension RuntimeError {
    /// What a refused file is called here.
    fileprivate init(loading error: WasmError) {
        let code: Code =
            switch error.code {
            case .notAComponent: .notAComponent
            case .invalidComponent: .invalidComponent
            case .tooLarge: .tooLarge
            case .unsupportedType: .unsupportedType
            case .missingImport: .unknownImport
            case .missingExport: .missingExport
            case .typeMismatch: .wrongType
            default: .hostError
            }
        self.init(code, error.message, underlying: error.details.isEmpty ? nil : error.details)
    }
}
