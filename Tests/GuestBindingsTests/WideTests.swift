import Testing
import WasmComponentModel

/// Types with hundreds of cases, types inside of types, and maps, through a guest that makes of every call the same call
/// of its host.
struct WideTests {
    static let functions = [
        "echo-eight", "echo-seventeen", "echo-all", "echo-name", "echo-case", "echo-tree", "echo-nested",
        "echo-numbers",
        "echo-letters", "echo-truths", "echo-both",
    ]

    @Test(arguments: functions)
    func valuesComeBackAsTheyWere(_ function: String) throws {
        let host = try EchoingHost.wide()
        let type = try host.type(function)
        var values = RandomValues(seed: 23)
        for _ in 0..<50 {
            let arguments = type.parameters.map { values.value($0.type) }
            let back = try host.call(function, arguments).map(Self.sorted)
            #expect(back == EchoingHost.answer(function, type, arguments))
        }
    }

    @Test func eachOfHundredsOfCasesComesBack() throws {
        let host = try EchoingHost.wide()
        guard case .variant(let cases)? = try host.type("echo-case").result,
            case .enumeration(let names)? = try host.type("echo-name").result
        else {
            Issue.record("the types are others")
            return
        }
        #expect(cases.count == 300 && names.count == 300)
        var values = RandomValues(seed: 5)
        for item in cases {
            let value = Value.variant(item.name, item.payload.map { values.value($0) })
            #expect(try host.call("echo-case", [value]).map(Self.sorted) == value)
        }
        for name in names { #expect(try host.call("echo-name", [.enumeration(name)]) == .enumeration(name)) }
    }

    @Test func eachFlagComesBackByItself() throws {
        let host = try EchoingHost.wide()
        for function in ["echo-eight", "echo-seventeen", "echo-all"] {
            guard case .flags(let names)? = try host.type(function).result else { continue }
            for name in names { #expect(try host.call(function, [.flags([name])]) == .flags([name])) }
            #expect(try host.call(function, [.flags(names)]) == .flags(names))
        }
    }

    @Test func ofEntriesWithOneKeyTheLastOneCounts() throws {
        let host = try EchoingHost.wide()
        let entries = [true, false, true].map { Value.Entry(key: .s64(7), value: .bool($0)) }
        let back = try host.call("echo-numbers", [.map(entries + [.init(key: .s64(8), value: .bool(false))])])
        #expect(
            back.map(Self.sorted)
                == .map([.init(key: .s64(7), value: .bool(true)), .init(key: .s64(8), value: .bool(false))])
        )
    }

    /// The value with the entries of every map in the order of their keys: a guest keeps no order.
    private static func sorted(_ value: Value) -> Value {
        switch value {
        case .map(let entries):
            .map(
                entries.map { Value.Entry(key: $0.key, value: sorted($0.value)) }
                    .sorted { "\($0.key)" < "\($1.key)" }
            )
        case .list(let elements): .list(elements.map(sorted))
        case .tuple(let elements): .tuple(elements.map(sorted))
        case .record(let fields): .record(fields.map { .init(name: $0.name, value: sorted($0.value)) })
        case .variant(let name, let payload): .variant(name, payload.map(sorted))
        case .option(let some): .option(some.map(sorted))
        case .ok(let payload): .ok(payload.map(sorted))
        case .error(let payload): .error(payload.map(sorted))
        default: value
        }
    }
}
