internal import WasmComponentModel
internal import WasmCore

/// Stands before the functions that a world's own host supplies: gates, counts, and passes on to the host of the
/// instance that calls.
struct OwnFunctionGate: HostInterceptor {
    /// What each function needs, by the name that the linker knows it by; empty where the host asks itself.
    private let needs: [String: Capability]

    init(_ functions: [FunctionRequirement], _ gating: WorldExtension.Gating) {
        needs =
            switch gating {
            case .host: [:]
            case .eachFunction:
                Dictionary(
                    functions.map { function in
                        (function.qualifiedName, Capability(.call, function.capabilitySubject))
                    },
                    uniquingKeysWith: { first, _ in first }
                )
            }
    }

    func admit(
        _ call: HostCall,
        to function: String,
        _ arguments: borrowing ArgumentReader
    ) throws(WasmError) -> HostCall {
        guard let state = call.data as? HostState, let host = state.extensionHost else {
            throw WasmError(.hostError, "\(function) was called in a store that is no actor's")
        }
        if let capability = needs[function], !state.isAllowed(capability) {
            throw WasmError(.denied, capability.description)
        }
        guard state.carry(bytes: arguments.byteCount) else {
            throw WasmError(.interrupted, "the host calls of the turn have carried as many bytes as they may")
        }
        return call.with(data: host)
    }

    func perform(_ pending: PendingHostCall, for call: HostCall) async -> PendingHostCall.Completion {
        guard let state = call.data as? HostState else { return await pending.run() }
        let completion = await InterruptibleTask.run(interruption: state.interruption) { await pending.run() }
        if let completion { return completion }
        // The turn has ended: nothing is written any more.
        return { (_) throws(WasmError) in throw WasmError(.interrupted, "the turn was ended from outside") }
    }
}

extension FunctionRequirement {
    /// The name as a linker knows it.
    fileprivate var qualifiedName: String { interface.map { "\($0)#\(name)" } ?? name }

    /// The name that grants are written with: no version, and `/` between its parts.
    var capabilitySubject: String {
        let interface = interface.map { $0.prefix { $0 != "@" } }
        // `[method]blob.write` is `blob/write`, and `[constructor]blob` is `blob`.
        let path = name.drop { $0 != "]" }.dropFirst().replacing(".", with: "/")
        let function = name.hasPrefix("[") ? path : Substring(name)
        return interface.map { "\($0)/\(function)" } ?? String(function)
    }
}
