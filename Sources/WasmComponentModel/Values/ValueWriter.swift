import CWasmtime

typealias CValue = wasmtime_component_val_t

/// Writes one value in the form that libwasmtime takes: an argument, a result, or a part of one.
///
/// Generated bindings write with it; nothing is allocated but what libwasmtime's form needs. Write exactly one value.
/// A writer is lent to a closure and worthless afterwards.
///
/// See `wasmtime/component/val.h`.
@safe public struct ValueWriter: ~Copyable {
    /// The slot to fill: zeroed, or holding the value of an earlier write.
    let slot: UnsafeMutablePointer<CValue>
    /// The store that the value crosses into; it outlives the writer.
    let store: Unmanaged<StoreCore>

    init(_ slot: UnsafeMutablePointer<CValue>, _ store: Unmanaged<StoreCore>) {
        unsafe self.slot = slot
        unsafe self.store = store
    }

    typealias Kind = CConstants.ValueKind

    /// Frees what an earlier write left in the slot, and sets the kind.
    @inline(__always)
    func begin(_ kind: UInt8) {
        if unsafe slot.pointee.kind >= Kind.string {
            unsafe wasmtime_component_val_delete(slot)
        }
        unsafe slot.pointee.kind = kind
    }

    /// Records that what was written is no value; the call is refused before libwasmtime sees it.
    func fail(_ code: WasmError.Code, _ message: @autoclosure () -> String) {
        unsafe store._withUnsafeGuaranteedRef { store in
            if store.writeFailure == nil {
                store.writeFailure = WasmError(code, message())
            }
        }
    }

    /// Writes a `bool`.
    ///
    /// - Parameter value: the value.
    public mutating func bool(_ value: Bool) {
        begin(Kind.bool)
        unsafe slot.pointee.of.boolean = value
    }

    /// Writes an `s8`.
    ///
    /// - Parameter value: the value.
    public mutating func s8(_ value: Int8) {
        begin(Kind.s8)
        unsafe slot.pointee.of.s8 = value
    }

    /// Writes a `u8`.
    ///
    /// - Parameter value: the value.
    public mutating func u8(_ value: UInt8) {
        begin(Kind.u8)
        unsafe slot.pointee.of.u8 = value
    }

    /// Writes an `s16`.
    ///
    /// - Parameter value: the value.
    public mutating func s16(_ value: Int16) {
        begin(Kind.s16)
        unsafe slot.pointee.of.s16 = value
    }

    /// Writes a `u16`.
    ///
    /// - Parameter value: the value.
    public mutating func u16(_ value: UInt16) {
        begin(Kind.u16)
        unsafe slot.pointee.of.u16 = value
    }

    /// Writes an `s32`.
    ///
    /// - Parameter value: the value.
    public mutating func s32(_ value: Int32) {
        begin(Kind.s32)
        unsafe slot.pointee.of.s32 = value
    }

    /// Writes a `u32`.
    ///
    /// - Parameter value: the value.
    public mutating func u32(_ value: UInt32) {
        begin(Kind.u32)
        unsafe slot.pointee.of.u32 = value
    }

    /// Writes an `s64`.
    ///
    /// - Parameter value: the value.
    public mutating func s64(_ value: Int64) {
        begin(Kind.s64)
        unsafe slot.pointee.of.s64 = value
    }

    /// Writes a `u64`.
    ///
    /// - Parameter value: the value.
    public mutating func u64(_ value: UInt64) {
        begin(Kind.u64)
        unsafe slot.pointee.of.u64 = value
    }

    /// Writes an `f32`.
    ///
    /// - Parameter value: the value.
    public mutating func f32(_ value: Float) {
        begin(Kind.f32)
        unsafe slot.pointee.of.f32 = value
    }

    /// Writes an `f64`.
    ///
    /// - Parameter value: the value.
    public mutating func f64(_ value: Double) {
        begin(Kind.f64)
        unsafe slot.pointee.of.f64 = value
    }

    /// Writes a `char`.
    ///
    /// - Parameter value: the value.
    public mutating func char(_ value: Unicode.Scalar) {
        begin(Kind.char)
        unsafe slot.pointee.of.character = value.value
    }

    /// Writes a `string`; more than 128 MiB is refused.
    ///
    /// - Parameter value: the value.
    public mutating func string(_ value: String) {
        begin(Kind.bool)
        let count = value.utf8.count
        guard count <= Value.maximumTextLength else {
            return fail(.tooLarge, "a string of \(count) bytes; pass at most \(Value.maximumTextLength), in parts")
        }
        setString(value)
        unsafe slot.pointee.kind = Kind.string
    }

    /// Writes a `list<u8>`; more than 2,796,202 bytes are refused.
    ///
    /// - Parameter value: the elements.
    public mutating func bytes(_ value: [UInt8]) {
        guard let elements = unsafe beginList(value.count) else { return }
        for index in 0..<value.count {
            unsafe elements[index].kind = Kind.u8
            unsafe elements[index].of.u8 = value[index]
        }
    }

    /// Writes a `list`; more than 2,796,202 elements are refused.
    ///
    /// - Parameters:
    ///   - elements: the elements.
    ///   - each: writes one of them.
    public mutating func list<Element>(_ elements: [Element], _ each: (Element, inout ValueWriter) -> Void) {
        guard let slots = unsafe beginList(elements.count) else { return }
        for index in 0..<elements.count {
            var writer = unsafe ValueWriter(slots + index, store)
            each(elements[index], &writer)
        }
    }

    /// Makes a list of this many slots, each a `bool` until it is written; `nil` where it has none.
    private func beginList(_ count: Int) -> UnsafeMutablePointer<CValue>? {
        begin(Kind.bool)
        guard count <= Value.maximumElements else {
            fail(.tooLarge, "a list of \(count) elements; pass at most \(Value.maximumElements), in parts")
            return nil
        }
        var list = unsafe wasmtime_component_vallist_t()
        if count == 0 {
            unsafe wasmtime_component_vallist_new_empty(&list)
        } else {
            unsafe wasmtime_component_vallist_new_uninit(&list, count)
        }
        unsafe slot.pointee.of.list = list
        unsafe slot.pointee.kind = Kind.list
        return count == 0 ? nil : unsafe list.data
    }
}
