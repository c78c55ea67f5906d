import CWasmtime

/// Reads libwasmtime's types into values.
///
/// See `wasmtime/component/types/*.h`. Every type that a C function hands out is owned by the caller and deleted here.
@safe struct Reflection: ~Copyable {
    private let engine: OpaquePointer
    private var resources: [(type: OpaquePointer, name: ResourceType)] = unsafe []

    init(engine: OpaquePointer) {
        unsafe self.engine = engine
    }

    deinit {
        unsafe resources.forEach { unsafe wasmtime_component_resource_type_delete($0.type) }
    }

    mutating func componentType(_ type: OpaquePointer) -> ComponentType {
        let engine = unsafe engine
        let imports = unsafe wasmtime_component_type_import_count(type, engine)
        let exports = unsafe wasmtime_component_type_export_count(type, engine)
        return unsafe ComponentType(
            imports: externs(imports, interface: nil) {
                unsafe wasmtime_component_type_import_nth(type, engine, $0, $1, $2, $3)
            },
            exports: externs(exports, interface: nil) {
                unsafe wasmtime_component_type_export_nth(type, engine, $0, $1, $2, $3)
            }
        )
    }

    private mutating func instanceType(_ type: OpaquePointer, interface: String) -> InstanceType {
        let engine = unsafe engine
        let count = unsafe wasmtime_component_instance_type_export_count(type, engine)
        return unsafe InstanceType(
            exports: externs(count, interface: interface) {
                unsafe wasmtime_component_instance_type_export_nth(type, engine, $0, $1, $2, $3)
            }
        )
    }

