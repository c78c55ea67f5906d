import CWasmtime
import Synchronization

/// Collects what components may import; `finish()` makes the read-only, shareable form.
///
/// See `wasmtime/component/linker.h`.
@safe public struct Linker: ~Copyable {
    /// The engine whose components will import from it.
    public let engine: Engine
    /// `nil` once `finish()` has handed it on.
    private var pointer: OpaquePointer?
    private var definitions: [String: FunctionType] = [:]
    private var resources: Set<ResourceType> = []
    private var interfaces: Set<String> = []
    private var trapping: Set<String> = []
    private var isAsync = false
    private var offersWASI = false
    private var interceptor: (any HostInterceptor)?

    /// Makes an empty linker.
    ///
    /// - Parameter engine: the engine whose components will import from it.
    public init(engine: Engine) {
        self.engine = engine
        // Never null: libwasmtime ends the process when memory is exhausted.
        unsafe pointer = wasmtime_component_linker_new(engine.pointer)
    }

    deinit {
        unsafe pointer.map { unsafe wasmtime_component_linker_delete($0) }
    }

    /// Defines an interface.
    ///
    /// - Parameters:
    ///   - name: the interface's full name, as in `wasm-actors:actor/messaging@0.1.0`; components must import exactly
    ///     this name.
    ///   - body: defines its functions and resources.
    /// - Throws: `WasmError.Code.alreadyDefined`, `WasmError.Code.invalidName`, and what `body` throws.
    public mutating func instance(
        _ name: String,
        _ body: (inout LinkerInstance) throws(WasmError) -> Void
    ) throws(WasmError) {
        guard !interfaces.contains(name) else {
            throw WasmError(.alreadyDefined, "the interface \(name) is defined already; define it once, completely")
        }
        guard let root = unsafe wasmtime_component_linker_root(pointer) else { return }
        // libwasmtime allows one user of the linker at a time: the root goes when the child is done with.
        defer { unsafe wasmtime_component_linker_instance_delete(root) }
        var child: OpaquePointer?
        let error = unsafe name.withCName {
            unsafe wasmtime_component_linker_instance_add_instance(root, $0, $1, &child)
        }
        if let error = unsafe error {
            throw unsafe WasmError(.invalidName, "\(name) is no name of an interface", taking: error)
        }
        guard let child = unsafe child else { return }
        interfaces.insert(name)
        try define(unsafe LinkerInstance(child, interface: name, interceptor: interceptor), body)
    }

    /// Defines functions and resources at the top level, for components that import them without an interface.
    ///
    /// - Parameter body: defines them.
    /// - Throws: what `body` throws.
    public mutating func root(_ body: (inout LinkerInstance) throws(WasmError) -> Void) throws(WasmError) {
        guard let root = unsafe wasmtime_component_linker_root(pointer) else { return }
        let instance = unsafe LinkerInstance(
            root,
            interface: nil,
            interceptor: interceptor,
            definitions: definitions,
            resources: resources
        )
        try define(instance, body)
    }

    /// Has an interceptor stand before every function that is defined meanwhile.
    ///
    /// - Parameters:
    ///   - interceptor: sees the calls of these functions, and of no others.
    ///   - body: defines them.
    /// - Throws: what `body` throws.
    public mutating func intercepting(
        _ interceptor: any HostInterceptor,
        _ body: (inout Linker) throws(WasmError) -> Void
    ) throws(WasmError) {
        let outer = self.interceptor
        self.interceptor = interceptor
        defer { self.interceptor = outer }
        try body(&self)
    }

    /// Offers WASI p2, served by libwasmtime's synchronous functions; what guests see of it is
    /// `StoreConfiguration.wasi`.
    ///
    /// - Throws: `WasmError.Code.alreadyDefined` where one of its interfaces is defined already.
    public mutating func addWASIPreview2() throws(WasmError) {
        guard !offersWASI else { throw WasmError(.alreadyDefined, "WASI p2 is offered already; add it once") }
        if let error = unsafe wasmtime_component_linker_add_wasip2(pointer) {
            throw unsafe WasmError(.alreadyDefined, "an interface of WASI p2 is defined already", taking: error)
        }
        offersWASI = true
    }

    /// Makes a trap of every function that a component imports and that is not defined, so that it can be instantiated:
    /// a guest that calls one of them ends with `WasmError.Code.missingImport`, which names it.
    ///
    /// For components that import more than their guests use, and for what bindings left out because no call can carry
    /// it. Resources that are not defined become ones that nobody can make. Define everything else before.
    ///
    /// See `wasmtime_component_linker_define_unknown_imports_as_traps`.
    ///
    /// - Parameter component: the component.
    /// - Throws: `WasmError.Code.wrongEngine`, and `WasmError.Code.missingImport` where it imports a module or a component.
    public mutating func defineMissingAsTraps(for component: Component) throws(WasmError) {
        guard component.engine === engine else {
            throw WasmError(.wrongEngine, "component and linker belong to different engines; make all of one")
        }
        if let error = unsafe wasmtime_component_linker_define_unknown_imports_as_traps(pointer, component.pointer) {
            throw unsafe WasmError(.missingImport, "the component imports what cannot be a trap", taking: error)
        }
        for item in component.type.imports {
            guard case .instance(let instance) = item.type else {
                trapping.insert(item.name)
                continue
            }
            trapping.formUnion(instance.exports.map { "\(item.name)#\($0.name)" })
        }
        trapping.subtract(definitions.keys)
        trapping.subtract(
            resources.map { resource in resource.interface.map { "\($0)#\(resource.name)" } ?? resource.name }
        )
    }

    /// Ends the definitions.
    ///
    /// - Returns: the linker to instantiate with; any number of threads may use it at once.
    public consuming func finish() -> PreparedLinker {
        let linker = unsafe pointer
        unsafe pointer = nil
        return unsafe PreparedLinker(
            engine: engine,
            // Never null: libwasmtime ends the process when memory is exhausted.
            pointer: linker!,
            definitions: definitions,
            resources: resources,
            trapping: trapping,
            isAsync: isAsync,
            offersWASI: offersWASI
        )
    }

    private mutating func define(
        _ instance: consuming LinkerInstance,
        _ body: (inout LinkerInstance) throws(WasmError) -> Void
    ) throws(WasmError) {
        var instance = instance
        let result = Result { () throws(WasmError) in try body(&instance) }
        definitions.merge(instance.definitions) { first, _ in first }
        resources.formUnion(instance.resources)
        isAsync = isAsync || instance.isAsync
        try result.get()
    }
}
