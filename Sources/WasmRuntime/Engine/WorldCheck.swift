internal import WasmBindings
internal import WasmComponentModel

/// Holds a component's reflected type against the contract: every export that an actor must have, with its exact type,
/// and every import, which somebody must supply.
///
/// libwasmtime checks no signature when a host function is linked: the component decides what the callback receives. So
/// this comes before anything is linked.
struct WorldCheck {
    private let type: ComponentType
    private let world: WorldExtension?

    init(_ type: ComponentType, world: WorldExtension?) {
        self.type = type
        self.world = world
    }

    /// Whether the component exports `snapshot`, and so is a durable actor.
    var isDurable: Bool {
        type.export(Snapshot.interfaceName) != nil
    }

    /// Whether the component imports WASI.
    var importsWASI: Bool { type.imports.contains { Self.isWASI($0.name) } }

    /// Checks all of it.
    ///
    /// - Throws: `RuntimeError` with `unsupportedType`, `missingExport`, `wrongType` or `unknownImport`.
    func run() throws(RuntimeError) {
        try checkCarriable()
        try checkImports()
        try checkExports()
    }

    private func checkExports() throws(RuntimeError) {
        for function in isDurable ? DurableActorWorld.exports : ActorWorld.exports {
            try check(function, of: "the world `wasm-actors:actor/actor`")
        }
        for function in world?.exports ?? [] { try check(function, of: "the world that it is spawned for") }
    }

    private func check(_ function: FunctionRequirement, of world: String) throws(RuntimeError) {
        guard let interface = function.interface else {
            guard let export = type.export(function.name) else {
                throw RuntimeError(
                    .missingExport,
                    "the component does not export \(function.name); build it against \(world)"
                )
            }
            return try compare(export, with: function.type, name: function.name, what: "export")
        }
        guard let export = type.export(interface) else {
            throw RuntimeError(
                .missingExport,
                "the component does not export \(interface); build it against \(world)"
            )
        }
        guard case .instance(let instance) = export else {
            throw RuntimeError(.wrongType, "the component's export \(interface) is not an interface")
        }
        let name = "\(interface)#\(function.name)"
        guard let found = instance.export(function.name) else {
            throw RuntimeError(.missingExport, "the component does not export \(name); build it against \(world)")
        }
        try compare(found, with: function.type, name: name, what: "export")
    }

    private func checkImports() throws(RuntimeError) {
        let own = world?.imports ?? []
        // Those of functions first: they say more than the types that they use.
        let (types, others) = type.imports.reduce(into: ([NamedExtern](), [NamedExtern]())) { parts, item in
            if item.namesOnlyTypes { parts.0.append(item) } else { parts.1.append(item) }
        }
        for item in others + types where !Self.isWASI(item.name) {
            switch item.type {
            case .instance(let instance):
                let offered = (DurableActorWorld.imports + own).filter { $0.interface == item.name }
                try check(instance, item.name, offered)
            case .function:
                guard let offered = own.first(where: { $0.interface == nil && $0.name == item.name }) else {
                    throw unknown(item.name)
                }
                try compare(item.type, with: offered.type, name: item.name, what: "import")
            case .type where world != nil, .resource where world != nil:
                // A type of the world's own: the functions that use it are compared.
                continue
            default:
                throw unknown(item.name)
            }
        }
    }

    private func unknown(_ name: String) -> RuntimeError {
        let known =
            world == nil ? "neither of the contract nor WASI p2" : "neither of the contract, its world nor WASI p2"
        return RuntimeError(
            .unknownImport,
            "the component imports \(name), which is \(known); spawn it for a world that has it"
        )
    }

    private func check(
        _ instance: InstanceType,
        _ interface: String,
        _ offered: [FunctionRequirement]
    ) throws(RuntimeError) {
        let functions = instance.exports.filter(\.isFunction)
        // An interface that only names types needs nobody who supplies it.
        guard !offered.isEmpty || functions.isEmpty && (world != nil || Self.isOfContract(interface)) else {
            throw unknown(interface)
        }
        for function in functions {
            let name = "\(interface)#\(function.name)"
            guard let expected = offered.first(where: { $0.name == function.name }) else {
                let owner = Self.isOfContract(interface) ? "the contract" : "its world"
                throw RuntimeError(
                    .unknownImport,
                    "the component imports \(name), which \(owner) does not have"
                )
            }
            try compare(function.type, with: expected.type, name: name, what: "import")
        }
    }

    private func compare(
        _ found: ExternType,
        with expected: FunctionType,
        name: String,
        what: String
    ) throws(RuntimeError) {
        guard case .function(let function) = found else {
            throw RuntimeError(.wrongType, "the component's \(what) \(name) is not a function; expected \(expected)")
        }
        guard function == expected else {
            throw RuntimeError(
                .wrongType,
                "the component's \(what) \(name) has another type: expected \(expected), found \(function)"
            )
        }
    }

    /// Nothing outside WASI may carry what the component C API cannot.
    private func checkCarriable() throws(RuntimeError) {
        for item in type.imports + type.exports where !Self.isWASI(item.name) {
            switch item.type {
            case .function(let function):
                try checkCarriable(function, name: item.name)
            case .instance(let instance):
                for member in instance.exports {
                    if case .function(let function) = member.type {
                        try checkCarriable(function, name: "\(item.name)#\(member.name)")
                    }
                }
            default:
                continue
            }
        }
    }

    private func checkCarriable(_ function: FunctionType, name: String) throws(RuntimeError) {
        let types = function.parameters.map(\.type) + (function.result.map { [$0] } ?? [])
        guard !function.isAsync, let found = types.lazy.compactMap(\.uncarriable).first else {
            if function.isAsync {
                throw RuntimeError(
                    .unsupportedType,
                    "\(name) is an async function; declare it without async in its WIT"
                )
            }
            return
        }
        throw RuntimeError(
            .unsupportedType,
            "\(name) uses \(found), which no call can carry; use list, string or a record instead"
        )
    }

    private static func isWASI(_ name: String) -> Bool { name.hasPrefix("wasi:") }

    private static func isOfContract(_ name: String) -> Bool { name.hasPrefix("wasm-actors:actor/") }
}

extension NamedExtern {
    fileprivate var isFunction: Bool {
        if case .function = type { true } else { false }
    }

    fileprivate var namesOnlyTypes: Bool {
        if case .instance(let instance) = type { !instance.exports.contains(where: \.isFunction) } else { false }
    }
}

extension ValueType {
    /// The first part of the type that the component C API cannot carry.
    fileprivate var uncarriable: ValueType? {
        switch self {
        case .future, .stream, .errorContext, .unsupported: self
        default: children.lazy.compactMap(\.uncarriable).first
        }
    }
}
