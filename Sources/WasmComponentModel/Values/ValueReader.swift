import CWasmtime

/// Reads one value in the form that libwasmtime gives: a result, an argument, or a part of one.
///
/// Generated bindings read with it. Every method checks the kind of what is there first and throws
/// `WasmError.Code.typeMismatch` where it is another; nothing is assumed. A reader is lent to a closure and worthless
/// afterwards.
///
/// See `wasmtime/component/val.h`.
@safe public struct ValueReader: ~Copyable {
    /// The value; it outlives the reader.
    let slot: UnsafeMutablePointer<CValue>
    /// The store that the value comes from; it outlives the reader.
    let store: Unmanaged<StoreCore>

    init(_ slot: UnsafeMutablePointer<CValue>, _ store: Unmanaged<StoreCore>) {
        unsafe self.slot = slot
        unsafe self.store = store
    }

    typealias Kind = CConstants.ValueKind

    @inline(__always)
    func require(_ kind: UInt8, _ name: StaticString) throws(WasmError) {
        if unsafe slot.pointee.kind != kind {
            throw mismatch(name)
        }
    }

    @inline(never)
    func mismatch(_ expected: StaticString) -> WasmError {
        unsafe WasmError(.typeMismatch, "a value of kind \(slot.pointee.kind) where \(expected) is expected")
    }

    /// Reads a `bool`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func bool() throws(WasmError) -> Bool {
        try require(Kind.bool, "bool")
        return unsafe slot.pointee.of.boolean
    }

    /// Reads an `s8`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func s8() throws(WasmError) -> Int8 {
        try require(Kind.s8, "s8")
        return unsafe slot.pointee.of.s8
    }

    /// Reads a `u8`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func u8() throws(WasmError) -> UInt8 {
        try require(Kind.u8, "u8")
        return unsafe slot.pointee.of.u8
    }

    /// Reads an `s16`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func s16() throws(WasmError) -> Int16 {
        try require(Kind.s16, "s16")
        return unsafe slot.pointee.of.s16
    }

    /// Reads a `u16`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func u16() throws(WasmError) -> UInt16 {
        try require(Kind.u16, "u16")
        return unsafe slot.pointee.of.u16
    }

    /// Reads an `s32`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func s32() throws(WasmError) -> Int32 {
        try require(Kind.s32, "s32")
        return unsafe slot.pointee.of.s32
    }

    /// Reads a `u32`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func u32() throws(WasmError) -> UInt32 {
        try require(Kind.u32, "u32")
        return unsafe slot.pointee.of.u32
    }

    /// Reads an `s64`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func s64() throws(WasmError) -> Int64 {
        try require(Kind.s64, "s64")
        return unsafe slot.pointee.of.s64
    }

    /// Reads a `u64`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func u64() throws(WasmError) -> UInt64 {
        try require(Kind.u64, "u64")
        return unsafe slot.pointee.of.u64
    }

    /// Reads an `f32`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func f32() throws(WasmError) -> Float {
        try require(Kind.f32, "f32")
        return unsafe slot.pointee.of.f32
    }

    /// Reads an `f64`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func f64() throws(WasmError) -> Double {
        try require(Kind.f64, "f64")
        return unsafe slot.pointee.of.f64
    }

    /// Reads a `char`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func char() throws(WasmError) -> Unicode.Scalar {
        try require(Kind.char, "char")
        guard let scalar = unsafe Unicode.Scalar(slot.pointee.of.character) else { throw mismatch("a Unicode scalar") }
        return scalar
    }

    /// Reads a `string`.
    ///
    /// - Returns: the value.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func string() throws(WasmError) -> String {
        try require(Kind.string, "string")
        return unsafe String(decoding: slot.pointee.of.string.bytes, as: UTF8.self)
    }

    /// Reads a `list<u8>`.
    ///
    /// - Returns: the elements.
    /// - Throws: `WasmError.Code.typeMismatch` where the value is of another kind.
    public func bytes() throws(WasmError) -> [UInt8] {
        try require(Kind.list, "list<u8>")
        let list = unsafe slot.pointee.of.list
        guard let data = unsafe list.data, unsafe list.size > 0 else { return [] }
        if unsafe data.pointee.kind != Kind.u8 { throw mismatch("list<u8>") }
        // A list's elements are all of one kind.
        return unsafe [UInt8](unsafeUninitializedCapacity: list.size) { buffer, count in
            for index in unsafe 0..<list.size {
                unsafe buffer[index] = data[index].of.u8
            }
            count = unsafe list.size
        }
    }
}
