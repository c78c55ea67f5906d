import CWasmtime

/// How the destructors of one instance's resources are run: the functions that `DropFunctions` added to its component.
@safe final class Destructors {
    private var functions: [DropFunction] = []
    /// The argument of the drop under way.
    let argument: UnsafeMutablePointer<CValue>

    /// A resource type, which this owns, and the function that drops such a resource.
    @safe private struct DropFunction {
        let type: OpaquePointer
        let function: wasmtime_component_func_t
    }

    /// Finds the functions in the store's instance.
    init(_ core: StoreCore) {
        unsafe argument = .allocate(capacity: 1)
        unsafe argument.initialize(to: CValue())
        for name in core.instantiated?.dropFunctions ?? [] {
            var instance = unsafe core.instance.pointee
            var function = unsafe wasmtime_component_func_t()
            let index = unsafe name.withCName {
                unsafe wasmtime_component_instance_get_export_index(&instance, core.context, nil, $0, $1)
            }
            guard let index = unsafe index else { continue }
            defer { unsafe wasmtime_component_export_index_delete(index) }
            guard unsafe wasmtime_component_instance_get_func(&instance, core.context, index, &function),
                let type = unsafe Self.resource(of: &function, core.context)
            else { continue }
            unsafe functions.append(DropFunction(type: type, function: function))
        }
    }

    deinit {
        for function in functions {
            unsafe wasmtime_component_resource_type_delete(function.type)
        }
        clear()
        unsafe argument.deallocate()
    }

    /// The function that drops a resource; `nil` where the component exports none of that type.
    func function(for any: OpaquePointer) -> wasmtime_component_func_t? {
        guard let type = unsafe wasmtime_component_resource_any_type(any) else { return nil }
        defer { unsafe wasmtime_component_resource_type_delete(type) }
        return unsafe functions.first { unsafe wasmtime_component_resource_type_equal($0.type, type) }?.function
    }

    /// Makes a handle the argument, which owns it from here on.
    func setArgument(_ any: OpaquePointer) {
        unsafe argument.pointee.of.resource = any
        unsafe argument.pointee.kind = CConstants.ValueKind.resource
    }

    /// Frees the argument.
    func clear() {
        if unsafe argument.pointee.kind == CConstants.ValueKind.resource {
            unsafe wasmtime_component_val_delete(argument)
        }
        unsafe argument.pointee.kind = CConstants.ValueKind.bool
    }

    /// The resource type that a function takes.
    private static func resource(
        of function: inout wasmtime_component_func_t,
        _ context: OpaquePointer
    ) -> OpaquePointer? {
        guard let type = unsafe wasmtime_component_func_type(&function, context) else { return nil }
        defer { unsafe wasmtime_component_func_type_delete(type) }
        var parameter = unsafe wasmtime_component_valtype_t()
        let name = unsafe lentName { unsafe wasmtime_component_func_type_param_nth(type, 0, $0, $1, &parameter) }
        guard name != nil else { return nil }
        defer { unsafe wasmtime_component_valtype_delete(&parameter) }
        guard unsafe parameter.kind == CConstants.ValueTypeKind.own else { return nil }
        return unsafe wasmtime_component_resource_type_clone(parameter.of.own)
    }
}
