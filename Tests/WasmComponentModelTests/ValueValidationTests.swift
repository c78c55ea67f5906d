import Testing
import WasmComponentModel

struct ValueValidationTests {
    private static let point = ValueType.record([.init(name: "x", type: .u8), .init(name: "y", type: .u8)])

    private func code(_ value: Value, _ type: ValueType) -> WasmError.Code? {
        do throws(WasmError) {
            try value.validate(against: type)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func valueOfAnotherKindIsRefused() {
        #expect(code(.u32(1), .u64) == .invalidValue)
        #expect(code(.string("x"), .list(.u8)) == .invalidValue)
        #expect(code(.option(nil), .result(ok: nil, error: nil)) == .invalidValue)
    }

    @Test func recordNeedsEveryFieldInOrder() {
        let x = Value.NamedValue(name: "x", value: .u8(1))
        let y = Value.NamedValue(name: "y", value: .u8(2))
        #expect(code(.record([x, y]), Self.point) == nil)
        #expect(code(.record([y, x]), Self.point) == .invalidValue)
        #expect(code(.record([x]), Self.point) == .invalidValue)
    }

    @Test func unknownNamesAreRefused() {
        #expect(code(.enumeration("c"), .enumeration(["a", "b"])) == .invalidValue)
        #expect(code(.flags(["a", "z"]), .flags(["a", "b"])) == .invalidValue)
        #expect(code(.variant("z", nil), .variant([.init(name: "a")])) == .invalidValue)
    }

    @Test func payloadMustBeThereExactlyWhereTheTypeHasOne() {
        let type = ValueType.variant([.init(name: "a"), .init(name: "b", payload: .u8)])
        #expect(code(.variant("a", .u8(1)), type) == .invalidValue)
        #expect(code(.variant("b", nil), type) == .invalidValue)
        #expect(code(.ok(nil), .result(ok: .u8, error: nil)) == .invalidValue)
        #expect(code(.error(.u8(1)), .result(ok: .u8, error: nil)) == .invalidValue)
    }

    @Test func errorNamesThePlace() {
        let type = ValueType.list(Self.point)
        let bad = Value.record([.init(name: "x", value: .u8(1)), .init(name: "y", value: .bool(true))])
        let error = #expect(throws: WasmError.self) { try Value.list([bad]).validate(against: type) }
        #expect(error?.message.contains("[0].y") == true)
    }
}
