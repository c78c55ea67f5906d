import CWasmtime

/// An instance of a component: inert without its store.
///
/// See `wasmtime/component/instance.h`.
@safe public struct Instance: Sendable {
    /// The component that it is an instance of.
    public let component: Component
    let storeID: UInt64
    /// A pair of numbers; copied before each use.
    let value: wasmtime_component_instance_t
}

/// A function that an instance exports: inert without its store.
///
/// See `wasmtime/component/func.h`.
@safe public struct Func: Sendable {
    /// The function's type.
    public let type: FunctionType
    /// The function's name, with its interface's where it has one, as in
    /// `wasm-actors:actor/lifecycle@0.1.0#handle-message`.
    public let name: String
    let storeID: UInt64
    let parameterKinds: [UInt8]
    let takesResources: Bool
    let returnsResources: Bool
    /// Numbers and a pointer into the instance, which libwasmtime reads only together with the function's own store:
    /// nothing here can be followed from another thread.
    nonisolated(unsafe) let value: wasmtime_component_func_t

    var hasResult: Bool { type.result != nil }
}

/// An exported function whose type was compared with the expected one: what generated bindings call.
public struct TypedFunc: Sendable {
    /// The function.
    public let function: Func
}

extension ValueType {
    /// The kind of this type's values.
    var valueKind: UInt8 {
        typealias Kind = CConstants.ValueKind
        return switch self {
        case .bool: Kind.bool
        case .s8: Kind.s8
        case .u8: Kind.u8
        case .s16: Kind.s16
        case .u16: Kind.u16
        case .s32: Kind.s32
        case .u32: Kind.u32
        case .s64: Kind.s64
        case .u64: Kind.u64
        case .f32: Kind.f32
        case .f64: Kind.f64
        case .char: Kind.char
        case .string: Kind.string
        case .list: Kind.list
        case .map: Kind.map
        case .record: Kind.record
        case .tuple: Kind.tuple
        case .variant: Kind.variant
        case .enumeration: Kind.enumeration
        case .option: Kind.option
        case .result: Kind.result
        case .flags: Kind.flags
        case .own, .borrow: Kind.resource
        case .future, .stream, .errorContext, .unsupported: .max
        }
    }
}
