import CWasmtime

/// A C pointer to characters as an out-parameter: `char **` in some headers of the library, `const char **` in others.
protocol CharacterPointer {
    var raw: UnsafeRawPointer { get }
}

extension UnsafePointer: CharacterPointer where Pointee == CChar {
    var raw: UnsafeRawPointer { unsafe UnsafeRawPointer(self) }
}

extension UnsafeMutablePointer: CharacterPointer where Pointee == CChar {
    var raw: UnsafeRawPointer { UnsafeRawPointer(self) }
}

/// Reads a name that a reflection function lends through a pointer and a length.
///
/// Returns `nil` where the function answers that there is none.
func lentName<Pointer: CharacterPointer>(
    _ body: (UnsafeMutablePointer<Pointer?>, UnsafeMutablePointer<Int>) -> Bool
) -> String? {
    var pointer: Pointer?
    var length = 0
    guard unsafe body(&pointer, &length) else { return nil }
    guard let pointer else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: pointer.raw, count: length), as: UTF8.self)
}

extension String {
    /// Lends the text's UTF-8 as a C pointer and length, for functions that do not keep it.
    func withCName<R>(_ body: (UnsafeMutablePointer<CChar>, Int) -> R) -> R {
        var copy = self
        return copy.withUTF8 { bytes in
            guard let start = bytes.baseAddress, bytes.count > 0 else {
                var nothing: CChar = 0
                return unsafe body(&nothing, 0)
            }
            // The C functions only read; some headers of the library lack the const.
            let characters = unsafe UnsafeMutableRawPointer(mutating: start).assumingMemoryBound(to: CChar.self)
            return unsafe body(characters, bytes.count)
        }
    }
}

extension wasm_byte_vec_t {
    /// The bytes, lent.
    var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size)
    }

    /// Fills this uninitialized vector with a copy of the bytes.
    mutating func initialize(copying source: UnsafeRawBufferPointer) {
        if unsafe source.isEmpty {
            unsafe wasm_byte_vec_new_empty(&self)
        } else {
            unsafe wasm_byte_vec_new_uninitialized(&self, source.count)
            unsafe UnsafeMutableRawBufferPointer(start: data, count: size).copyMemory(from: source)
        }
    }
}
