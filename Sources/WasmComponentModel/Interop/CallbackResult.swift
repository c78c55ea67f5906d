/// The return value of a callback that answers with a `wasmtime_error_t *`, which some headers of the library declare
/// as `size_t`: the context of the call selects one of the two.
func callbackResult(_ error: OpaquePointer?) -> Int {
    Int(bitPattern: error)
}

/// See the other `callbackResult(_:)`.
func callbackResult(_ error: OpaquePointer?) -> OpaquePointer? {
    unsafe error
}
