import Testing

/// Rules over what was built: the symbols that the objects handed to the linker define and ask for.
@Suite(.enabled(if: BuiltObjects.areELF, "the objects of this system are not ELF"))
struct ObjectTests {
    /// The entry points of `WasmComponentModel` by which a guest's export is found and called, and by which a host
    /// function is offered to guests. The bindings alone use them; the engine uses the bindings.
    static let callEntryPoints = [
        "WasmComponentModel.Store.call", "WasmComponentModel.Store.startCall", "WasmComponentModel.Store.function",
        "WasmComponentModel.Store.typedFunction",
        "WasmComponentModel.CallFuture", "WasmComponentModel.Func.", "WasmComponentModel.TypedFunc",
        "WasmComponentModel.LinkerInstance.define",
    ]

    /// The objects of `target`, of which there must be some: a rule that looks at nothing holds nothing.
    private func objects(of target: String) throws -> [(file: String, object: ELFObject)] {
        try #require(try BuiltObjects.byTarget()[target], "no object of \(target) was linked")
    }

    @Test func theActorLayerReachesNeitherTheComponentModelNorC() throws {
        for (file, object) in try objects(of: "WasmActor") {
            for symbol in object.undefined.union(object.defined) {
                let name = Demangling.name(of: symbol)
                for module in ["WasmComponentModel", "WasmBindings"] {
                    #expect(!name.contains("\(module)."), "\(file) of WasmActor uses \(name)")
                }
            }
            let calls = object.undefined.filter(CSymbolAllowList.isLibrarySymbol)
            #expect(calls.isEmpty, "\(file) of WasmActor calls libwasmtime")
        }
    }

    @Test func theEngineCallsGuestsThroughTheBindingsAlone() throws {
        var bindings = 0
        for (file, object) in try objects(of: "WasmRuntime") {
            for symbol in object.undefined {
                let name = Demangling.name(of: symbol)
                if name.contains("WasmBindings.") { bindings += 1 }
                let entryPoint = Self.callEntryPoints.first { name.contains($0) }
                #expect(entryPoint == nil, "\(file) of WasmRuntime calls a guest by \(name)")
            }
            let calls = object.undefined.filter(CSymbolAllowList.isLibrarySymbol)
            #expect(calls.isEmpty, "\(file) of WasmRuntime calls libwasmtime")
        }
        #expect(bindings > 0, "WasmRuntime uses nothing of WasmBindings")
    }

    @Test(arguments: ["WasmBindings", "WasmCore", "WITModel", "WITSwift", "wasm_actors"])
    func noOtherModuleCallsTheLibrary(target: String) throws {
        for (file, object) in try objects(of: target) {
            let calls = object.undefined.filter(CSymbolAllowList.isLibrarySymbol)
            #expect(calls.isEmpty, "\(file) of \(target) calls libwasmtime")
        }
    }

    @Test func everyLibraryFunctionIsOnTheAllowList() throws {
        for (target, objects) in try BuiltObjects.byTarget() {
            for (file, object) in objects {
                for symbol in object.undefined.filter(CSymbolAllowList.isLibrarySymbol) {
                    #expect(CSymbolAllowList.allows(symbol), "\(file) of \(target) calls \(symbol)")
                }
            }
        }
    }

    @Test func everyNameOnTheAllowListIsUsed() throws {
        let used = Set(try BuiltObjects.byTarget().values.joined().flatMap(\.object.undefined))
        let spare = CSymbolAllowList.names.subtracting(used)
        #expect(spare.isEmpty, "allowed without need")
    }

    @Test func guestsAreCalledAsynchronously() throws {
        let called = try objects(of: "WasmComponentModel").contains { _, object in
            object.undefined.contains("wasmtime_component_func_call_async")
        }
        #expect(called, "no object of WasmComponentModel calls wasmtime_component_func_call_async")
    }
}
