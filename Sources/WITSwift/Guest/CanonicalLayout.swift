import WITModel

/// How the canonical ABI lays values out, in memory and flattened.
struct CanonicalLayout {
    /// The most values that a function takes as flat parameters; more travel through memory.
    static let flatParameterLimit = 16
    /// The most values that a function returns flat; more travel through memory.
    static let flatResultLimit = 1

    let types: [TypeID: BindingsTypeDefinition]

    // MARK: Memory

    /// A size and an alignment, in bytes.
    struct Extent: Hashable, Sendable {
        var size: Int
        var alignment: Int

        /// The offset behind `offset` at which a value of this extent may lie.
        func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
    }

    /// Where the payload of a variant lies, and how wide its discriminant is.
    struct VariantShape: Hashable, Sendable {
        /// 1, 2 or 4 bytes.
        var discriminantBytes: Int
        /// Counted from the start of the value.
        var payloadOffset: Int
    }

    func extent(_ type: BindingsType) -> Extent {
        if let scalar = type.scalar { return extent(scalar) }
        return switch type.resolved {
        case .bytes, .list, .map: Extent(size: 8, alignment: 4)
        case .tuple(let elements): sequence(elements).extent
        case .option(let some): variant([nil, some]).extent
        case .result(let ok, let error): variant([ok, error]).extent
        case .named(let id): extent(id)
        case .own, .borrow, .primitive, .alias: Extent(size: 4, alignment: 4)
        }
    }

    private func extent(_ scalar: Scalar) -> Extent {
        switch scalar {
        case .bool, .s8, .u8: Extent(size: 1, alignment: 1)
        case .s16, .u16: Extent(size: 2, alignment: 2)
        case .s32, .u32, .f32, .char: Extent(size: 4, alignment: 4)
        case .s64, .u64, .f64: Extent(size: 8, alignment: 8)
        case .string: Extent(size: 8, alignment: 4)
        }
    }

    private func extent(_ id: TypeID) -> Extent {
        switch types[id]?.kind {
        case .record(let fields): sequence(fields.map(\.type)).extent
        case .variant(let cases): variant(cases.map(\.payload)).extent
        case .enumeration(let cases): variant(cases.map { _ in nil }).extent
        case .flags(let names): flags(names.count)
        case .alias(let target): extent(target)
        case .resource, nil: Extent(size: 4, alignment: 4)
        }
    }

    private func flags(_ count: Int) -> Extent {
        let size = count <= 8 ? 1 : count <= 16 ? 2 : 4 * ((count + 31) / 32)
        return Extent(size: size, alignment: min(size, 4))
    }

    /// Values one after the other, as a record or the parameters in memory have them.
    func sequence(_ types: [BindingsType]) -> (extent: Extent, offsets: [Int]) {
        var whole = Extent(size: 0, alignment: 1)
        var offsets: [Int] = []
        for type in types {
            let part = extent(type)
            let offset = part.aligned(whole.size)
            offsets.append(offset)
            whole.size = offset + part.size
            whole.alignment = max(whole.alignment, part.alignment)
        }
        whole.size = whole.aligned(whole.size)
        return (whole, offsets)
    }

    /// One of several payloads behind a discriminant.
    func variant(_ payloads: [BindingsType?]) -> (extent: Extent, shape: VariantShape) {
        let bytes = payloads.count <= 256 ? 1 : payloads.count <= 65536 ? 2 : 4
        var payload = Extent(size: 0, alignment: 1)
        for case let type? in payloads {
            let part = extent(type)
            payload.size = max(payload.size, part.size)
            payload.alignment = max(payload.alignment, part.alignment)
        }
        let offset = payload.aligned(bytes)
        var whole = Extent(size: offset + payload.size, alignment: max(bytes, payload.alignment))
        whole.size = whole.aligned(whole.size)
        return (whole, VariantShape(discriminantBytes: bytes, payloadOffset: offset))
    }

    // MARK: Flat

    func flat(_ type: BindingsType) -> [CoreType] {
        if let scalar = type.scalar { return flat(scalar) }
        return switch type.resolved {
        case .bytes, .list, .map: [.i32, .i32]
        case .tuple(let elements): elements.flatMap(flat)
        case .option(let some): flatVariant([nil, some])
        case .result(let ok, let error): flatVariant([ok, error])
        case .named(let id): flat(id)
        case .own, .borrow, .primitive, .alias: [.i32]
        }
    }

    private func flat(_ scalar: Scalar) -> [CoreType] {
        switch scalar {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .char: [.i32]
        case .s64, .u64: [.i64]
        case .f32: [.f32]
        case .f64: [.f64]
        case .string: [.i32, .i32]
        }
    }

    private func flat(_ id: TypeID) -> [CoreType] {
        switch types[id]?.kind {
        case .record(let fields): fields.flatMap { flat($0.type) }
        case .variant(let cases): flatVariant(cases.map(\.payload))
        case .enumeration: [.i32]
        case .flags(let names): Array(repeating: .i32, count: (names.count + 31) / 32)
        case .alias(let target): flat(target)
        case .resource, nil: [.i32]
        }
    }

    /// The discriminant and the joined places of the payloads.
    func flatVariant(_ payloads: [BindingsType?]) -> [CoreType] {
        var places: [CoreType] = []
        for case let type? in payloads {
            for (index, core) in flat(type).enumerated() {
                if index < places.count {
                    places[index] = places[index].joined(with: core)
                } else {
                    places.append(core)
                }
            }
        }
        return [.i32] + places
    }
}
