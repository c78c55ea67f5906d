import CWasmtime

/// A host function behind libwasmtime's callback, which retains it until the linker's finalizer runs.
@safe final class HostFunction: Sendable {
    typealias Body = @Sendable (HostCall, borrowing ArgumentReader, inout ResultWriter) throws(WasmError) -> Void
    typealias AsyncBody = @Sendable (HostCall, borrowing ArgumentReader) throws(WasmError) -> PendingHostCall

    private enum Implementation: Sendable {
        case sync(Body)
        case async(AsyncBody)
    }

    let name: String
    let interceptor: (any HostInterceptor)?
    /// How a denied call is answered; nil where it ends the guest.
    let denial: HostDenial?
    private let parameterKinds: [UInt8]
    private let resultKind: UInt8?
    private let takesResources: Bool
    private let implementation: Implementation

    private init(
        name: String,
        type: FunctionType,
        interceptor: (any HostInterceptor)?,
        _ implementation: Implementation
    ) {
        self.name = name
        self.interceptor = interceptor
        denial = interceptor == nil ? nil : HostDenial(result: type.result)
        parameterKinds = type.parameters.map(\.type.valueKind)
        resultKind = type.result?.valueKind
        takesResources = type.parameters.contains { $0.type.holdsResources }
        self.implementation = implementation
    }

    convenience init(
        name: String,
        type: FunctionType,
        interceptor: (any HostInterceptor)?,
        body: @escaping Body
    ) {
        self.init(name: name, type: type, interceptor: interceptor, .sync(body))
    }

    convenience init(
        name: String,
        type: FunctionType,
        interceptor: (any HostInterceptor)?,
        asyncBody: @escaping AsyncBody
    ) {
        self.init(name: name, type: type, interceptor: interceptor, .async(asyncBody))
    }

    /// Calls the synchronous form; the error that is returned ends the guest.
    static func call(
        _ env: UnsafeMutableRawPointer?,
        _ context: OpaquePointer?,
        _ arguments: UnsafeMutablePointer<CValue>?,
        _ count: Int,
        _ results: UnsafeMutablePointer<CValue>?
    ) -> OpaquePointer? {
        unsafe enter(env, context) { (function, store) throws(WasmError) in
            try unsafe function.withArguments(store, arguments, count) { (call, arguments) throws(WasmError) in
                guard case .sync(let body) = function.implementation else { return }
                try unsafe function.write(store, results) { (result) throws(WasmError) in
                    let admitted = try function.admit(call, arguments) { result.value($0) }
                    guard let admitted else { return }
                    try body(admitted, arguments, &result)
                }
                if store.interruptHandle.isInterrupted { throw store.interruption }
            }
        }
    }

    /// Calls the asynchronous form: reads the arguments, which are gone when this returns, and leaves an operation behind.
    static func callAsync(
        _ env: UnsafeMutableRawPointer?,
        _ context: OpaquePointer?,
        _ arguments: UnsafeMutablePointer<CValue>?,
        _ count: Int,
        _ results: UnsafeMutablePointer<CValue>?,
        _ continuation: UnsafeMutablePointer<wasmtime_async_continuation_t>?
    ) -> OpaquePointer? {
        // libwasmtime always passes a continuation to fill.
        guard let continuation = unsafe continuation else { return nil }
        let error = unsafe enter(env, context) { (function, store) throws(WasmError) in
            try unsafe function.withArguments(store, arguments, count) { (call, arguments) throws(WasmError) in
                guard case .async(let body) = function.implementation else { return }
                let pending = try function.intercept(call, arguments, body)
                let operation = unsafe HostOperation(function, pending, store, unsafe results)
                store.pending = operation
                unsafe operation.install(continuation)
            }
        }
        if unsafe error != nil {
            unsafe HostOperation.installNothing(continuation)
        }
        return unsafe error
    }

    /// Finds the function and the store behind a callback, and turns what the body throws into an error for libwasmtime.
    private static func enter(
        _ env: UnsafeMutableRawPointer?,
        _ context: OpaquePointer?,
        _ body: (HostFunction, StoreCore) throws(WasmError) -> Void
    ) -> OpaquePointer? {
        guard let env = unsafe env, let store = unsafe StoreCore.of(context) else {
            return unsafe HostError.make(WasmError(.internalError, "a host function was called without its store"))
        }
        return unsafe Unmanaged<HostFunction>.fromOpaque(env)._withUnsafeGuaranteedRef { function -> OpaquePointer? in
            unsafe store._withUnsafeGuaranteedRef { store -> OpaquePointer? in
                do throws(WasmError) {
                    // Whoever interrupted may have cleaned up already: the rest of a slice must not reach the host.
                    if store.interruptHandle.isInterrupted { throw store.interruption }
                    try body(function, store)
                    return nil
                } catch {
                    store.hostFailure = error
                    return unsafe HostError.make(error)
                }
            }
        }
    }

    /// Checks the arguments' kinds, converts the resources among them, and lends them.
    private func withArguments(
        _ store: StoreCore,
        _ arguments: UnsafeMutablePointer<CValue>?,
        _ count: Int,
        _ body: (HostCall, borrowing ArgumentReader) throws(WasmError) -> Void
    ) throws(WasmError) {
        // The pointer may be null where there is no argument; nothing is read through the other one then.
        let slots = unsafe arguments ?? store.arguments
        guard count == parameterKinds.count,
            (0..<count).allSatisfy({ unsafe slots[$0].kind == parameterKinds[$0] })
        else {
            throw WasmError(.typeMismatch, "\(name) was called with other types than it was defined with")
        }
        let call = HostCall(data: store.data, interruptHandle: store.interruptHandle)
        let reader = unsafe ArgumentReader(slots: slots, count: count, store: Unmanaged.passUnretained(store))
        guard takesResources else { return try body(call, reader) }
        // A borrow that is not converted before the function returns would finish the store, read or not.
        for index in 0..<count {
            unsafe store.receiveResources(in: slots + index)
        }
        defer { store.releaseReceived() }
        try body(call, reader)
    }

    /// Has the result written and checks its kind.
    func write(
        _ store: StoreCore,
        _ result: UnsafeMutablePointer<CValue>?,
        _ body: (inout ResultWriter) throws(WasmError) -> Void
    ) throws(WasmError) {
        var nothing = unsafe CValue()
        let hasResult = resultKind != nil
        try unsafe withUnsafeMutablePointer(to: &nothing) { (nothing) throws(WasmError) in
            let slot = unsafe hasResult ? result ?? nothing : nothing
            var writer = unsafe ResultWriter(slot, Unmanaged.passUnretained(store))
            let mark = store.written.count
            var areGiven = false
            defer { if store.written.count > mark { store.settleWritten(from: mark, areGiven: areGiven) } }
            try body(&writer)
            if let failure = store.writeFailure {
                store.writeFailure = nil
                throw failure
            }
            if let resultKind, unsafe slot.pointee.kind != resultKind {
                throw WasmError(.typeMismatch, "the host function \(name) wrote no result of its type")
            }
            if store.written.count > mark { try store.giveWritten(from: mark) }
            areGiven = true
            if !hasResult, unsafe slot.pointee.kind >= CConstants.ValueKind.string {
                unsafe wasmtime_component_val_delete(slot)
            }
        }
    }
}
