import Testing
import WasmComponentModel

@testable import wasm_actors

@Suite struct WAVEWriterTests {
    private static let all = ValueType.record([
        .init(name: "flag", type: .bool),
        .init(name: "numbers", type: .tuple([.s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64])),
        .init(name: "floats", type: .list(.f32)),
        .init(name: "letter", type: .char),
        .init(name: "text", type: .string),
        .init(name: "table", type: .map(key: .string, value: .u8)),
        .init(name: "choice", type: .list(.variant([.init(name: "none"), .init(name: "b", payload: .u8)]))),
        .init(name: "colour", type: .enumeration(["red", "ok"])),
        .init(name: "maybe", type: .list(.option(.option(.u8)))),
        .init(name: "absent", type: .option(.u8)),
        .init(name: "answers", type: .list(.result(ok: .result(ok: nil, error: nil), error: nil))),
        .init(name: "rights", type: .flags(["r", "w", "nan"])),
    ])

    private static let value = Value.record([
        .init(name: "flag", value: .bool(true)),
        .init(
            name: "numbers",
            value: .tuple([.s8(-1), .u8(2), .s16(-3), .u16(4), .s32(-5), .u32(6), .s64(-7), .u64(8)])
        ),
        .init(name: "floats", value: .list([.f32(1), .f32(-0.25), .f32(.infinity), .f32(-.infinity)])),
        .init(name: "letter", value: .char("'")),
        .init(name: "text", value: .string("\"é\\\n\u{7}")),
        .init(name: "table", value: .map([.init(key: .string("k"), value: .u8(1))])),
        .init(name: "choice", value: .list([.variant("none", nil), .variant("b", .u8(1))])),
        .init(name: "colour", value: .enumeration("ok")),
        .init(name: "maybe", value: .list([.option(nil), .option(.option(nil)), .option(.option(.u8(1)))])),
        .init(name: "absent", value: .option(nil)),
        .init(name: "answers", value: .list([.ok(.error(nil)), .error(nil)])),
        .init(name: "rights", value: .flags(["r", "nan"])),
    ])

    @Test func everyKindHasItsForm() {
        let expected =
            #"{flag: true, numbers: (-1, 2, -3, 4, -5, 6, -7, 8), floats: [1, -0.25, inf, -inf], letter: '\'', "#
            + #"text: "\"é\\\n\u{7}", table: [("k", 1)], choice: [%none, b(1)], colour: %ok, "#
            + #"maybe: [none, some(none), some(some(1))], answers: [ok(err), err], rights: {r, %nan}}"#
        #expect(WAVEWriter.text(of: Self.value) == expected)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        #expect(try WAVEReader.value(of: WAVEWriter.text(of: Self.value), as: Self.all) == Self.value)
    }

    @Test func notANumberIsAWord() {
        #expect(WAVEWriter.text(of: .f64(.nan)) == "nan")
    }

    @Test func floatsAreShortAndExact() throws {
        for number: Double in [0.1, 1e300, -0.0, .leastNonzeroMagnitude, 123456789.125] {
            #expect(try WAVEReader.value(of: WAVEWriter.text(of: .f64(number)), as: .f64) == .f64(number))
        }
    }

    @Test func aRecordWithNothingGivenIsNotMistakenForFlags() {
        #expect(WAVEWriter.text(of: .record([.init(name: "a", value: .option(nil))])) == "{:}")
    }
}
