internal import WasmBindings
internal import WasmComponentModel
public import WasmCore

/// The calls of a durable actor: a component with `CompiledComponent.isDurable`.
extension WasmEngine {
    /// The state of an instance as it is now.
    ///
    /// - Parameter handle: The instance.
    /// - Returns: The state, or the guest's own error; its instance is as good as before then.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin; `missingExport` where the component is
    ///   not durable; `tooLarge` where the state has more bytes than `ResourceLimits.largestMessageBytes`.
    public func callSave(_ handle: ComponentHandle) async throws(RuntimeError) -> Result<SavedState, ActorError> {
        let exports = try snapshot(handle, "save")
        let answer = try await turn(handle, export: "save") { resident throws(WasmError) in
            try await exports.save(resident.store)
        }
        switch answer {
        case .success(let state):
            try check(handle, "save", bytes: state.data.count, limit: Int(ResourceLimits.largestMessageBytes))
        case .failure(let error): try check(handle, "save", bytes: error.text.utf8.count)
        }
        return answer
    }

    /// Has an instance take up a saved state. To be called after `callInitialize`, before anything else.
    ///
    /// - Parameters:
    ///   - handle: The instance.
    ///   - state: What `callSave` of an earlier instance gave.
    /// - Returns: The guest's answer; a failure means that it cannot take up this state.
    /// - Throws: `RuntimeError` where the turn ends abnormally or cannot begin; `missingExport` where the component is
    ///   not durable.
    public func callRestore(
        _ handle: ComponentHandle,
        _ state: SavedState
    ) async throws(RuntimeError) -> Result<Void, ActorError> {
        let exports = try snapshot(handle, "restore")
        let answer = try await turn(handle, export: "restore") { resident throws(WasmError) in
            try await exports.restore(resident.store, state: state)
        }
        if case .failure(let error) = answer { try check(handle, "restore", bytes: error.text.utf8.count) }
        return answer
    }

    private func snapshot(_ handle: ComponentHandle, _ export: String) throws(RuntimeError) -> SnapshotExports {
        guard let exports = try instance(handle).resident(for: export).snapshot else {
            throw RuntimeError(
                .missingExport,
                "the component does not export snapshot; build it against the world `wasm-actors:actor/durable-actor`",
                actor: handle.id,
                export: export
            )
        }
        return exports
    }
}
