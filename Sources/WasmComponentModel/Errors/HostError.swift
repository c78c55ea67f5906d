import CWasmtime

/// Errors that this side hands to libwasmtime, to end a guest's call.
enum HostError {
    /// Begins the text of each. It is random, so that no text of a guest can pass for one.
    private static let token = String(UInt64.random(in: .min ... .max), radix: 16)

    /// Makes a `wasmtime_error_t` of an error; the callback that returns it gives it away.
    static func make(_ error: WasmError) -> OpaquePointer? {
        // The function copies the text up to its NUL; some headers of the library lack the const.
        unsafe "\(token) \(error.code)\0".withCName { text, _ in unsafe wasmtime_error_new(text) }
    }
}
