import CWasmtime

/// What a `wasmtime_error_t` says, read out of it; the error itself is deleted.
///
/// See `wasmtime/error.h`.
struct CError {
    /// The message, escaped and cut: a guest's names can make it megabytes long.
    let text: String
    /// The last line of the message that is not empty: the cause, which a guest's names cannot forge.
    let cause: String
    let exitStatus: Int32?
    let frames: [Frame]

    init(taking error: OpaquePointer) {
        var status: Int32 = 0
        exitStatus = unsafe wasmtime_error_exit_status(error, &status) ? status : nil
        var message = unsafe wasm_byte_vec_t()
        unsafe wasmtime_error_message(error, &message)
        text = unsafe Self.beginning(of: message.bytes)
        cause = unsafe Self.lastLine(of: message.bytes)
        unsafe wasm_byte_vec_delete(&message)
        frames = unsafe Self.frames(of: error)
        unsafe wasmtime_error_delete(error)
    }

    private static func beginning(of bytes: UnsafeRawBufferPointer) -> String {
        let limit = WasmError.maximumTextLength
        let text = unsafe String(decoding: bytes.prefix(limit + 1), as: UTF8.self)
        return text.escapedAndCut(to: limit)
    }

    private static func lastLine(of bytes: UnsafeRawBufferPointer) -> String {
        let newline = UInt8(ascii: "\n")
        let end = unsafe [UInt8](bytes.suffix(2 * WasmError.maximumTextLength))
        for line in end.split(separator: newline).reversed() {
            let text = String(decoding: line, as: UTF8.self)
            if text.contains(where: { !$0.isWhitespace }) {
                return String(text.drop(while: \.isWhitespace)).escapedAndCut(to: WasmError.maximumTextLength)
            }
        }
        return ""
    }

    private static func frames(of error: OpaquePointer) -> [Frame] {
        var vector = unsafe wasm_frame_vec_t()
        unsafe wasmtime_error_wasm_trace(error, &vector)
        defer { unsafe wasm_frame_vec_delete(&vector) }
        guard let data = unsafe vector.data else { return [] }
        return unsafe UnsafeMutableBufferPointer(start: data, count: vector.size).compactMap { frame in
            guard let frame = unsafe frame else { return nil }
            return unsafe Frame(
                functionName: name(wasmtime_frame_func_name(frame)),
                moduleName: name(wasmtime_frame_module_name(frame)),
                functionIndex: wasm_frame_func_index(frame),
                functionOffset: wasm_frame_func_offset(frame),
                moduleOffset: wasm_frame_module_offset(frame)
            )
        }
    }

    private static func name(_ name: UnsafePointer<wasm_byte_vec_t>?) -> String? {
        guard let name = unsafe name else { return nil }
        let limit = 128
        return unsafe String(decoding: name.pointee.bytes.prefix(limit + 1), as: UTF8.self).escapedAndCut(to: limit)
    }
}

extension WasmError {
    /// Makes an error of a `wasmtime_error_t`, which is deleted, with a code that the caller knows.
    init(_ code: Code, _ message: String, taking error: OpaquePointer) {
        let error = unsafe CError(taking: error)
        self.init(code, message, details: error.text, frames: error.frames)
    }
}
