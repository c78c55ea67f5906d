import CWasmtime

/// The numbers that libwasmtime's headers define as macros and enumerators, kept here because the declarations of the
/// library's wheel have no such thing. Each is proved by behaviour: the kinds of values and types by `ValueTests`, which
/// passes a value of every kind through a guest, the kinds of items by `ReflectionTests`, the others by
/// `EngineHazardTests`.
enum CConstants {
    /// `WASMTIME_COMPONENT_*` of `wasmtime/component/val.h`.
    enum ValueKind {
        static let bool: UInt8 = 0
        static let s8: UInt8 = 1
        static let u8: UInt8 = 2
        static let s16: UInt8 = 3
        static let u16: UInt8 = 4
        static let s32: UInt8 = 5
        static let u32: UInt8 = 6
        static let s64: UInt8 = 7
        static let u64: UInt8 = 8
        static let f32: UInt8 = 9
        static let f64: UInt8 = 10
        static let char: UInt8 = 11
        static let string: UInt8 = 12
        static let list: UInt8 = 13
        static let record: UInt8 = 14
        static let tuple: UInt8 = 15
        static let variant: UInt8 = 16
        static let enumeration: UInt8 = 17
        static let option: UInt8 = 18
        static let result: UInt8 = 19
        static let flags: UInt8 = 20
        static let resource: UInt8 = 21
        static let map: UInt8 = 22
    }

    /// `WASMTIME_COMPONENT_VALTYPE_*` of `wasmtime/component/types/val.h`.
    enum ValueTypeKind {
        static let bool: UInt8 = 0
        static let s8: UInt8 = 1
        static let s16: UInt8 = 2
        static let s32: UInt8 = 3
        static let s64: UInt8 = 4
        static let u8: UInt8 = 5
        static let u16: UInt8 = 6
        static let u32: UInt8 = 7
        static let u64: UInt8 = 8
        static let f32: UInt8 = 9
        static let f64: UInt8 = 10
        static let char: UInt8 = 11
        static let string: UInt8 = 12
        static let list: UInt8 = 13
        static let record: UInt8 = 14
        static let tuple: UInt8 = 15
        static let variant: UInt8 = 16
        static let enumeration: UInt8 = 17
        static let option: UInt8 = 18
        static let result: UInt8 = 19
        static let flags: UInt8 = 20
        static let own: UInt8 = 21
        static let borrow: UInt8 = 22
        static let future: UInt8 = 23
        static let stream: UInt8 = 24
        static let errorContext: UInt8 = 25
        static let map: UInt8 = 26
    }

    /// `WASMTIME_COMPONENT_ITEM_*` of `wasmtime/component/types/component.h`.
    enum ItemKind {
        static let component: UInt8 = 0
        static let instance: UInt8 = 1
        static let module: UInt8 = 2
        static let function: UInt8 = 3
        static let resource: UInt8 = 4
        static let type: UInt8 = 6
    }

    /// `WASMTIME_UPDATE_DEADLINE_*` of `wasmtime/store.h`.
    enum UpdateDeadline {
        static let resume: UInt8 = 0
    }

    /// `WASMTIME_OPT_LEVEL_*` of `wasmtime/config.h`.
    static func optimizationLevel(_ optimization: EngineConfiguration.Optimization) -> wasmtime_opt_level_t {
        switch optimization {
        case .none: 0
        case .speed: 1
        case .speedAndSize: 2
        }
    }
}
