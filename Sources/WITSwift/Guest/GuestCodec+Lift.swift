import WITModel

extension GuestCodec {
    // MARK: From flat values

    /// An expression that lifts a value from flat values.
    mutating func lift(_ type: BindingsType, _ values: [FlatValue], _ place: GuestNames.Place = .nested) -> String {
        if let scalar = type.scalar { return lift(scalar, values) }
        switch type.resolved {
        case .bytes, .list, .map: return liftList(type.resolved, "\(values[0].expression), \(values[1].expression)")
        case .tuple(let elements): return "(\(liftSequence(elements, values).joined(separator: ", ")))"
        case .option(let some):
            return "\(values[0].expression) == 0 ? nil : .some(\(liftPayload(some, values, place)))"
        case .result(let ok, let error):
            let success = ok.map { liftPayload($0, values, place) } ?? "()"
            let failure = failure(error, error.map { liftPayload($0, values) })
            return "\(values[0].expression) == 0 ? .success(\(success)) : .failure(\(failure))"
        case .named(let id): return liftNamed(id, values)
        case .own(let id): return liftHandle(id, values[0].expression, isLent: false, place)
        case .borrow(let id): return liftHandle(id, values[0].expression, isLent: true, place)
        case .primitive, .alias: return ""
        }
    }

    private func lift(_ scalar: Scalar, _ values: [FlatValue]) -> String {
        let value = values[0].expression
        return switch scalar {
        case .bool: "\(value) != 0"
        case .s8, .u8, .s16, .u16: "\(scalar.swift)(truncatingIfNeeded: \(value))"
        case .s32, .s64, .f32, .f64: value
        case .u32, .u64: "\(scalar.swift)(bitPattern: \(value))"
        case .char: "Swift.Unicode.Scalar(Swift.UInt32(bitPattern: \(value))).unsafelyUnwrapped"
        case .string: "CanonicalABI.liftString(\(value), \(values[1].expression))"
        }
    }

    /// A resource: what its handle stands for.
    private func liftHandle(_ id: TypeID, _ handle: String, isLent: Bool, _ place: GuestNames.Place) -> String {
        let type = names.qualified(id)
        guard names.isImported(id) else {
            // What is lent of the guest's own comes without a handle.
            return "\(GuestResources.table(names, id)).\(isLent ? "object" : "taken")(\(handle))"
        }
        let resource = "\(type)(_handle: \(handle))"
        return place == .direct ? resource : "ResourceBox(\(resource))"
    }

    /// The payload of a variant, from all of the variant's flat values.
    mutating func liftPayload(
        _ type: BindingsType,
        _ values: [FlatValue],
        _ place: GuestNames.Place = .nested
    ) -> String {
        lift(type, zip(values.dropFirst(), layout.flat(type)).map { $0.narrowed(to: $1) }, place)
    }

    /// The Swift error that holds a lifted payload.
    private func failure(_ error: BindingsType?, _ payload: String?) -> String {
        names.isWrapped(error) ? "\(names.error(error))(\(payload ?? "()"))" : payload ?? "()"
    }

    mutating func liftSequence(
        _ types: [BindingsType],
        _ values: [FlatValue],
        _ place: GuestNames.Place = .nested
    ) -> [String] {
        var rest = values[...]
        return types.map { type in
            let count = layout.flat(type).count
            defer { rest = rest.dropFirst(count) }
            return lift(type, Array(rest.prefix(count)), place)
        }
    }

    private mutating func liftNamed(_ id: TypeID, _ values: [FlatValue]) -> String {
        let swift = names.qualified(id)
        switch names.types[id]?.kind {
        case .enumeration: return "\(swift)(discriminant: \(values[0].expression))"
        case .flags:
            let bits = values.first.map { "Swift.UInt32(bitPattern: \($0.expression))" } ?? "0"
            return "\(swift)(rawValue: \(bits))"
        default:
            need(.liftFlat, of: id)
            return "\(swift)(flat: \(values.map(\.expression).joined(separator: ", ")))"
        }
    }