    private mutating func externs<Name: CharacterPointer>(
        _ count: Int,
        interface: String?,
        _ nth: (Int, UnsafeMutablePointer<Name?>, UnsafeMutablePointer<Int>, UnsafeMutablePointer<OpaquePointer?>) ->
            Bool
    ) -> [NamedExtern] {
        var result: [NamedExtern] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            var extern: OpaquePointer?
            let name = unsafe lentName { unsafe nth(index, $0, $1, &extern) }
            guard let name, let extern = unsafe extern else { continue }
            var item = unsafe wasmtime_component_item_t()
            unsafe wasmtime_component_extern_type(extern, &item)
            result.append(NamedExtern(name: name, type: unsafe externType(item, name: name, interface: interface)))
            unsafe wasmtime_component_item_delete(&item)
            unsafe wasmtime_component_extern_delete(extern)
        }
        return result
    }

    private mutating func externType(
        _ item: wasmtime_component_item_t,
        name: String,
        interface: String?
    ) -> ExternType {
        switch unsafe item.kind {
        case CConstants.ItemKind.component: unsafe .component(componentType(item.of.component))
        case CConstants.ItemKind.instance: unsafe .instance(instanceType(item.of.component_instance, interface: name))
        case CConstants.ItemKind.module: unsafe .module(moduleType(item.of.module))
        case CConstants.ItemKind.function: unsafe .function(functionType(item.of.component_func))
        case CConstants.ItemKind.resource:
            .resource(unsafe register(item.of.resource, ResourceType(interface: interface, name: name)))
        case CConstants.ItemKind.type: unsafe .type(valueType(item.of.type))
        default: .type(.unsupported("item kind \(unsafe item.kind)"))
        }
    }

    private func moduleType(_ type: OpaquePointer) -> ModuleType {
        unsafe ModuleType(
            importCount: wasmtime_module_type_import_count(type, engine),
            exportCount: wasmtime_module_type_export_count(type, engine)
        )
    }

    /// Remembers under which name a resource type was first met; the same resource may be exported again by others.
    private mutating func register(_ type: OpaquePointer, _ name: ResourceType) -> ResourceType {
        if let known = unsafe knownName(type) { return known }
        if let copy = unsafe wasmtime_component_resource_type_clone(type) {
            unsafe resources.append((copy, name))
        }
        return name
    }

    private func knownName(_ type: OpaquePointer) -> ResourceType? {
        unsafe resources.first { unsafe wasmtime_component_resource_type_equal($0.type, type) }?.name
    }

    func functionType(_ type: OpaquePointer) -> FunctionType {
        var function = unsafe FunctionType(isAsync: wasmtime_component_func_type_async(type))
        for index in 0..<(unsafe wasmtime_component_func_type_param_count(type)) {
            var parameter = unsafe wasmtime_component_valtype_t()
            let name = unsafe lentName {
                unsafe wasmtime_component_func_type_param_nth(type, index, $0, $1, &parameter)
            }
            if let name {
                function.parameters.append(.init(name: name, type: unsafe takeValueType(&parameter)))
            }
        }
        var result = unsafe wasmtime_component_valtype_t()
        if unsafe wasmtime_component_func_type_result(type, &result) {
            function.result = unsafe takeValueType(&result)
        }
        return function
    }

    /// Reads a type that this side owns, and deletes it.
    private func takeValueType(_ type: inout wasmtime_component_valtype_t) -> ValueType {
        defer { unsafe wasmtime_component_valtype_delete(&type) }
        return unsafe valueType(type)
    }

    private func child(_ get: (UnsafeMutablePointer<wasmtime_component_valtype_t>) -> Void) -> ValueType {
        var type = unsafe wasmtime_component_valtype_t()
        unsafe get(&type)
        return unsafe takeValueType(&type)
    }

    private func optionalChild(_ get: (UnsafeMutablePointer<wasmtime_component_valtype_t>) -> Bool) -> ValueType? {
        var type = unsafe wasmtime_component_valtype_t()
        return unsafe get(&type) ? unsafe takeValueType(&type) : nil
    }

    private func valueType(_ type: wasmtime_component_valtype_t) -> ValueType {
        typealias Kind = CConstants.ValueTypeKind
        let of = unsafe type.of
        return switch unsafe type.kind {
        case Kind.bool: .bool
        case Kind.s8: .s8
        case Kind.s16: .s16
        case Kind.s32: .s32
        case Kind.s64: .s64
        case Kind.u8: .u8
        case Kind.u16: .u16
        case Kind.u32: .u32
        case Kind.u64: .u64
        case Kind.f32: .f32
        case Kind.f64: .f64
        case Kind.char: .char
        case Kind.string: .string
        case Kind.list: unsafe .list(child { unsafe wasmtime_component_list_type_element(of.list, $0) })
        case Kind.record: unsafe record(of.record)
        case Kind.tuple: unsafe tuple(of.tuple)
        case Kind.variant: unsafe variant(of.variant)
        case Kind.enumeration:
            unsafe .enumeration(
                names(wasmtime_component_enum_type_names_count(of.enum_)) {
                    unsafe wasmtime_component_enum_type_names_nth(of.enum_, $0, $1, $2)
                }
            )
        case Kind.option: unsafe .option(child { unsafe wasmtime_component_option_type_ty(of.option, $0) })
        case Kind.result:
            unsafe .result(
                ok: optionalChild { unsafe wasmtime_component_result_type_ok(of.result, $0) },
                error: optionalChild { unsafe wasmtime_component_result_type_err(of.result, $0) }
            )
        case Kind.flags:
            unsafe .flags(
                names(wasmtime_component_flags_type_names_count(of.flags)) {
                    unsafe wasmtime_component_flags_type_names_nth(of.flags, $0, $1, $2)
                }
            )
        case Kind.own: unsafe .own(knownName(of.own) ?? ResourceType(name: "resource"))
        case Kind.borrow: unsafe .borrow(knownName(of.borrow) ?? ResourceType(name: "resource"))
        case Kind.map:
            unsafe .map(
                key: child { unsafe wasmtime_component_map_type_key(of.map, $0) },
                value: child { unsafe wasmtime_component_map_type_value(of.map, $0) }
            )
        case Kind.future: unsafe .future(optionalChild { unsafe wasmtime_component_future_type_ty(of.future, $0) })
        case Kind.stream: unsafe .stream(optionalChild { unsafe wasmtime_component_stream_type_ty(of.stream, $0) })
        case Kind.errorContext: .errorContext
        default: .unsupported("kind \(unsafe type.kind)")
        }
    }

    private func record(_ type: OpaquePointer) -> ValueType {
        var fields: [ValueType.Field] = []
        for index in 0..<(unsafe wasmtime_component_record_type_field_count(type)) {
            var field = unsafe wasmtime_component_valtype_t()
            let name = unsafe lentName { unsafe wasmtime_component_record_type_field_nth(type, index, $0, $1, &field) }
            if let name {
                fields.append(.init(name: name, type: unsafe takeValueType(&field)))
            }
        }
        return .record(fields)
    }

    private func tuple(_ type: OpaquePointer) -> ValueType {
        let count = unsafe wasmtime_component_tuple_type_types_count(type)
        return .tuple(
            (0..<count).compactMap { index in
                unsafe optionalChild { unsafe wasmtime_component_tuple_type_types_nth(type, index, $0) }
            }
        )
    }

    private func variant(_ type: OpaquePointer) -> ValueType {
        var cases: [ValueType.Case] = []
        for index in 0..<(unsafe wasmtime_component_variant_type_case_count(type)) {
            var payload = unsafe wasmtime_component_valtype_t()
            var hasPayload = false
            let name = unsafe lentName {
                unsafe wasmtime_component_variant_type_case_nth(type, index, $0, $1, &hasPayload, &payload)
            }
            if let name {
                cases.append(.init(name: name, payload: hasPayload ? unsafe takeValueType(&payload) : nil))
            }
        }
        return .variant(cases)
    }

    private func names<Name: CharacterPointer>(
        _ count: Int,
        _ nth: (Int, UnsafeMutablePointer<Name?>, UnsafeMutablePointer<Int>) -> Bool
    ) -> [String] {
        (0..<count).compactMap { index in unsafe lentName { unsafe nth(index, $0, $1) } }
    }
}
