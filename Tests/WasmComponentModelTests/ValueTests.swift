import Testing
import WasmComponentModel

/// Every kind of value crosses the boundary four times: into the guest, out to a host function, back, and out again.
struct ValueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let flat: [String]
        let type: ValueType
        let values: [Value]
        var isNamed = false
        var features = FeatureSet.strict

        var testDescription: String { text }
    }

    static let cases: [Case] = [
        Case(text: "bool", flat: ["i32"], type: .bool, values: [.bool(true), .bool(false)]),
        Case(text: "s8", flat: ["i32"], type: .s8, values: [.s8(.min), .s8(.max)]),
        Case(text: "u8", flat: ["i32"], type: .u8, values: [.u8(0), .u8(.max)]),
        Case(text: "s16", flat: ["i32"], type: .s16, values: [.s16(.min), .s16(.max)]),
        Case(text: "u16", flat: ["i32"], type: .u16, values: [.u16(.max)]),
        Case(text: "s32", flat: ["i32"], type: .s32, values: [.s32(.min), .s32(.max)]),
        Case(text: "u32", flat: ["i32"], type: .u32, values: [.u32(.max)]),
        Case(text: "s64", flat: ["i64"], type: .s64, values: [.s64(.min), .s64(.max)]),
        Case(text: "u64", flat: ["i64"], type: .u64, values: [.u64(.max)]),
        Case(text: "f32", flat: ["f32"], type: .f32, values: [.f32(-1.5), .f32(.infinity)]),
        Case(text: "f64", flat: ["f64"], type: .f64, values: [.f64(.pi), .f64(-.infinity)]),
        Case(text: "char", flat: ["i32"], type: .char, values: [.char("a"), .char("\u{10FFFF}")]),
        Case(
            text: "string",
            flat: ["i32", "i32"],
            type: .string,
            values: [.string(""), .string("héllo 🌍"), .string("a\0b")]
        ),
        Case(
            text: "(list u8)",
            flat: ["i32", "i32"],
            type: .list(.u8),
            values: [.list([]), .bytes(Array(0...255))]
        ),
        Case(
            text: "(list string)",
            flat: ["i32", "i32"],
            type: .list(.string),
            values: [.list([.string("x"), .string("")])]
        ),
        Case(
            text: "(tuple u8 string)",
            flat: ["i32", "i32", "i32"],
            type: .tuple([.u8, .string]),
            values: [.tuple([.u8(7), .string("seven")])]
        ),
        Case(
            text: "(record (field \"a\" u8) (field \"b-c\" string))",
            flat: ["i32", "i32", "i32"],
            type: .record([.init(name: "a", type: .u8), .init(name: "b-c", type: .string)]),
            values: [.record([.init(name: "a", value: .u8(7)), .init(name: "b-c", value: .string("seven"))])],
            isNamed: true
        ),
        Case(
            text: "(variant (case \"none\") (case \"number\" u32) (case \"text\" string))",
            flat: ["i32", "i32", "i32"],
            type: .variant([
                .init(name: "none"), .init(name: "number", payload: .u32), .init(name: "text", payload: .string),
            ]),
            values: [.variant("none", nil), .variant("number", .u32(9)), .variant("text", .string("nine"))],
            isNamed: true
        ),
        Case(
            text: "(enum \"red\" \"dark-green\")",
            flat: ["i32"],
            type: .enumeration(["red", "dark-green"]),
            values: [.enumeration("red"), .enumeration("dark-green")],
            isNamed: true
        ),
        Case(
            text: "(option u32)",
            flat: ["i32", "i32"],
            type: .option(.u32),
            values: [.option(nil), .option(.u32(1))]
        ),
        Case(
            text: "(result u32 (error string))",
            flat: ["i32", "i32", "i32"],
            type: .result(ok: .u32, error: .string),
            values: [.ok(.u32(1)), .error(.string("no"))]
        ),
        Case(
            text: "(result)",
            flat: ["i32"],
            type: .result(ok: nil, error: nil),
            values: [.ok(nil), .error(nil)]
        ),
        Case(
            text: "(flags \"read\" \"write\" \"run\")",
            flat: ["i32"],
            type: .flags(["read", "write", "run"]),
            values: [.flags([]), .flags(["read", "run"])],
            isNamed: true
        ),
        Case(
            text: "(map string u32)",
            flat: ["i32", "i32"],
            type: .map(key: .string, value: .u32),
            values: [.map([]), .map([.init(key: .string("a"), value: .u32(1))])],
            features: .maps
        ),
    ]

    @Test(arguments: cases) func valueCrossesTheBoundaryUnchanged(_ test: Case) throws {
        let seen = Box<[Value]>([])
        var configuration = Harness.engineConfiguration
        configuration.features = test.features
        let type = FunctionType(parameters: [.init(name: "x", type: test.type)], result: test.type)
        let harness = try Harness(
            Guest.echo(test.text, flat: test.flat, isNamed: test.isNamed),
            configuration
        ) { linker in
            try linker.root { (root) throws(WasmError) in
                try root.define("echo", type: type) { _, arguments in
                    seen.value += arguments
                    return arguments[0]
                }
            }
        }
        #expect(harness.component.type.export("echo") == .function(type))
        let store = try harness.store(.sync)
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let echo = try store.function(instance, "echo")
        for value in test.values {
            #expect(try store.call(echo, [value]) == value)
        }
        #expect(seen.value == test.values)
    }
}
