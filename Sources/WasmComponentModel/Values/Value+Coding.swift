import CWasmtime

extension ValueWriter {
    /// Writes a value that was validated.
    mutating func value(_ value: Value) {
        switch value {
        case .bool(let value): bool(value)
        case .s8(let value): s8(value)
        case .u8(let value): u8(value)
        case .s16(let value): s16(value)
        case .u16(let value): u16(value)
        case .s32(let value): s32(value)
        case .u32(let value): u32(value)
        case .s64(let value): s64(value)
        case .u64(let value): u64(value)
        case .f32(let value): f32(value)
        case .f64(let value): f64(value)
        case .char(let value): char(value)
        case .string(let value): string(value)
        case .list(let elements): list(elements) { $1.value($0) }
        case .map(let entries): map(entries)
        case .record(let fields):
            record(fields.count) { writer in
                for field in fields {
                    writer.field(named: field.name) { $0.value(field.value) }
                }
            }
        case .tuple(let elements):
            tuple(elements.count) { writer in
                for element in elements {
                    writer.next { $0.value(element) }
                }
            }
        case .variant(let name, let payload):
            begin(Kind.bool)
            unsafe setVariant(
                wasm_byte_vec_t(copying: name),
                payload.map { value in unsafe newSlot { $0.value(value) } }
            )
        case .enumeration(let name):
            begin(Kind.bool)
            unsafe slot.pointee.of.enumeration = wasm_byte_vec_t(copying: name)
            unsafe slot.pointee.kind = Kind.enumeration
        case .option(let some): option(some) { $1.value($0) }
        case .ok(nil): ok()
        case .ok(let payload?): ok { $0.value(payload) }
        case .error(nil): error()
        case .error(let payload?): error { $0.value(payload) }
        case .flags(let names): unsafe setFlags(names.count) { unsafe wasm_byte_vec_t(copying: names[$0]) }
        case .resource(let handle): resource(handle)
        }
    }

    private mutating func map(_ entries: [Value.Entry]) {
        begin(Kind.bool)
        var map = unsafe wasmtime_component_valmap_t()
        unsafe wasmtime_component_valmap_new_uninit(&map, entries.count)
        unsafe slot.pointee.of.map = map
        unsafe slot.pointee.kind = Kind.map
        for (index, entry) in entries.enumerated() {
            unsafe withUnsafeMutablePointer(to: &map.data[index].key) { slot in
                var writer = unsafe ValueWriter(slot, store)
                writer.value(entry.key)
            }
            unsafe withUnsafeMutablePointer(to: &map.data[index].value) { slot in
                var writer = unsafe ValueWriter(slot, store)
                writer.value(entry.value)
            }
        }
    }
}

extension ValueReader {
    /// Reads a value of any kind.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.unsupportedType` for a kind that this module does not know.
    public func value() throws(WasmError) -> Value {
        switch unsafe slot.pointee.kind {
        case Kind.bool: return .bool(try bool())
        case Kind.s8: return .s8(try s8())
        case Kind.u8: return .u8(try u8())
        case Kind.s16: return .s16(try s16())
        case Kind.u16: return .u16(try u16())
        case Kind.s32: return .s32(try s32())
        case Kind.u32: return .u32(try u32())
        case Kind.s64: return .s64(try s64())
        case Kind.u64: return .u64(try u64())
        case Kind.f32: return .f32(try f32())
        case Kind.f64: return .f64(try f64())
        case Kind.char: return .char(try char())
        case Kind.string: return .string(try string())
        case Kind.list: return .list(try list { (element) throws(WasmError) in try element.value() })
        case Kind.record: return try record()
        case Kind.tuple:
            var elements: [Value] = []
            for index in 0..<(unsafe slot.pointee.of.tuple.size) {
                elements.append(try field(index) { (element) throws(WasmError) in try element.value() })
            }
            return .tuple(elements)
        case Kind.variant: return .variant(unsafe Self.text(slot.pointee.of.variant.discriminant), try payloadValue())
        case Kind.enumeration: return .enumeration(unsafe Self.text(slot.pointee.of.enumeration))
        case Kind.option: return .option(try payloadValue())
        case Kind.result: return try isOk() ? .ok(try payloadValue()) : .error(try payloadValue())
        case Kind.flags:
            let flags = unsafe slot.pointee.of.flags
            return .flags((0..<(unsafe flags.size)).map { unsafe Self.text(flags.data[$0]) })
        case Kind.resource: return .resource(try resource())
        case Kind.map: return try map()
        default:
            throw WasmError(.unsupportedType, "a value of the unknown kind \(unsafe slot.pointee.kind)")
        }
    }

    private static func text(_ name: wasm_byte_vec_t) -> String {
        unsafe String(decoding: name.bytes, as: UTF8.self)
    }

    private func payloadValue() throws(WasmError) -> Value? {
        try hasPayload() ? try payload { (payload) throws(WasmError) in try payload.value() } : nil
    }

    private func record() throws(WasmError) -> Value {
        let record = unsafe slot.pointee.of.record
        var fields: [Value.NamedValue] = []
        for index in 0..<(unsafe record.size) {
            let value = try field(index) { (field) throws(WasmError) in try field.value() }
            fields.append(Value.NamedValue(name: unsafe Self.text(record.data[index].name), value: value))
        }
        return .record(fields)
    }

    private func map() throws(WasmError) -> Value {
        let map = unsafe slot.pointee.of.map
        var entries: [Value.Entry] = []
        for index in 0..<(unsafe map.size) {
            let key = try unsafe withUnsafeMutablePointer(to: &map.data[index].key) { (slot) throws(WasmError) in
                try unsafe ValueReader(slot, store).value()
            }
            let value = try unsafe withUnsafeMutablePointer(to: &map.data[index].value) { (slot) throws(WasmError) in
                try unsafe ValueReader(slot, store).value()
            }
            entries.append(Value.Entry(key: key, value: value))
        }
        return .map(entries)
    }
}
