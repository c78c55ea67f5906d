import CWasmtime

extension ValueReader {
    /// Reads a `list`.
    ///
    /// - Parameter each: reads one element.
    /// - Returns: the elements.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind, and what `each` throws.
    public func list<Element>(
        _ each: (borrowing ValueReader) throws(WasmError) -> Element
    ) throws(WasmError) -> [Element] {
        try require(Kind.list, "list")
        let list = unsafe slot.pointee.of.list
        guard let data = unsafe list.data else { return [] }
        var elements: [Element] = []
        unsafe elements.reserveCapacity(list.size)
        for index in 0..<(unsafe list.size) {
            elements.append(try each(unsafe ValueReader(data + index, store)))
        }
        return elements
    }

    /// Reads a field of a record or an element of a tuple.
    ///
    /// - Parameters:
    ///   - index: the position in the type's order.
    ///   - body: reads it.
    /// - Returns: what `body` returns.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no record or tuple or has no such position, and what
    ///   `body` throws.
    public func field<Field: ~Copyable>(
        _ index: Int,
        _ body: (borrowing ValueReader) throws(WasmError) -> Field
    ) throws(WasmError) -> Field {
        if unsafe slot.pointee.kind == Kind.record {
            let record = unsafe slot.pointee.of.record
            guard let data = unsafe record.data, index >= 0, unsafe index < record.size else {
                throw mismatch("a longer record")
            }
            return try unsafe withUnsafeMutablePointer(to: &data[index].val) { (field) throws(WasmError) -> Field in
                try body(unsafe ValueReader(field, store))
            }
        }
        try require(Kind.tuple, "record or tuple")
        let tuple = unsafe slot.pointee.of.tuple
        guard let data = unsafe tuple.data, index >= 0, unsafe index < tuple.size else {
            throw mismatch("a longer tuple")
        }
        return try body(unsafe ValueReader(data + index, store))
    }

    /// The position of a variant's or enum's case.
    ///
    /// - Parameter names: the names of all cases, in the type's order and in WIT spelling.
    /// - Returns: the index of the value's case in `names`.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no variant or enum, or its case is none of these.
    public func caseIndex(in names: [StaticString]) throws(WasmError) -> Int {
        let name: wasm_byte_vec_t
        if unsafe slot.pointee.kind == Kind.variant {
            unsafe name = slot.pointee.of.variant.discriminant
        } else {
            try require(Kind.enumeration, "variant or enum")
            unsafe name = slot.pointee.of.enumeration
        }
        guard let index = unsafe Self.index(of: name, in: names) else { throw mismatch("a known case") }
        return index
    }

    /// The positions of the flags that are set.
    ///
    /// - Parameter names: the names of all flags, in the type's order and in WIT spelling.
    /// - Returns: indices into `names`.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no flags, or one of them is none of these.
    public func flagIndexes(in names: [StaticString]) throws(WasmError) -> [Int] {
        try require(Kind.flags, "flags")
        let flags = unsafe slot.pointee.of.flags
        var indexes: [Int] = []
        for position in 0..<(unsafe flags.size) {
            guard let index = unsafe Self.index(of: flags.data[position], in: names) else {
                throw mismatch("a known flag")
            }
            indexes.append(index)
        }
        return indexes
    }

    private static func index(of name: wasm_byte_vec_t, in names: [StaticString]) -> Int? {
        let bytes = unsafe name.bytes
        return names.firstIndex { candidate in
            candidate.utf8CodeUnitCount == bytes.count
                && candidate.withUTF8Buffer { unsafe $0.elementsEqual(bytes) }
        }
    }

    /// Whether an `option` is `some`.
    ///
    /// - Returns: whether there is a value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no option.
    public func isSome() throws(WasmError) -> Bool {
        try require(Kind.option, "option")
        return unsafe slot.pointee.of.option != nil
    }

    /// Whether a `result` is `ok`.
    ///
    /// - Returns: whether it is `ok` rather than `err`.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no result.
    public func isOk() throws(WasmError) -> Bool {
        try require(Kind.result, "result")
        return unsafe slot.pointee.of.result.is_ok
    }

    /// Whether a variant's case, an option or a side of a result carries something.
    ///
    /// - Returns: whether `payload(_:)` has something to read.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is none of the three.
    public func hasPayload() throws(WasmError) -> Bool {
        unsafe try payloadSlot() != nil
    }

    /// Reads what a variant's case, an option or a side of a result carries.
    ///
    /// - Parameter body: reads it.
    /// - Returns: what `body` returns.
    /// - Throws: `WasmError.Code.typeMismatch` where nothing is carried, and what `body` throws.
    public func payload<Payload: ~Copyable>(
        _ body: (borrowing ValueReader) throws(WasmError) -> Payload
    ) throws(WasmError) -> Payload {
        guard let payload = unsafe try payloadSlot() else { throw mismatch("a payload") }
        return try body(unsafe ValueReader(payload, store))
    }

    /// Reads an `option`.
    ///
    /// - Parameter some: reads the value where there is one.
    /// - Returns: what `some` returns; `nil` for `none`.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is no option, and what `some` throws.
    public func option<Wrapped: ~Copyable>(
        _ some: (borrowing ValueReader) throws(WasmError) -> Wrapped
    ) throws(WasmError) -> Wrapped? {
        guard try isSome() else { return nil }
        return try payload(some)
    }

    private func payloadSlot() throws(WasmError) -> UnsafeMutablePointer<CValue>? {
        switch unsafe slot.pointee.kind {
        case Kind.variant: return unsafe slot.pointee.of.variant.val
        case Kind.option: return unsafe slot.pointee.of.option
        case Kind.result: return unsafe slot.pointee.of.result.val
        default: throw mismatch("variant, option or result")
        }
    }
}
