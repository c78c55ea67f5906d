import CWasmtime

/// What a store's guests see of WASI p2: clocks and random numbers, and otherwise an empty world without files, network,
/// environment, arguments and input.
///
/// The functions are libwasmtime's own synchronous ones: a guest that sleeps in one of them holds its thread.
///
/// See `wasmtime/wasi.h`.
public struct WASIConfiguration: Sendable {
    /// Receives what a guest writes to its standard output; `nil` (the default) drops it.
    ///
    /// Called on whichever thread runs the guest; it should return at once.
    public var standardOutput: (@Sendable ([UInt8]) -> Void)?
    /// Receives what a guest writes to its standard error; `nil` (the default) drops it.
    ///
    /// Called on whichever thread runs the guest; it should return at once.
    public var standardError: (@Sendable ([UInt8]) -> Void)?

    /// Makes an empty world.
    public init() {}

    /// Gives a context this world.
    func apply(to context: OpaquePointer) throws(WasmError) {
        let config = unsafe wasi_config_new()
        if let standardOutput {
            unsafe wasi_config_set_stdout_custom(
                config,
                { unsafe OutputStream.write($0, $1, $2) },
                OutputStream(standardOutput).retained,
                { unsafe OutputStream.release($0) }
            )
        }
        if let standardError {
            unsafe wasi_config_set_stderr_custom(
                config,
                { unsafe OutputStream.write($0, $1, $2) },
                OutputStream(standardError).retained,
                { unsafe OutputStream.release($0) }
            )
        }
        // The context owns the configuration from here on.
        if let error = unsafe wasmtime_context_set_wasi(context, config) {
            throw unsafe WasmError(.internalError, "libwasmtime refuses an empty WASI world", taking: error)
        }
    }

    /// The closure behind a C callback; libwasmtime holds one retain of it until its finalizer runs.
    private final class OutputStream: Sendable {
        private let body: @Sendable ([UInt8]) -> Void

        init(_ body: @escaping @Sendable ([UInt8]) -> Void) {
            self.body = body
        }

        var retained: UnsafeMutableRawPointer { unsafe Unmanaged.passRetained(self).toOpaque() }

        static func write(_ env: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int {
            guard let env = unsafe env else { return 0 }
            let stream = unsafe Unmanaged<OutputStream>.fromOpaque(env).takeUnretainedValue()
            unsafe stream.body(Array(UnsafeBufferPointer(start: bytes, count: count)))
            return count
        }

        static func release(_ env: UnsafeMutableRawPointer?) {
            guard let env = unsafe env else { return }
            unsafe Unmanaged<OutputStream>.fromOpaque(env).release()
        }
    }
}
