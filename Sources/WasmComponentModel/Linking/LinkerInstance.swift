import CWasmtime

/// The functions and resources of one interface while it is defined; lent by `Linker.instance`.
@safe public struct LinkerInstance: ~Copyable {
    private let pointer: OpaquePointer
    private let interface: String?
    private let interceptor: (any HostInterceptor)?
    private(set) var definitions: [String: FunctionType]
    private(set) var resources: Set<ResourceType>
    private(set) var isAsync = false

    /// Takes over the C instance; the root may hold definitions already.
    init(
        _ pointer: OpaquePointer,
        interface: String?,
        interceptor: (any HostInterceptor)?,
        definitions: [String: FunctionType] = [:],
        resources: Set<ResourceType> = []
    ) {
        unsafe self.pointer = pointer
        self.interface = interface
        self.interceptor = interceptor
        self.definitions = definitions
        self.resources = resources
    }

    deinit {
        unsafe wasmtime_component_linker_instance_delete(pointer)
    }

    /// Defines a function that reads its arguments and writes its result directly: what generated bindings use.
    ///
    /// - Parameters:
    ///   - name: the function's name in WIT spelling.
    ///   - type: its type; a component that imports it with another is refused.
    ///   - body: the function. What it throws ends the guest; failures that the guest can handle are a `result`. It may be
    ///     called on any thread that runs a guest, must not block, and cannot call back into the guest.
    /// - Throws: `WasmError.Code.alreadyDefined`, `WasmError.Code.invalidName` and `WasmError.Code.unsupportedType`.
    public mutating func defineTyped(
        _ name: String,
        type: FunctionType,
        _ body:
            @escaping @Sendable (HostCall, borrowing ArgumentReader, inout ResultWriter) throws(WasmError) -> Void
    ) throws(WasmError) {
        let fullName = try reserve(name, type)
        let function = HostFunction(name: fullName, type: type, interceptor: interceptor, body: body)
        let error = unsafe name.withCName {
            unsafe wasmtime_component_linker_instance_add_func(
                pointer,
                $0,
                $1,
                { env, context, _, arguments, count, results, _ in
                    unsafe callbackResult(
                        HostFunction.call(env, context, UnsafeMutablePointer(mutating: arguments), count, results)
                    )
                },
                // Released by the finalizer alone, which runs even if the definition fails.
                Unmanaged.passRetained(function).toOpaque(),
                { unsafe HostFunction.release($0) }
            )
        }
        try unsafe record(fullName, type, error)
    }

    /// Defines an asynchronous function that reads its arguments and writes its result directly: what generated bindings
    /// use. Only asynchronous stores can instantiate with it.
    ///
    /// - Parameters:
    ///   - name: the function's name in WIT spelling.
    ///   - type: its type; a component that imports it with another is refused.
    ///   - body: reads the arguments, which are gone when it returns, and returns what is still to be done. What it throws
    ///     ends the guest.
    /// - Throws: `WasmError.Code.alreadyDefined`, `WasmError.Code.invalidName` and `WasmError.Code.unsupportedType`.
    public mutating func defineTypedAsync(
        _ name: String,
        type: FunctionType,
        _ body: @escaping @Sendable (HostCall, borrowing ArgumentReader) throws(WasmError) -> PendingHostCall
    ) throws(WasmError) {
        let fullName = try reserve(name, type)
        let function = HostFunction(name: fullName, type: type, interceptor: interceptor, asyncBody: body)
        let error = unsafe name.withCName {
            unsafe wasmtime_component_linker_instance_add_func_async(
                pointer,
                $0,
                $1,
                { env, context, _, arguments, count, results, _, errorSlot, continuation in
                    let error = unsafe HostFunction.callAsync(
                        env,
                        context,
                        UnsafeMutablePointer(mutating: arguments),
                        count,
                        results,
                        continuation
                    )
                    // Only now: libwasmtime's slot is gone when this returns.
                    if unsafe error != nil { unsafe errorSlot?.pointee = error }
                },
                Unmanaged.passRetained(function).toOpaque(),
                { unsafe HostFunction.release($0) }
            )
        }
        isAsync = true
        try unsafe record(fullName, type, error)
    }

    /// Defines a resource of the host's.
    ///
    /// - Parameters:
    ///   - name: the resource's name in WIT spelling.
    ///   - destructor: told the representation when a guest drops an owned handle. It is not told when a store ends:
    ///     keep what must be released then in `StoreConfiguration.data`.
    /// - Returns: the type to make handles with.
    /// - Throws: `WasmError.Code.alreadyDefined` and `WasmError.Code.invalidName`.
    public mutating func defineResource(
        _ name: String,
        _ destructor: @escaping @Sendable (HostCall, _ representation: UInt32) -> Void
    ) throws(WasmError) -> HostResourceType {
        let type = HostResourceType(isTableBacked: false)
        try defineResource(name, type, HostDestructor(destructor))
        return type
    }

    /// Defines a resource whose objects stand in the store's own table: what generated bindings use.
    ///
    /// A guest that drops its handle takes the object out of the table, and so does the end of the store; the object goes
    /// when nobody else holds it. How many there may be is `StoreLimits.hostResources`.
    ///
    /// - Parameters:
    ///   - name: the resource's name in WIT spelling.
    ///   - type: the type by which objects are written and read; any number of linkers may define it.
    /// - Throws: `WasmError.Code.alreadyDefined` and `WasmError.Code.invalidName`.
    public mutating func defineResource(_ name: String, type: HostResourceType) throws(WasmError) {
        try defineResource(name, type, HostDestructor(removing: type))
    }

    private mutating func defineResource(
        _ name: String,
        _ type: HostResourceType,
        _ destructor: HostDestructor
    ) throws(WasmError) {
        let resource = ResourceType(interface: interface, name: name)
        guard !resources.contains(resource) else { throw Self.alreadyDefined(name) }
        let cType = unsafe wasmtime_component_resource_type_new_host(type.id)
        defer { unsafe wasmtime_component_resource_type_delete(cType) }
        let error = unsafe name.withCName {
            unsafe wasmtime_component_linker_instance_add_resource(
                pointer,
                $0,
                $1,
                cType,
                { unsafe callbackResult(HostDestructor.call($0, $1, $2)) },
                Unmanaged.passRetained(destructor).toOpaque(),
                { unsafe HostDestructor.release($0) }
            )
        }
        if let error = unsafe error {
            throw unsafe WasmError(.invalidName, "\(name) is no name of a resource", taking: error)
        }
        resources.insert(resource)
    }

    private func reserve(_ name: String, _ type: FunctionType) throws(WasmError) -> String {
        let fullName = interface.map { "\($0)#\(name)" } ?? name
        try type.requireImportable(fullName)
        guard definitions[fullName] == nil else { throw Self.alreadyDefined(fullName) }
        return fullName
    }

    private mutating func record(_ name: String, _ type: FunctionType, _ error: OpaquePointer?) throws(WasmError) {
        if let error = unsafe error {
            throw unsafe WasmError(.invalidName, "\(name) is no name of a function", taking: error)
        }
        definitions[name] = type
    }

    private static func alreadyDefined(_ name: String) -> WasmError {
        WasmError(.alreadyDefined, "\(name) is defined already; define it once")
    }
}

extension HostFunction {
    /// Releases what `defineTyped` retained; libwasmtime may call it on any thread.
    static func release(_ env: UnsafeMutableRawPointer?) {
        guard let env = unsafe env else { return }
        unsafe Unmanaged<HostFunction>.fromOpaque(env).release()
    }
}