    /// Lifts a list or a map from where it is: an address and a length, or the place where both lie.
    private mutating func liftList(_ type: BindingsType, _ range: String) -> String {
        if type.isBytes { return "CanonicalABI.liftBytes(\(range))" }
        let place = temporary("element")
        let element = type.element
        let body = read(element, place, 0)
        let lift = if case .map = type { "liftMap" } else { "liftList" }
        return "CanonicalABI.\(lift)(\(range), stride: \(layout.extent(element).size)) { \(place) in \(body) }"
    }

    // MARK: From memory

    /// An expression that lifts a value from memory.
    mutating func read(
        _ type: BindingsType,
        _ base: String,
        _ offset: Int,
        _ place: GuestNames.Place = .nested
    ) -> String {
        if let scalar = type.scalar { return read(scalar, base, offset) }
        switch type.resolved {
        case .bytes, .list, .map: return liftList(type.resolved, "at: \(Self.address(base, offset))")
        case .tuple(let elements): return "(\(readSequence(elements, base, offset).joined(separator: ", ")))"
        case .option(let some):
            let payload = read(some, base, offset + layout.variant([nil, some]).shape.payloadOffset, place)
            return "\(Self.load("Swift.UInt8", base, offset)) == 0 ? nil : .some(\(payload))"
        case .result(let ok, let error):
            let payloadOffset = offset + layout.variant([ok, error]).shape.payloadOffset
            let success = ok.map { read($0, base, payloadOffset, place) } ?? "()"
            let failure = failure(error, error.map { read($0, base, payloadOffset) })
            return "\(Self.load("Swift.UInt8", base, offset)) == 0 ? .success(\(success)) : .failure(\(failure))"
        case .named(let id): return readNamed(id, base, offset)
        case .own(let id): return liftHandle(id, Self.load("Swift.Int32", base, offset), isLent: false, place)
        case .borrow(let id): return liftHandle(id, Self.load("Swift.Int32", base, offset), isLent: true, place)
        case .primitive, .alias: return ""
        }
    }

    private func read(_ scalar: Scalar, _ base: String, _ offset: Int) -> String {
        switch scalar {
        case .bool: "\(Self.load("Swift.UInt8", base, offset)) != 0"
        case .char: "Swift.Unicode.Scalar(\(Self.load("Swift.UInt32", base, offset))).unsafelyUnwrapped"
        case .string: "CanonicalABI.liftString(at: \(Self.address(base, offset)))"
        default: Self.load(scalar.swift, base, offset)
        }
    }

    mutating func readSequence(
        _ types: [BindingsType],
        _ base: String,
        _ offset: Int = 0,
        _ place: GuestNames.Place = .nested
    ) -> [String] {
        let offsets = layout.sequence(types).offsets
        return zip(types, offsets).map { read($0, base, offset + $1, place) }
    }

    private mutating func readNamed(_ id: TypeID, _ base: String, _ offset: Int) -> String {
        let swift = names.qualified(id)
        let type = Self.unsigned(bytes: layout.extent(.named(id)).size)
        switch names.types[id]?.kind {
        case .enumeration:
            return "\(swift)(discriminant: Swift.Int32(\(Self.load(type, base, offset))))"
        case .flags(let flags):
            let bits = flags.isEmpty ? "0" : "Swift.UInt32(\(Self.load(type, base, offset)))"
            return "\(swift)(rawValue: \(bits))"
        default:
            need(.read, of: id)
            return "\(swift)(reading: \(Self.address(base, offset)))"
        }
    }
}

extension BindingsType {
    /// Whether it is `list<u8>`, by whatever name.
    var isBytes: Bool {
        switch self {
        case .bytes: true
        case .list(let element): element.scalar == .u8
        default: false
        }
    }

    /// What lies one behind the other where a list or a map is.
    var element: BindingsType {
        switch self {
        case .list(let element): element
        case .map(let key, let value): .tuple([key, value])
        default: .primitive(swift: "Swift.UInt8", wit: "u8")
        }
    }
}
