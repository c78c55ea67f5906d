import Testing
import WasmComponentModel

/// The generated guest bindings, in a guest that makes of every call the same call of its host: each value is lifted and
/// lowered twice on its way.
struct ShapesTests {
    static let functions = [
        "echo-numbers", "text", "echo-names", "echo-shape", "echo-color", "echo-marks", "maybe", "echo-everything",
        "many",
        "checked", "worded", "bare", "func", "nothing",
    ]

    @Test(arguments: functions)
    func valuesComeBackAsTheyWere(_ function: String) throws {
        let host = try EchoingHost.shapes()
        let type = try host.type(function)
        var values = RandomValues(seed: 42)
        for _ in 0..<200 {
            let arguments = type.parameters.map { values.value($0.type) }
            #expect(try host.call(function, arguments) == EchoingHost.answer(function, type, arguments))
        }
    }

    @Test func eachCaseOfAVariantComesBack() throws {
        let host = try EchoingHost.shapes()
        guard case .variant(let cases)? = try host.type("echo-shape").result else {
            Issue.record("echo-shape does not return a variant")
            return
        }
        var values = RandomValues(seed: 7)
        for item in cases {
            let shape = Value.variant(item.name, item.payload.map { values.value($0) })
            #expect(try host.call("echo-shape", [shape]) == shape)
        }
    }

    @Test func bitsOfANotANumberSurviveInAVariant() throws {
        let host = try EchoingHost.shapes()
        let pattern: UInt64 = 0x7ff8_0000_0000_0000
        let shape = Value.variant("square", .f64(Double(bitPattern: pattern)))
        guard case .variant("square", .f64(let number)?)? = try host.call("echo-shape", [shape]) else {
            Issue.record("the answer is no square")
            return
        }
        #expect(number.bitPattern == pattern)
    }

    @Test func longListsAndTextsComeBack() throws {
        let host = try EchoingHost.shapes()
        let text = String(repeating: "ä", count: 100_000)
        #expect(try host.call("text", [.string(text)]) == .string(text))
        let names = Value.list((0..<65_536).map { .string(String($0)) })
        #expect(try host.call("echo-names", [names]) == names)
    }

    @Test func functionsOfTheWorldItselfWork() throws {
        let host = try EchoingHost.shapes()
        #expect(try host.total([1, 2, 1 << 40]) == .u64(UInt64("3 values, call 0".utf8.count) + 3 + (1 << 40)))
    }

    /// The world has no log: the reason of a trap is in the backtrace alone.
    @Test func trapNamesTheFunctionThatFailed() throws {
        let host = try EchoingHost.shapes()
        let error = #expect(throws: WasmError.self) { try host.total([.max]) }
        #expect(error?.trap == .unreachable)
        #expect(error?.description.contains("exportShapesWorld_total") == true, "\(error?.description ?? "")")
    }

    /// With so little memory, a guest that kept a few bytes of each call would soon be refused more.
    @Test func callsLeaveNothingBehind() throws {
        let host = try EchoingHost.shapes(memoryBytes: 768 << 10)
        let type = try host.type("echo-everything")
        var values = RandomValues(seed: 1)
        let arguments = (0..<50).map { _ in type.parameters.map { values.value($0.type) } }
        for turn in 0..<4_000 {
            _ = try host.call("echo-everything", arguments[turn % arguments.count])
        }
    }

    /// A string in, out to the host, back in and out again, in 512 KiB: 1 byte kept of each would be twice that.
    @Test func aMillionCallsKeepTheMemoryFlat() throws {
        let host = try EchoingHost.shapes(memoryBytes: 512 << 10)
        let text = [Value.string("as long as no word of a machine")]
        for _ in 0..<1_000_000 { _ = try host.call("text", text) }
        #expect(try host.call("text", text) == text[0])
    }
}
