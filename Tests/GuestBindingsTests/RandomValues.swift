import WasmComponentModel

/// Values of any type, the same ones for the same seed, edge values among them.
struct RandomValues {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func integer<Number: FixedWidthInteger>(_: Number.Type) -> Number {
        [Number.min, .max, 0, 1, Number(truncatingIfNeeded: next())][below(5)]
    }

    /// A scalar of any plane, or from the ends of an encoding's ranges.
    mutating func scalar() -> Unicode.Scalar {
        let edges: [UInt32] = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x1_0000, 0x10_FFFF, 0x1F600]
        if below(2) == 0 { return Unicode.Scalar(edges[below(edges.count)]) ?? "a" }
        return Unicode.Scalar(UInt32(below(17)) << 16 | UInt32(below(0x1_0000))) ?? "\u{FFFD}"
    }

    mutating func text() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<[0, 1, 7, 15, 16, 40][below(6)] { text.append(below(3) == 0 ? scalar() : "x") }
        return String(text)
    }

    private mutating func list(_ element: ValueType) -> [Value] {
        (0..<[0, 1, 2, 5][below(4)]).map { _ in value(element) }
    }

    mutating func value(_ type: ValueType) -> Value {
        switch type {
        case .bool: .bool(below(2) == 0)
        case .s8: .s8(integer(Int8.self))
        case .u8: .u8(integer(UInt8.self))
        case .s16: .s16(integer(Int16.self))
        case .u16: .u16(integer(UInt16.self))
        case .s32: .s32(integer(Int32.self))
        case .u32: .u32(integer(UInt32.self))
        case .s64: .s64(integer(Int64.self))
        case .u64: .u64(integer(UInt64.self))
        case .f32: .f32([0, -1.5, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude][below(5)])
        case .f64: .f64([0, -1.5, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude][below(5)])
        case .char: .char(scalar())
        case .string: .string(text())
        case .list(let element): .list(list(element))
        case .record(let fields):
            .record(fields.map { Value.NamedValue(name: $0.name, value: value($0.type)) })
        case .tuple(let elements): .tuple(elements.map { value($0) })
        case .variant(let cases): choice(cases)
        case .enumeration(let names): .enumeration(names[below(names.count)])
        case .option(let some): .option(below(3) == 0 ? nil : value(some))
        case .result(let ok, let error):
            below(2) == 0 ? .ok(ok.map { value($0) }) : .error(error.map { value($0) })
        case .map(let key, let value): .map(entries(key, value))
        case .flags(let names): .flags(names.filter { _ in below(2) == 0 })
        default: .bool(false)
        }
    }

    /// Entries with different keys, in the order of their keys.
    private mutating func entries(_ key: ValueType, _ value: ValueType) -> [Value.Entry] {
        let keys = Set(list(key))
        return keys.sorted { "\($0)" < "\($1)" }.map { Value.Entry(key: $0, value: self.value(value)) }
    }

    private mutating func choice(_ cases: [ValueType.Case]) -> Value {
        let chosen = cases[below(cases.count)]
        return .variant(chosen.name, chosen.payload.map { value($0) })
    }
}
