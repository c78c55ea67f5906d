import Testing
import WasmComponentModel

@testable import wasm_actors

@Suite struct WAVEReaderTests {
    private func read(_ text: String, _ type: ValueType) throws(WAVEError) -> Value {
        try WAVEReader.value(of: text, as: type)
    }

    private func message(_ text: String, _ type: ValueType) -> String? {
        do {
            _ = try WAVEReader.value(of: text, as: type)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func booleans() throws {
        #expect(try read(" true ", .bool) == .bool(true))
        #expect(try read("false", .bool) == .bool(false))
        #expect(message("yes", .bool) == "column 1: expected true or false, found 'yes'")
        #expect(message("%true", .bool) != nil)
    }

    @Test func integersOfEveryWidth() throws {
        #expect(try read("-128", .s8) == .s8(.min))
        #expect(try read("255", .u8) == .u8(.max))
        #expect(try read("-32768", .s16) == .s16(.min))
        #expect(try read("65535", .u16) == .u16(.max))
        #expect(try read("-2147483648", .s32) == .s32(.min))
        #expect(try read("4294967295", .u32) == .u32(.max))
        #expect(try read("-9223372036854775808", .s64) == .s64(.min))
        #expect(try read("18446744073709551615", .u64) == .u64(.max))
    }

    @Test func integersOutsideTheirTypeSayWhatItHolds() {
        #expect(message("256", .u8) == "column 1: 256 is outside u8, which holds 0 to 255")
        #expect(message("  -1", .u32) == "column 3: -1 is outside u32, which holds 0 to 4294967295")
    }

    @Test(arguments: ["1.5", "1e3", "0x10", "+1", "1_000", "one", "", "-"])
    func whatIsNoWholeNumberIsRefused(text: String) {
        #expect(message(text, .u32)?.hasPrefix("column 1: expected a whole number (u32)") == true)
    }

    @Test func floatsAndTheirWords() throws {
        #expect(try read("1.5", .f32) == .f32(1.5))
        #expect(try read("-6.02e23", .f64) == .f64(-6.02e23))
        #expect(try read("3", .f64) == .f64(3))
        #expect(try read("inf", .f32) == .f32(.infinity))
        #expect(try read("-inf", .f64) == .f64(-.infinity))
        guard case .f64(let number) = try read("nan", .f64) else { return #expect(Bool(false)) }
        #expect(number.isNaN)
    }

    @Test(arguments: ["infinity", "0x1p3", "1e999", "1..2", "-nan"])
    func whatIsNoFloatIsRefused(text: String) {
        #expect(message(text, .f64)?.hasPrefix("column 1: expected a number, nan, inf or -inf (f64)") == true)
    }

    @Test func charactersWithEscapes() throws {
        #expect(try read("'x'", .char) == .char("x"))
        #expect(try read("'☃'", .char) == .char("☃"))
        #expect(try read(#"'\''"#, .char) == .char("'"))
        #expect(try read(#"'\u{1f41f}'"#, .char) == .char("\u{1f41f}"))
        #expect(message("''", .char) == "column 2: expected one character, found '''")
        #expect(message("'ab'", .char) == "column 3: expected ' after one character, found 'b'")
        #expect(message(#"'\u{d800}'"#, .char)?.hasPrefix("column 2: expected \\u{") == true)
    }

    @Test func stringsWithEscapes() throws {
        #expect(try read(#""a\"b\\c\n\t\r\u{e9}'""#, .string) == .string("a\"b\\c\n\t\ré'"))
        #expect(try read(#""""#, .string) == .string(""))
        #expect(message("hello", .string) == "column 1: expected a string in double quotes, found 'hello'")
        #expect(message(#""open"#, .string) == "column 1: this string has no closing quote")
        #expect(message(#""\q""#, .string)?.hasPrefix("column 2: expected one of the escapes") == true)
    }

    @Test func stringsOnSeveralLinesLoseTheirIndentation() throws {
        let text = "\"\"\"\n    one\n      \"two\"\n\n    three\n    \"\"\""
        #expect(try read(text, .string) == .string("one\n  \"two\"\n\nthree"))
        #expect(
            message("\"\"\"\n  a\n    \"\"\"", .string) == "column 1: a line is indented less than the closing quotes"
        )
    }

    @Test func listsNestAndMayEndInAComma() throws {
        #expect(try read("[]", .list(.u8)) == .list([]))
        #expect(try read("[ [1, 2,], [] ]", .list(.list(.u8))) == .list([.list([.u8(1), .u8(2)]), .list([])]))
        #expect(message("[1 2]", .list(.u8)) == "column 4: expected ',' or ']', found '2'")
        #expect(message("[1, x]", .list(.u8)) == "column 5: expected a whole number (u8), found 'x'")
        #expect(message("[1", .list(.u8)) == "column 3: expected ',' or ']', found the end")
    }

    @Test func mapsAreListsOfPairs() throws {
        let type = ValueType.map(key: .string, value: .u8)
        #expect(try read(#"[("a", 1)]"#, type) == .map([.init(key: .string("a"), value: .u8(1))]))
    }

    @Test func tuplesHaveExactlyTheirElements() throws {
        let type = ValueType.tuple([.u8, .string])
        #expect(try read(#"(1, "a")"#, type) == .tuple([.u8(1), .string("a")]))
        #expect(message("(1)", type) == "column 3: expected ',' and 1 more of the tuple's 2, found ')'")
        #expect(message(#"(1, "a", 2)"#, type) == "column 10: expected ')' to close a tuple of 2, found '2'")
    }

    private let point = ValueType.record([
        .init(name: "x", type: .s32), .init(name: "label", type: .option(.string)),
        .init(name: "some", type: .option(.u8)),
    ])

    @Test func recordsTakeTheirFieldsInAnyOrderAndOmitOptionalOnes() throws {
        let expected = Value.record([
            .init(name: "x", value: .s32(1)), .init(name: "label", value: .option(.string("a"))),
            .init(name: "some", value: .option(nil)),
        ])
        #expect(try read(#"{label: "a", x: 1}"#, point) == expected)
        #expect(try read(#"{x: 1, label: some("a"), %some: none}"#, point) == expected)
        let empty = ValueType.record([.init(name: "a", type: .option(.u8))])
        #expect(try read("{:}", empty) == .record([.init(name: "a", value: .option(nil))]))
    }

    @Test func recordMistakesAreNamed() {
        #expect(message(#"{label: "a"}"#, point) == "column 1: field 'x' (s32) is missing")
        #expect(message("{y: 1}", point) == "column 2: no field 'y'; there is x, label, some")
        #expect(message("{x: 1, x: 2}", point) == "column 8: field 'x' is given twice")
        #expect(message("{some: 1, x: 1}", point)?.contains("'some' is a keyword, write %some") == true)
        #expect(message("{x 1}", point) == "column 4: expected ':' after the field's name 'x', found '1'")
    }

    @Test func variantsWithAndWithoutPayload() throws {
        let type = ValueType.variant([.init(name: "none"), .init(name: "text", payload: .string)])
        #expect(try read("%none", type) == .variant("none", nil))
        #expect(try read(#"text("a")"#, type) == .variant("text", .string("a")))
        #expect(message("text", type) == "column 5: expected '(' after 'text', which carries string, found the end")
        #expect(message("%none(1)", type)?.hasPrefix("column 6: expected nothing after 'none'") == true)
        #expect(message("other", type) == "column 1: no case 'other'; there is none, text")
    }

    @Test func enumerations() throws {
        let type = ValueType.enumeration(["hot", "cold-ish"])
        #expect(try read("cold-ish", type) == .enumeration("cold-ish"))
        #expect(message("warm", type) == "column 1: no case 'warm'; there is hot, cold-ish")
    }

    @Test func optionsMayBeBareWhereThatIsPlain() throws {
        #expect(try read("none", .option(.u8)) == .option(nil))
        #expect(try read("some(1)", .option(.u8)) == .option(.u8(1)))
        #expect(try read("1", .option(.u8)) == .option(.u8(1)))
        #expect(try read("some(none)", .option(.option(.u8))) == .option(.option(nil)))
        #expect(message("1", .option(.option(.u8))) == "column 1: expected some(...) or none, found '1'")
        #expect(try read("%none", .option(.enumeration(["none"]))) == .option(.enumeration("none")))
        #expect(try read("%some", .option(.enumeration(["some"]))) == .option(.enumeration("some")))
    }

    @Test func results() throws {
        let type = ValueType.result(ok: .u8, error: .string)
        #expect(try read("ok(1)", type) == .ok(.u8(1)))
        #expect(try read("1", type) == .ok(.u8(1)))
        #expect(try read(#"err("no")"#, type) == .error(.string("no")))
        #expect(try read("ok", .result(ok: nil, error: nil)) == .ok(nil))
        #expect(try read("err", .result(ok: nil, error: nil)) == .error(nil))
        #expect(message("1", .result(ok: nil, error: .string)) == "column 1: expected ok or err, found '1'")
        #expect(message("ok", type) == "column 3: expected '(' after ok, which carries u8, found the end")
    }

    @Test func flagsKeepTheOrderOfTheirType() throws {
        let type = ValueType.flags(["read", "write", "true"])
        #expect(try read("{write, read}", type) == .flags(["read", "write"]))
        #expect(try read("{}", type) == .flags([]))
        #expect(try read("{%true}", type) == .flags(["true"]))
        #expect(message("{reed}", type) == "column 2: no flag 'reed'; there is read, write, true")
    }

    @Test func nothingMayFollowTheValueButSpaceAndComments() throws {
        #expect(try read("// one\n1 // two", .u8) == .u8(1))
        #expect(message("1 2", .u8) == "column 3: expected the end after a value of type u8, found '2'")
    }

    @Test func handlesCannotBeWritten() {
        #expect(message("1", .own(ResourceType(name: "file")))?.contains("file has none") == true)
    }
}
