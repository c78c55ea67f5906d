import CWasmtime

/// Refuses a libwasmtime of another version before it can corrupt memory: the layout of its structs changes between
/// releases.
enum LibraryCheck {
    static let supportedVersion = "50.0.1"
    /// How an artefact names the release that it is for: the major version, with a length in front. Releases that share
    /// it share the layout.
    private static let artefactVersion: [UInt8] = [0x00, 0x02] + Array("50".utf8)

    /// Throws unless the loaded library is the one that this package is built for; checked once per process.
    static func require() throws(WasmError) {
        if let problem {
            throw WasmError(
                .libraryMismatch,
                "\(problem); this package is built for libwasmtime \(supportedVersion): run Scripts/bootstrap"
            )
        }
    }

    private static let problem: String? = findProblem()

    /// Compiles a component of one function, reads the library's version out of the artefact, and watches the memory
    /// behind the two structs that the library fills in.
    private static func findProblem() -> String? {
        guard let config = unsafe wasm_config_new(), let engine = unsafe wasm_engine_new_with_config(config) else {
            return "libwasmtime makes no engine"
        }
        defer { unsafe wasm_engine_delete(engine) }
        let text = """
            (component (core module $m (func (export "f"))) (core instance $i (instantiate $m))
            (func (export "f") (canon lift (core func $i "f"))))
            """
        var component: OpaquePointer?
        let error = unsafe text.withCName { pointer, count in
            unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: count) {
                unsafe wasmtime_component_new(engine, $0, count, &component)
            }
        }
        guard unsafe error == nil, let component = unsafe component else {
            unsafe error.map { unsafe wasmtime_error_delete($0) }
            return "libwasmtime does not compile the component of the self-test"
        }
        defer { unsafe wasmtime_component_delete(component) }
        return unsafe versionProblem(component) ?? (unsafe layoutProblem(engine, component))
    }

    private static func versionProblem(_ component: OpaquePointer) -> String? {
        var artefact = unsafe wasm_byte_vec_t()
        if let error = unsafe wasmtime_component_serialize(component, &artefact) {
            unsafe wasmtime_error_delete(error)
            return "libwasmtime does not serialize the component of the self-test"
        }
        defer { unsafe wasm_byte_vec_delete(&artefact) }
        let version = artefactVersion
        let bytes = unsafe [UInt8](artefact.bytes)
        let found = (0..<max(0, bytes.count - version.count)).contains { offset in
            bytes[offset] == version[0] && bytes[offset..<offset + version.count].elementsEqual(version)
        }
        return found ? nil : "the libwasmtime that was loaded is of another version"
    }

    private static func layoutProblem(_ engine: OpaquePointer, _ component: OpaquePointer) -> String? {
        guard let store = unsafe wasmtime_store_new(engine, nil, nil),
            let linker = unsafe wasmtime_component_linker_new(engine)
        else { return "libwasmtime makes no store" }
        defer {
            unsafe wasmtime_component_linker_delete(linker)
            unsafe wasmtime_store_delete(store)
        }
        let context = unsafe wasmtime_store_context(store)
        let instance = Canary<wasmtime_component_instance_t>()
        let function = unsafe Canary<wasmtime_component_func_t>()
        if let error = unsafe wasmtime_component_linker_instantiate(linker, context, component, instance.pointer) {
            unsafe wasmtime_error_delete(error)
            return "libwasmtime does not instantiate the component of the self-test"
        }
        let index = unsafe "f".withCName {
            unsafe wasmtime_component_instance_get_export_index(instance.pointer, context, nil, $0, $1)
        }
        guard let index = unsafe index else { return "libwasmtime does not find the export of the self-test" }
        defer { unsafe wasmtime_component_export_index_delete(index) }
        guard unsafe wasmtime_component_instance_get_func(instance.pointer, context, index, function.pointer) else {
            return "libwasmtime does not find the function of the self-test"
        }
        return unsafe instance.isIntact && function.isIntact ? nil : "libwasmtime's structs have other sizes"
    }

    /// Memory for one `Struct` with a pattern behind it that a function which writes too much destroys.
    @safe private struct Canary<Struct>: ~Copyable {
        private static var length: Int { 64 }
        private static var pattern: UInt8 { 0xA5 }
        private let memory: UnsafeMutableRawBufferPointer

        init() {
            unsafe memory = .allocate(byteCount: MemoryLayout<Struct>.size + Self.length, alignment: 16)
            unsafe memory.initializeMemory(as: UInt8.self, repeating: Self.pattern)
        }

        deinit {
            unsafe memory.deallocate()
        }

        var pointer: UnsafeMutablePointer<Struct> {
            // `init` allocates at least one byte, so there is a base address.
            unsafe memory.baseAddress!.assumingMemoryBound(to: Struct.self)
        }

        var isIntact: Bool {
            unsafe memory.dropFirst(MemoryLayout<Struct>.size).allSatisfy { $0 == Self.pattern }
        }
    }
}
