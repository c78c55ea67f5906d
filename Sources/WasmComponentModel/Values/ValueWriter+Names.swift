import CWasmtime

extension wasm_byte_vec_t {
    /// A copy of a name.
    init(copying name: StaticString) {
        unsafe self.init()
        name.withUTF8Buffer { unsafe initialize(copying: UnsafeRawBufferPointer($0)) }
    }

    /// A copy of a text.
    init(copying text: String) {
        unsafe self.init()
        var text = text
        text.withUTF8 { unsafe initialize(copying: UnsafeRawBufferPointer($0)) }
    }
}

extension ValueWriter {
    /// Puts the text into the slot without touching its kind.
    func setString(_ text: String) {
        unsafe slot.pointee.of.string = wasm_byte_vec_t(copying: text)
    }

    /// Fills the slot with a case of a variant.
    ///
    /// Takes over the name.
    func setVariant(_ name: wasm_byte_vec_t, _ payload: UnsafeMutablePointer<CValue>?) {
        var variant = unsafe wasmtime_component_valvariant_t()
        unsafe variant.discriminant = name
        unsafe variant.val = payload
        unsafe slot.pointee.of.variant = variant
        unsafe slot.pointee.kind = Kind.variant
    }

    /// Makes a heap slot, a `bool` until it is written.
    func newSlot() -> UnsafeMutablePointer<CValue> {
        var nothing = unsafe CValue()
        // Never null: libwasmtime ends the process when memory is exhausted.
        return unsafe wasmtime_component_val_new(&nothing)!
    }

    /// Makes a heap slot and has it written.
    func newSlot(_ body: (inout ValueWriter) -> Void) -> UnsafeMutablePointer<CValue> {
        let slot = unsafe newSlot()
        var writer = unsafe ValueWriter(slot, store)
        body(&writer)
        return unsafe slot
    }

    /// Fills the slot with these flags. Takes over the names that `name` makes.
    func setFlags(_ count: Int, _ name: (Int) -> wasm_byte_vec_t) {
        begin(Kind.bool)
        var flags = unsafe wasmtime_component_valflags_t()
        if count == 0 {
            unsafe wasmtime_component_valflags_new_empty(&flags)
        } else {
            unsafe wasmtime_component_valflags_new_uninit(&flags, count)
            for index in 0..<count {
                unsafe flags.data[index] = name(index)
            }
        }
        unsafe slot.pointee.of.flags = flags
        unsafe slot.pointee.kind = Kind.flags
    }
}
