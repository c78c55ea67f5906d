import Synchronization
import WasmComponentModel

/// The imports that the component model's test suite expects of a host: a few functions at the top level, and an
/// interface `host` with more of them and with resources.
///
/// One serves all the commands of a script, which count the resources that it has seen dropped.
final class WastHost: Sendable {
    private let drops = Mutex<(count: UInt32, last: UInt32)>((0, 0))

    /// Makes the linker of one component: whatever it imports of what there is.
    ///
    /// - Parameters:
    ///   - component: The component.
    ///   - offersWASI: Whether WASI p2 is there too.
    /// - Returns: The linker; an import that it lacks is found out when the component is instantiated.
    /// - Throws: An error for a definition that libwasmtime refuses.
    func linker(for component: Component, offersWASI: Bool) throws(WasmError) -> PreparedLinker {
        var linker = Linker(engine: component.engine)
        try linker.root { (scope) throws(WasmError) in
            for item in component.type.imports {
                guard case .function(let type) = item.type else { continue }
                try define(item.name, type, Self.rootFunctions, in: &scope)
            }
        }
        if case .instance(let interface)? = component.type.import("host") {
            try linker.instance("host") { (scope) throws(WasmError) in try define(interface, in: &scope) }
        }
        if case .instance(let interface)? = component.type.import("conf:guests/log@0.1.0") {
            try linker.instance("conf:guests/log@0.1.0") { (scope) throws(WasmError) in
                for case let (name, .function(type)) in interface.exports.map({ ($0.name, $0.type) })
                where name == "log" {
                    try scope.define(name, type: type) { _, _ in nil }
                }
            }
        }
        if offersWASI { try linker.addWASIPreview2() }
        return linker.finish()
    }

    /// A function: its type apart from the parameters' names, and what it does.
    private struct Function: Sendable {
        let parameters: [ValueType]
        let result: ValueType?
        let body: @Sendable (WastHost, Resources, [Value]) throws -> Value?

        init(
            _ parameters: [ValueType] = [],
            result: ValueType? = nil,
            _ body: @escaping @Sendable (WastHost, Resources, [Value]) throws -> Value?
        ) {
            self.parameters = parameters
            self.result = result
            self.body = body
        }
    }

    /// What a function of the host found wrong: the guest traps.
    private struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private func define(
        _ name: String,
        _ type: FunctionType,
        _ functions: [String: Function],
        resources: Resources = Resources(),
        in scope: inout LinkerInstance
    ) throws(WasmError) {
        guard let function = functions[name], !type.isAsync else { return }
        guard type.parameters.map(\.type) == function.parameters, type.result == function.result else {
            // Defined as it is, so that linking says how the types differ.
            let parameters = function.parameters.enumerated().map { index, type in
                FunctionType.Parameter(name: "p\(index)", type: type)
            }
            try scope.define(name, type: FunctionType(parameters: parameters, result: function.result)) { _, _ in
                throw Mistake(description: "\(name) was linked with another type")
            }
            return
        }
        try scope.define(name, type: type) { [self] _, arguments in try function.body(self, resources, arguments) }
    }

    private func define(_ interface: InstanceType, in scope: inout LinkerInstance) throws(WasmError) {
        var resources = Resources()
        for case let (name, .resource(_)) in interface.exports.map({ ($0.name, $0.type) }) {
            switch name {
            case "resource1":
                resources.first = try scope.defineResource(name) { [self] _, representation in
                    drops.withLock { $0 = ($0.count + 1, representation) }
                }
            case "resource1-again":
                // The same type under another name, where the first is imported.
                if let first = resources.first {
                    try scope.defineResource(name, type: first)
                } else {
                    resources.first = try scope.defineResource(name) { _, _ in }
                }
            case "resource2":
                _ = try scope.defineResource(name) { _, _ in }
            default: break
            }
        }
        for case let (name, .function(type)) in interface.exports.map({ ($0.name, $0.type) }) {
            try define(name, type, Self.hostFunctions, resources: resources, in: &scope)
        }
    }

    /// The resource types of one linker.
    private struct Resources: Sendable {
        /// That of `resource1`, where the component imports it.
        var first: HostResourceType?

        /// Checks that a value is a handle of the first type with this representation.
        func require(_ handle: Value, _ representation: Value, isOwned: Bool) throws {
            guard case .resource(let handle) = handle, handle.hostType == first, handle.isOwned == isOwned,
                let found = handle.representation, representation == .u32(found)
            else {
                throw Mistake(description: "a resource1 with the representation \(representation) is expected")
            }
        }

        /// Makes a handle that the guest will own.
        func make(_ representation: Value) throws -> Value {
            guard case .u32(let representation) = representation, let first else {
                throw Mistake(description: "resource1 is not imported")
            }
            return .resource(ResourceHandle(first, representation: representation))
        }
    }

    private static let rootFunctions: [String: Function] = [
        "host-return-two": Function(result: .u32) { _, _, _ in .u32(2) },
        "host-echo-u32": Function([.u32], result: .u32) { _, _, arguments in arguments[0] },
    ]

    private static let hostFunctions: [String: Function] = {
        let own = ValueType.own(ResourceType(interface: "host", name: "resource1"))
        let borrow = ValueType.borrow(ResourceType(interface: "host", name: "resource1"))
        return [
            "return-three": Function(result: .u32) { _, _, _ in .u32(3) },
            "return-hi": Function(result: .string) { _, _, _ in .string("hi") },
            "return-two-slowly": Function(result: .s32) { _, _, _ in .s32(2) },
            "echo-slowly": Function([.u32], result: .u32) { _, _, arguments in arguments[0] },
            "[constructor]resource1": Function([.u32], result: own) { _, resources, arguments in
                try resources.make(arguments[0])
            },
            "[static]resource1.assert": Function([own, .u32]) { _, resources, arguments in
                try resources.require(arguments[0], arguments[1], isOwned: true)
                return nil
            },
            "[static]resource1.last-drop": Function(result: .u32) { host, _, _ in
                .u32(host.drops.withLock { $0.last })
            },
            "[static]resource1.drops": Function(result: .u32) { host, _, _ in .u32(host.drops.withLock { $0.count }) },
            "[method]resource1.simple": Function([borrow, .u32]) { _, resources, arguments in
                try resources.require(arguments[0], arguments[1], isOwned: false)
                return nil
            },
            "[method]resource1.take-borrow": Function([borrow, borrow]) { _, _, _ in nil },
            "[method]resource1.take-own": Function([borrow, own]) { _, _, _ in nil },
        ]
    }()
}
