import Testing

@testable import WasmComponentModel

/// How the result of a host function says that the call was denied.
struct HostDenialTests {
    @Test(arguments: [
        (ValueType.string, Value.string("x(y)")),
        (
            .variant([.init(name: "lost"), .init(name: "denied", payload: .string)]),
            .variant("denied", .string("x(y)"))
        ),
        (.variant([.init(name: "denied")]), .variant("denied", nil)),
        (.enumeration(["lost", "denied"]), .enumeration("denied")),
    ])
    func errorsThatCanSaySo(_ error: ValueType, _ said: Value) throws {
        let result = ValueType.result(ok: .u32, error: error)
        let value = try #require(HostDenial(result: result)).value("x(y)")
        #expect(value == .error(said))
        try value.validate(against: result)
    }

    @Test(
        arguments: [
            nil, .string, .result(ok: .string, error: nil), .result(ok: nil, error: .u32),
            .result(ok: nil, error: .variant([.init(name: "denied", payload: .u32)])),
            .result(ok: nil, error: .variant([.init(name: "lost", payload: .string)])),
            .result(ok: nil, error: .enumeration(["lost"])),
        ] as [ValueType?]
    )
    func resultsThatCannot(_ result: ValueType?) {
        #expect(HostDenial(result: result) == nil)
    }
}
