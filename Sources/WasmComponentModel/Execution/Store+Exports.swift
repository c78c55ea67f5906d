import CWasmtime

extension Store {
    /// Finds a function that an instance exports.
    ///
    /// - Parameters:
    ///   - instance: an instance in this store.
    ///   - interface: the exported interface, as in `wasm-actors:actor/lifecycle@0.1.0`; `nil` for a function at the top
    ///     level.
    ///   - name: the function's name in WIT spelling.
    /// - Returns: the function.
    /// - Throws: `WasmError.Code.missingExport`, `WasmError.Code.unsupportedType` for a function whose values cannot be
    ///   carried, `WasmError.Code.wrongStore` for another store's instance, and `WasmError.Code.storeBusy`.
    public borrowing func function(
        _ instance: Instance,
        _ interface: String?,
        _ name: String
    ) throws(WasmError) -> Func {
        guard instance.storeID == core.id else {
            throw WasmError(.wrongStore, "the instance belongs to another store; look its functions up there")
        }
        let fullName = interface.map { "\($0)#\(name)" } ?? name
        let type = try instance.component.type.function(interface, name)
        try type.requireSupported(fullName)
        return try use { (core) throws(WasmError) -> Func in
            var function = unsafe wasmtime_component_func_t()
            guard unsafe Self.find(instance, interface, name, core.context, &function) else {
                throw WasmError(.missingExport, "\(fullName) is in the component's type but not in its instance")
            }
            core.reserveArguments(type.parameters.count)
            return unsafe Func(
                type: type,
                name: fullName,
                storeID: core.id,
                parameterKinds: type.parameters.map(\.type.valueKind),
                takesResources: type.parameters.contains { $0.type.holdsResources },
                returnsResources: type.result?.holdsResources ?? false,
                value: function
            )
        }
    }

    /// Finds a function that an instance exports and compares its type with the expected one, exactly.
    ///
    /// - Parameters:
    ///   - instance: an instance in this store.
    ///   - interface: the exported interface; `nil` for a function at the top level.
    ///   - name: the function's name in WIT spelling.
    ///   - type: the expected type.
    /// - Returns: the function.
    /// - Throws: `WasmError.Code.typeMismatch` where the type is another, and what
    ///   `function(_:_:_:)` throws.
    public borrowing func typedFunction(
        _ instance: Instance,
        _ interface: String?,
        _ name: String,
        type: FunctionType
    ) throws(WasmError) -> TypedFunc {
        let function = try function(instance, interface, name)
        guard function.type == type else {
            throw WasmError(
                .typeMismatch,
                "\(function.name) is \(function.type) where \(type) is expected; rebuild the component against this WIT"
            )
        }
        return TypedFunc(function: function)
    }

    /// Finds a function that an instance exports at the top level.
    ///
    /// - Parameters:
    ///   - instance: an instance in this store.
    ///   - name: the function's name in WIT spelling.
    /// - Returns: the function.
    /// - Throws: as `function(_:_:_:)`.
    public borrowing func function(_ instance: Instance, _ name: String) throws(WasmError) -> Func {
        try function(instance, nil, name)
    }

    /// Finds a function that an instance exports at the top level and compares its type with the expected one, exactly.
    ///
    /// - Parameters:
    ///   - instance: an instance in this store.
    ///   - name: the function's name in WIT spelling.
    ///   - type: the expected type.
    /// - Returns: the function.
    /// - Throws: as `typedFunction(_:_:_:type:)`.
    public borrowing func typedFunction(
        _ instance: Instance,
        _ name: String,
        type: FunctionType
    ) throws(WasmError) -> TypedFunc {
        try typedFunction(instance, nil, name, type: type)
    }

    private static func find(
        _ instance: Instance,
        _ interface: String?,
        _ name: String,
        _ context: OpaquePointer,
        _ function: inout wasmtime_component_func_t
    ) -> Bool {
        var value = instance.value
        var outer: OpaquePointer?
        if let interface {
            unsafe outer = interface.withCName {
                unsafe wasmtime_component_instance_get_export_index(&value, context, nil, $0, $1)
            }
            if unsafe outer == nil { return false }
        }
        defer { unsafe outer.map { unsafe wasmtime_component_export_index_delete($0) } }
        let index = unsafe name.withCName {
            unsafe wasmtime_component_instance_get_export_index(&value, context, outer, $0, $1)
        }
        guard let index = unsafe index else { return false }
        defer { unsafe wasmtime_component_export_index_delete(index) }
        return unsafe wasmtime_component_instance_get_func(&value, context, index, &function)
    }
}

extension ComponentType {
    /// The type of an exported function.
    func function(_ interface: String?, _ name: String) throws(WasmError) -> FunctionType {
        let found: ExternType?
        if let interface {
            guard case .instance(let instance)? = export(interface) else {
                throw WasmError(
                    .missingExport,
                    "the component exports no interface \(interface); it exports \(exports.map(\.name).joined(separator: ", "))"
                )
            }
            found = instance.export(name)
        } else {
            found = export(name)
        }
        guard case .function(let type)? = found else {
            throw WasmError(
                .missingExport,
                "the component exports no function \(name)\(interface.map { " in \($0)" } ?? "")"
            )
        }
        return type
    }
}
