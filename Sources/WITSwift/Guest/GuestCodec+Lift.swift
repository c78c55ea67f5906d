import WITModel

extension GuestCodec {
    // MARK: From flat values

    /// An expression that lifts a value from flat values.
    mutating func lift(_ type: WITType, _ values: [FlatValue]) -> String {
        let type = resolve.underlying(type)
        switch type {
        case .bool: return "\(values[0].expression) != 0"
        case .s8, .u8, .s16, .u16: return "\(names.swift(type))(truncatingIfNeeded: \(values[0].expression))"
        case .s32, .s64, .f32, .f64: return values[0].expression
        case .u32, .u64: return "\(names.swift(type))(bitPattern: \(values[0].expression))"
        case .char: return "Swift.Unicode.Scalar(Swift.UInt32(bitPattern: \(values[0].expression))).unsafelyUnwrapped"
        case .string, .list: return liftList(type, "\(values[0].expression), \(values[1].expression)")
        case .tuple(let elements): return "(\(liftSequence(elements, values).joined(separator: ", ")))"
        case .option(let some):
            return "\(values[0].expression) == 0 ? nil : .some(\(liftPayload(some, values)))"
        case .result(let ok, let error):
            let success = ok.map { liftPayload($0, values) } ?? "()"
            let failure = failure(error, error.map { liftPayload($0, values) })
            return "\(values[0].expression) == 0 ? .success(\(success)) : .failure(\(failure))"
        case .named(let id): return liftNamed(id, values)
        // Refused while the model was made.
        case .map, .fixedLengthList, .own, .borrow, .future, .stream, .errorContext: return ""
        }
    }

    /// The payload of a variant, from all of the variant's flat values.
    mutating func liftPayload(_ type: WITType, _ values: [FlatValue]) -> String {
        lift(type, zip(values.dropFirst(), layout.flat(type)).map { $0.narrowed(to: $1) })
    }

    /// The Swift error that holds a lifted payload.
    private func failure(_ error: WITType?, _ payload: String?) -> String {
        names.isWrapped(error) ? "\(names.error(error))(\(payload ?? "()"))" : payload ?? "()"
    }

    mutating func liftSequence(_ types: [WITType], _ values: [FlatValue]) -> [String] {
        var rest = values[...]
        return types.map { type in
            let count = layout.flat(type).count
            defer { rest = rest.dropFirst(count) }
            return lift(type, Array(rest.prefix(count)))
        }
    }

    private mutating func liftNamed(_ id: TypeID, _ values: [FlatValue]) -> String {
        let swift = names.qualified(id)
        switch resolve[id].kind {
        case .enumeration: return "\(swift)(discriminant: \(values[0].expression))"
        case .flags:
            let bits = values.first.map { "Swift.UInt32(bitPattern: \($0.expression))" } ?? "0"
            return "\(swift)(rawValue: \(bits))"
        default:
            need(.liftFlat, of: id)
            return "\(swift)(flat: \(values.map(\.expression).joined(separator: ", ")))"
        }
    }

    /// Lifts a string or a list from where it is: an address and a length, or the place where both lie.
    private mutating func liftList(_ type: WITType, _ range: String) -> String {
        guard case .list(let element) = type else { return "CanonicalABI.liftString(\(range))" }
        if resolve.underlying(element) == .u8 { return "CanonicalABI.liftBytes(\(range))" }
        let place = temporary("element")
        let stride = layout.extent(element).size
        let body = read(element, place, 0)
        return "CanonicalABI.liftList(\(range), stride: \(stride)) { \(place) in \(body) }"
    }

    // MARK: From memory

    /// An expression that lifts a value from memory.
    mutating func read(_ type: WITType, _ base: String, _ offset: Int) -> String {
        let type = resolve.underlying(type)
        switch type {
        case .bool: return "\(Self.load("Swift.UInt8", base, offset)) != 0"
        case .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .f32, .f64: return Self.load(names.swift(type), base, offset)
        case .char: return "Swift.Unicode.Scalar(\(Self.load("Swift.UInt32", base, offset))).unsafelyUnwrapped"
        case .string, .list:
            return liftList(type, "at: \(Self.address(base, offset))")
        case .tuple(let elements): return "(\(readSequence(elements, base, offset).joined(separator: ", ")))"
        case .option(let some):
            let payload = read(some, base, offset + layout.variant([nil, some]).shape.payloadOffset)
            return "\(Self.load("Swift.UInt8", base, offset)) == 0 ? nil : .some(\(payload))"
        case .result(let ok, let error):
            let payloadOffset = offset + layout.variant([ok, error]).shape.payloadOffset
            let success = ok.map { read($0, base, payloadOffset) } ?? "()"
            let failure = failure(error, error.map { read($0, base, payloadOffset) })
            return "\(Self.load("Swift.UInt8", base, offset)) == 0 ? .success(\(success)) : .failure(\(failure))"
        case .named(let id): return readNamed(id, base, offset)
        // Refused while the model was made.
        case .map, .fixedLengthList, .own, .borrow, .future, .stream, .errorContext: return ""
        }
    }

    mutating func readSequence(_ types: [WITType], _ base: String, _ offset: Int = 0) -> [String] {
        let offsets = layout.sequence(types).offsets
        return zip(types, offsets).map { read($0, base, offset + $1) }
    }

    private mutating func readNamed(_ id: TypeID, _ base: String, _ offset: Int) -> String {
        let swift = names.qualified(id)
        switch resolve[id].kind {
        case .enumeration(let cases):
            let bytes = layout.variant(cases.map(\.payload)).shape.discriminantBytes
            return "\(swift)(discriminant: Swift.Int32(\(Self.load(Self.unsigned(bytes: bytes), base, offset))))"
        case .flags(let flags):
            let type = Self.unsigned(bytes: layout.extent(.named(id)).size)
            let bits = flags.isEmpty ? "0" : "Swift.UInt32(\(Self.load(type, base, offset)))"
            return "\(swift)(rawValue: \(bits))"
        default:
            need(.read, of: id)
            return "\(swift)(reading: \(Self.address(base, offset)))"
        }
    }
}
