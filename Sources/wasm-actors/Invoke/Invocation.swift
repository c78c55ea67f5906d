import WasmComponentModel

/// A component on its own, with an empty world around it.
struct Invocation {
    let component: Component
    let console: Console

    /// Makes an instance and calls one function of it.
    ///
    /// - Parameters:
    ///   - function: The function, one of the component's exports.
    ///   - arguments: Its arguments.
    /// - Returns: The result; none for a function without one.
    /// - Throws: Why the instance could not be made, or the call did not end.
    func call(_ function: ExportedFunction, _ arguments: [Value]) throws(WasmError) -> Value? {
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.wasi.standardOutput = console.out
        configuration.wasi.standardError = console.error
        let store = try Store(engine: component.engine, configuration: configuration)
        let instance = try store.instantiate(component, linker: linker())
        return try store.call(store.function(instance, function.interface, function.name), arguments)
    }

    /// WASI where the component imports it; every other function as one that refuses to be called.
    private func linker() throws(WasmError) -> PreparedLinker {
        var linker = Linker(engine: component.engine)
        var usesWASI = false
        for item in component.type.imports {
            switch item.type {
            case .instance where item.name.hasPrefix("wasi:"):
                usesWASI = true
            case .instance(let instance):
                try linker.instance(item.name) { (scope) throws(WasmError) in
                    for inner in instance.exports {
                        try refuse(inner, as: "\(item.name)#\(inner.name)", in: &scope)
                    }
                }
            default:
                try linker.root { (scope) throws(WasmError) in try refuse(item, as: item.name, in: &scope) }
            }
        }
        if usesWASI { try linker.addWASIPreview2() }
        return linker.finish()
    }

    private func refuse(_ item: NamedExtern, as name: String, in scope: inout LinkerInstance) throws(WasmError) {
        switch item.type {
        case .function(let type):
            try scope.define(item.name, type: type) { _, _ in
                throw WasmError(.hostError, "the component called its import \(name), which invoke does not supply")
            }
        case .resource:
            _ = try scope.defineResource(item.name) { _, _ in }
        default:
            break
        }
    }
}
