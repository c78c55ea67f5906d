import CWasmtime

extension ValueWriter {
    /// Writes a record.
    ///
    /// - Parameters:
    ///   - count: the number of its fields.
    ///   - body: writes each of them, in the type's order.
    public mutating func record(_ count: Int, _ body: (inout FieldsWriter) -> Void) {
        begin(Kind.bool)
        guard (0...Value.maximumElements).contains(count) else {
            return fail(.invalidValue, "a record cannot have \(count) fields")
        }
        var record = unsafe wasmtime_component_valrecord_t()
        unsafe wasmtime_component_valrecord_new_uninit(&record, count)
        unsafe slot.pointee.of.record = record
        unsafe slot.pointee.kind = Kind.record
        var fields = unsafe FieldsWriter(entries: record.data, count: count, store: store)
        body(&fields)
        if fields.written != count {
            fail(.invalidValue, "\(fields.written) fields were written of a record that has \(count)")
        }
    }

    /// Writes a tuple.
    ///
    /// - Parameters:
    ///   - count: the number of its elements.
    ///   - body: writes each of them, in order.
    public mutating func tuple(_ count: Int, _ body: (inout TupleWriter) -> Void) {
        begin(Kind.bool)
        guard (0...Value.maximumElements).contains(count) else {
            return fail(.invalidValue, "a tuple cannot have \(count) elements")
        }
        var tuple = unsafe wasmtime_component_valtuple_t()
        unsafe wasmtime_component_valtuple_new_uninit(&tuple, count)
        unsafe slot.pointee.of.tuple = tuple
        unsafe slot.pointee.kind = Kind.tuple
        var elements = unsafe TupleWriter(slots: tuple.data, count: count, store: store)
        body(&elements)
        if elements.written != count {
            fail(.invalidValue, "\(elements.written) elements were written of a tuple that has \(count)")
        }
    }

    /// Writes a case of a variant that carries nothing.
    ///
    /// - Parameter name: the case's name in WIT spelling.
    public mutating func variant(_ name: StaticString) {
        begin(Kind.bool)
        unsafe setVariant(wasm_byte_vec_t(copying: name), nil)
    }

    /// Writes a case of a variant and what it carries.
    ///
    /// - Parameters:
    ///   - name: the case's name in WIT spelling.
    ///   - payload: writes what it carries.
    public mutating func variant(_ name: StaticString, _ payload: (inout ValueWriter) -> Void) {
        begin(Kind.bool)
        unsafe setVariant(wasm_byte_vec_t(copying: name), newSlot(payload))
    }

    /// Writes a case of an enum.
    ///
    /// - Parameter name: the case's name in WIT spelling.
    public mutating func enumeration(_ name: StaticString) {
        begin(Kind.bool)
        unsafe slot.pointee.of.enumeration = wasm_byte_vec_t(copying: name)
        unsafe slot.pointee.kind = Kind.enumeration
    }

    /// Writes an `option`.
    ///
    /// - Parameters:
    ///   - value: the value; `nil` is `none`.
    ///   - some: writes the value where there is one.
    public mutating func option<Wrapped>(_ value: Wrapped?, _ some: (Wrapped, inout ValueWriter) -> Void) {
        begin(Kind.bool)
        if let value {
            unsafe slot.pointee.of.option = newSlot { some(value, &$0) }
        } else {
            unsafe slot.pointee.of.option = nil
        }
        unsafe slot.pointee.kind = Kind.option
    }

    /// Writes the `ok` side of a result that carries nothing there.
    public mutating func ok() {
        unsafe setResult(isOk: true, nil)
    }

    /// Writes the `ok` side of a result.
    ///
    /// - Parameter payload: writes what it carries.
    public mutating func ok(_ payload: (inout ValueWriter) -> Void) {
        unsafe setResult(isOk: true, newSlot(payload))
    }

    /// Writes the `err` side of a result that carries nothing there.
    public mutating func error() {
        unsafe setResult(isOk: false, nil)
    }

    /// Writes the `err` side of a result.
    ///
    /// - Parameter payload: writes what it carries.
    public mutating func error(_ payload: (inout ValueWriter) -> Void) {
        unsafe setResult(isOk: false, newSlot(payload))
    }

    private func setResult(isOk: Bool, _ payload: UnsafeMutablePointer<CValue>?) {
        begin(Kind.bool)
        var result = unsafe wasmtime_component_valresult_t()
        unsafe result.is_ok = isOk
        unsafe result.val = payload
        unsafe slot.pointee.of.result = result
        unsafe slot.pointee.kind = Kind.result
    }

    /// Writes flags.
    ///
    /// - Parameter names: the flags that are set, in WIT spelling.
    public mutating func flags(_ names: [StaticString]) {
        unsafe setFlags(names.count) { unsafe wasm_byte_vec_t(copying: names[$0]) }
    }
}

/// Writes the fields of a record.
@safe public struct FieldsWriter: ~Copyable {
    private let entries: UnsafeMutablePointer<wasmtime_component_valrecord_entry_t>?
    private let count: Int
    private let store: Unmanaged<StoreCore>
    fileprivate var written = 0

    fileprivate init(
        entries: UnsafeMutablePointer<wasmtime_component_valrecord_entry_t>?,
        count: Int,
        store: Unmanaged<StoreCore>
    ) {
        unsafe self.entries = entries
        self.count = count
        unsafe self.store = store
    }

    /// Writes the next field.
    ///
    /// - Parameters:
    ///   - name: the field's name in WIT spelling.
    ///   - body: writes its value.
    public mutating func field(_ name: StaticString, _ body: (inout ValueWriter) -> Void) {
        unsafe add(wasm_byte_vec_t(copying: name), body)
    }

    /// Writes the next field under a name that is known at run time only.
    mutating func field(named name: String, _ body: (inout ValueWriter) -> Void) {
        unsafe add(wasm_byte_vec_t(copying: name), body)
    }

    private mutating func add(_ name: consuming wasm_byte_vec_t, _ body: (inout ValueWriter) -> Void) {
        defer { written += 1 }
        guard written < count, let entries = unsafe entries else {
            return unsafe wasm_byte_vec_delete(&name)
        }
        unsafe entries[written].name = name
        unsafe withUnsafeMutablePointer(to: &entries[written].val) { slot in
            var writer = unsafe ValueWriter(slot, store)
            body(&writer)
        }
    }
}

/// Writes the elements of a tuple.
@safe public struct TupleWriter: ~Copyable {
    private let slots: UnsafeMutablePointer<CValue>?
    private let count: Int
    private let store: Unmanaged<StoreCore>
    fileprivate var written = 0

    fileprivate init(slots: UnsafeMutablePointer<CValue>?, count: Int, store: Unmanaged<StoreCore>) {
        unsafe self.slots = slots
        self.count = count
        unsafe self.store = store
    }

    /// Writes the next element.
    ///
    /// - Parameter body: writes its value.
    public mutating func next(_ body: (inout ValueWriter) -> Void) {
        defer { written += 1 }
        guard written < count, let slots = unsafe slots else { return }
        var writer = unsafe ValueWriter(slots + written, store)
        body(&writer)
    }
}
