import Testing
import WasmComponentModel

struct ReflectionTests {
    private static let text = #"""
        (component
          (type $api (instance
            (type $point (record (field "x" s32) (field "y" s32)))
            (export "point" (type $p (eq $point)))
            (export "handle" (type $h (sub resource)))
            (type $own (own $h))
            (type $borrow (borrow $h))
            (type $points (list $p))
            (type $answer (result $points (error string)))
            (export "open" (func (param "at" $p) (result $own)))
            (export "read" (func (param "from" $borrow) (param "count" u64) (result $answer)))))
          (import "test:pkg/api@1.2.3" (instance (type $api)))
          (import "test:pkg/nested@1.0.0" (instance (export "c" (component (export "f" (func))))))
          (import "module" (core module (import "a" "b" (func)) (export "c" (func))))
        )
        """#

    @Test func interfaceIsReadCompletely() throws {
        let component = try Component(engine: try Engine(), text: Self.text)
        let point = ValueType.record([.init(name: "x", type: .s32), .init(name: "y", type: .s32)])
        let handle = ResourceType(interface: "test:pkg/api@1.2.3", name: "handle")
        let expected = InstanceType(exports: [
            NamedExtern(name: "point", type: .type(point)),
            NamedExtern(name: "handle", type: .resource(handle)),
            NamedExtern(
                name: "open",
                type: .function(FunctionType(parameters: [.init(name: "at", type: point)], result: .own(handle)))
            ),
            NamedExtern(
                name: "read",
                type: .function(
                    FunctionType(
                        parameters: [.init(name: "from", type: .borrow(handle)), .init(name: "count", type: .u64)],
                        result: .result(ok: .list(point), error: .string)
                    )
                )
            ),
        ])
        #expect(component.type.import("test:pkg/api@1.2.3") == .instance(expected))
        let function = NamedExtern(name: "f", type: .function(FunctionType()))
        let nested = NamedExtern(name: "c", type: .component(ComponentType(exports: [function])))
        #expect(component.type.import("test:pkg/nested@1.0.0") == .instance(InstanceType(exports: [nested])))
        #expect(component.type.import("module") == .module(ModuleType(importCount: 1, exportCount: 1)))
    }

    @Test(arguments: [
        (ValueType.list(.u8), "list<u8>"), (.option(.string), "option<string>"),
        (.tuple([.u8, .bool]), "tuple<u8, bool>"),
        (.result(ok: nil, error: nil), "result"), (.result(ok: .u8, error: nil), "result<u8>"),
        (.result(ok: nil, error: .char), "result<_, char>"), (.map(key: .string, value: .f64), "map<string, f64>"),
        (.enumeration(["a", "b"]), "enum { a, b }"), (.flags(["a"]), "flags { a }"),
        (.variant([.init(name: "a"), .init(name: "b", payload: .s16)]), "variant { a, b(s16) }"),
        (.record([.init(name: "x", type: .f32)]), "record { x: f32 }"),
        (.borrow(ResourceType(name: "file")), "borrow<file>"), (.own(ResourceType(name: "file")), "file"),
        (.stream(.u8), "stream<u8>"), (.future(nil), "future"),
    ])
    func typeIsPrintedAsWIT(_ type: ValueType, _ text: String) {
        #expect(type.description == text)
    }

    @Test func functionTypeIsPrintedAsWIT() {
        let type = FunctionType(parameters: [.init(name: "a-b", type: .u32)], result: .string)
        #expect(type.description == "func(a-b: u32) -> string")
    }

    @Test func equalityIsExact() {
        let type = FunctionType(parameters: [.init(name: "a", type: .u32)], result: .u32)
        #expect(type != FunctionType(parameters: [.init(name: "b", type: .u32)], result: .u32))
        #expect(type != FunctionType(parameters: [.init(name: "a", type: .u32)], result: .u32, isAsync: true))
    }
}
