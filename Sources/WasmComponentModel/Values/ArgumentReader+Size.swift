import CWasmtime

extension ArgumentReader {
    /// Bytes that the arguments carry: those of their texts and scalars, without any structure around them.
    ///
    /// It takes one walk over the values, no longer than reading them does.
    public var byteCount: Int {
        (0..<count).reduce(0) { unsafe $0 + Self.byteCount(slots[$1]) }
    }

    private static func byteCount(_ value: CValue) -> Int {
        typealias Kind = CConstants.ValueKind
        switch unsafe value.kind {
        case Kind.bool, Kind.s8, Kind.u8: return 1
        case Kind.s16, Kind.u16: return 2
        case Kind.s64, Kind.u64, Kind.f64: return 8
        case Kind.string: return unsafe value.of.string.size
        case Kind.list: return unsafe byteCount(value.of.list.data, value.of.list.size)
        case Kind.tuple: return unsafe byteCount(value.of.tuple.data, value.of.tuple.size)
        case Kind.record:
            return (0..<(unsafe value.of.record.size)).reduce(0) {
                unsafe $0 + byteCount(value.of.record.data[$1].val)
            }
        case Kind.map:
            return (0..<(unsafe value.of.map.size)).reduce(0) {
                unsafe $0 + byteCount(value.of.map.data[$1].key) + byteCount(value.of.map.data[$1].value)
            }
        case Kind.variant: return unsafe 4 + (value.of.variant.val.map { unsafe byteCount($0.pointee) } ?? 0)
        case Kind.option: return unsafe 1 + (value.of.option.map { unsafe byteCount($0.pointee) } ?? 0)
        case Kind.result: return unsafe 1 + (value.of.result.val.map { unsafe byteCount($0.pointee) } ?? 0)
        default: return 4
        }
    }

    private static func byteCount(_ values: UnsafeMutablePointer<CValue>?, _ count: Int) -> Int {
        guard let values = unsafe values else { return 0 }
        return (0..<count).reduce(0) { unsafe $0 + byteCount(values[$1]) }
    }
}
