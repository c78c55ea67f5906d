import CWasmtime
import Synchronization

/// What components may import: read-only, thread-safe, shared by any number of stores.
@safe public final class PreparedLinker: Sendable {
    /// The engine whose components import from it.
    public let engine: Engine
    /// Whether it has asynchronous host functions, so that only asynchronous stores can use it.
    public let isAsync: Bool
    /// Whether it offers WASI p2.
    public let offersWASI: Bool

    /// Only read after `init`; libwasmtime's instantiation takes it as const, from any number of threads.
    nonisolated(unsafe) let pointer: OpaquePointer

    private let definitions: [String: FunctionType]
    private let resources: Set<ResourceType>
    /// The functions and resources that libwasmtime made traps of, whatever their types.
    private let trapping: Set<String>
    private let id: UInt64
    private static let nextID = Atomic<UInt64>(1)

    init(
        engine: Engine,
        pointer: OpaquePointer,
        definitions: [String: FunctionType],
        resources: Set<ResourceType>,
        trapping: Set<String>,
        isAsync: Bool,
        offersWASI: Bool
    ) {
        self.engine = engine
        unsafe self.pointer = pointer
        self.definitions = definitions
        self.resources = resources
        self.trapping = trapping
        self.isAsync = isAsync
        self.offersWASI = offersWASI
        id = Self.nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    deinit {
        unsafe wasmtime_component_linker_delete(pointer)
    }

    /// Checks that a component finds every import here, with exactly the type that it expects.
    ///
    /// libwasmtime itself does not compare the types of host functions: it would pass a component's own idea of the
    /// arguments. The answer is remembered per component.
    ///
    /// - Parameter component: the component.
    /// - Throws: `WasmError.Code.missingImport`, `WasmError.Code.typeMismatch` and `WasmError.Code.unsupportedType`
    ///   naming the import.
    public func require(_ component: Component) throws(WasmError) {
        if component.checkedLinkers.withLock({ $0.contains(id) }) { return }
        for item in component.type.imports {
            if offersWASI, item.name.hasPrefix("wasi:") { continue }
            if case .instance(let instance) = item.type {
                for export in instance.exports {
                    try require(export, interface: item.name)
                }
            } else {
                try require(item, interface: nil)
            }
        }
        component.checkedLinkers.withLock { _ = $0.insert(id) }
    }

    private func require(_ item: NamedExtern, interface: String?) throws(WasmError) {
        let name = interface.map { "\($0)#\(item.name)" } ?? item.name
        if trapping.contains(name) { return }
        switch item.type {
        case .function(let expected):
            try expected.requireImportable(name)
            guard let defined = definitions[name] else { throw Self.missing(name) }
            guard defined == expected else {
                throw WasmError(
                    .typeMismatch,
                    "the component imports \(name) as \(expected) but it is \(defined); rebuild it against this WIT"
                )
            }
        case .resource(let resource):
            guard resources.contains(resource) || resource.interface != interface || resource.name != item.name else {
                throw Self.missing(name)
            }
        case .type: break
        case .instance, .component, .module: throw Self.missing(name)
        }
    }

    private static func missing(_ name: String) -> WasmError {
        WasmError(
            .missingImport,
            "the component imports \(name), which is not defined; define it or use another component"
        )
    }
}
