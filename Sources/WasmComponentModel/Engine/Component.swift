import CWasmtime
import Synchronization

/// A compiled component: immutable, thread-safe, shared by all its instances.
///
/// Compiling is the only expensive step: instances of a component cost microseconds. Compiling *untrusted* bytes can
/// take minutes and gigabytes, which nothing in this process can bound.
///
/// See `wasmtime/component/component.h`.
@safe public final class Component: Sendable {
    /// The engine that compiled it.
    public let engine: Engine
    /// What it imports and exports.
    public let type: ComponentType

    /// The names of the exports that drop the resources of the component, which `type` does not show; see
    /// `DropFunctions`.
    let dropFunctions: [String]

    /// Thread-safe by libwasmtime's own promise (`wasmtime.h`, *Thread Safety*) and freed in `deinit` alone.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// The linkers whose definitions were found to fit this component's imports.
    let checkedLinkers = Mutex<Set<UInt64>>([])

    /// The size of a component file that is accepted without saying so: 64 MiB.
    public static let defaultMaximumSize = 64 << 20

    /// Compiles a component.
    ///
    /// - Parameters:
    ///   - engine: the engine to compile for.
    ///   - bytes: a component in the binary format.
    ///   - maximumSize: the size in bytes beyond which the component is refused unread.
    /// - Throws: `WasmError.Code.tooLarge`, `WasmError.Code.notAComponent` for a core module, text, or other bytes, and
    ///   `WasmError.Code.invalidComponent` for a component that libwasmtime refuses. An import that no linker defines is
    ///   not an error here.
    public convenience init(
        engine: Engine,
        bytes: [UInt8],
        maximumSize: Int = Component.defaultMaximumSize
    ) throws(WasmError) {
        guard bytes.count <= maximumSize else {
            throw WasmError(
                .tooLarge,
                "the component has \(bytes.count) bytes, more than the \(maximumSize) allowed; strip it or raise the limit"
            )
        }
        if let error = ComponentFormat(bytes).error { throw error }
        try self.init(engine: engine, compiling: bytes)
    }

    /// Compiles a component from its text format, for tests.
    ///
    /// - Parameters:
    ///   - engine: the engine to compile for.
    ///   - text: a component as WAT.
    /// - Throws: `WasmError.Code.invalidComponent` where libwasmtime refuses the text.
    public convenience init(engine: Engine, text: String) throws(WasmError) {
        guard text.contains("(component") else {
            throw WasmError(.notAComponent, "the text holds no (component ...)")
        }
        try self.init(engine: engine, compiling: try Self.binary(text: text))
    }

    /// The binary form of a component in WAT.
    static func binary(text: String) throws(WasmError) -> [UInt8] {
        var binary = unsafe wasm_byte_vec_t()
        let error = unsafe text.withCName { unsafe wasmtime_wat2wasm($0, $1, &binary) }
        if let error = unsafe error {
            throw unsafe WasmError(.invalidComponent, "the text is no component in WAT", taking: error)
        }
        defer { unsafe wasm_byte_vec_delete(&binary) }
        return unsafe Array(binary.bytes)
    }

    private init(engine: Engine, compiling bytes: [UInt8]) throws(WasmError) {
        let component: OpaquePointer
        let dropFunctions: [String]
        // What a component can do without the additional functions it can also do if libwasmtime does not take them.
        if let extended = DropFunctions(bytes),
            let compiled = unsafe try? Self.compile(engine, extended.bytes)
        {
            unsafe component = compiled
            dropFunctions = extended.names
        } else {
            unsafe component = try Self.compile(engine, bytes)
            dropFunctions = []
        }
        guard let type = unsafe wasmtime_component_type(component) else {
            unsafe wasmtime_component_delete(component)
            throw WasmError(.internalError, "libwasmtime has no type of a component; report this as a bug")
        }
        self.engine = engine
        self.dropFunctions = dropFunctions
        unsafe pointer = component
        var reflection = unsafe Reflection(engine: engine.pointer)
        var componentType = unsafe reflection.componentType(type)
        if !dropFunctions.isEmpty {
            let hidden = Set(dropFunctions)
            componentType.exports.removeAll { hidden.contains($0.name) }
        }
        self.type = componentType
        unsafe wasmtime_component_type_delete(type)
    }

    private static func compile(_ engine: Engine, _ bytes: [UInt8]) throws(WasmError) -> OpaquePointer {
        var component: OpaquePointer?
        let error = unsafe bytes.withUnsafeBytes { source -> OpaquePointer? in
            // The function only reads; some headers of the library lack the const.
            let start = unsafe source.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0) }
            return unsafe wasmtime_component_new(
                engine.pointer,
                start?.assumingMemoryBound(to: UInt8.self),
                source.count,
                &component
            )
        }
        if let error = unsafe error {
            throw refusal(
                unsafe WasmError(
                    .invalidComponent,
                    "libwasmtime refuses the component; validate the file with wasm-tools and rebuild it",
                    taking: error
                )
            )
        }
        guard let component = unsafe component else {
            throw WasmError(.internalError, "libwasmtime made neither a component nor an error; report this as a bug")
        }
        return unsafe component
    }

    deinit {
        unsafe wasmtime_component_delete(pointer)
    }

    /// A refusal by its cause: streams and futures are a feature that is off, not a broken file.
    private static func refusal(_ error: WasmError) -> WasmError {
        if error.details.contains("Fixed-length lists require") {
            return WasmError(
                .unsupportedType,
                "the component uses lists of a fixed length, which no call can carry; use list or tuple instead",
                details: error.details
            )
        }
        if error.details.contains("Maps require") {
            return WasmError(
                .unsupportedType,
                "the component uses maps, which are off; add FeatureSet.maps to the engine's features",
                details: error.details
            )
        }
        let parts = error.details.split(separator: "`", omittingEmptySubsequences: false)
        guard let end = parts.firstIndex(where: { $0.hasPrefix(" requires the component model async feature") }),
            end > parts.startIndex
        else { return error }
        return WasmError(
            .unsupportedType,
            "the component uses \(parts[end - 1]), which no call can carry; use list, string or a resource instead",
            details: error.details
        )
    }
}
