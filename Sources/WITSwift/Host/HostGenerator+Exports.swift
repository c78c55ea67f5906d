import WITModel

extension HostGenerator {
    /// The exports of one interface: bound once for each instance, then called.
    mutating func exports(_ interface: BindingsInterface) -> Declaration {
        let name = "\(interface.namespace)Exports"
        let calls = callables(interface, "\(interface.namespace).Functions")
        let initializer = FunctionDeclaration(
            docs: Self.bindingDocs("functions"),
            head: "\(access)init",
            parameters: ["store: borrowing \(Self.module).Store", "instance: \(Self.module).Instance"],
            effects: "throws(\(Self.error))",
            body: calls.bindings
        )
        return .type(
            TypeDeclaration(
                docs: ["The functions of `\(interface.externName ?? "")` that an instance exports."],
                head: "\(access)nonisolated struct \(name): Swift.Sendable",
                members: calls.properties + [.function(initializer)] + calls.methods
            )
        )
    }

    static func bindingDocs(_ what: String) -> [String] {
        [
            "Looks the \(what) up and compares their types with the expected ones, once.",
            "",
            "- Parameters:",
            "  - store: The store of the instance.",
            "  - instance: The instance.",
            "- Throws: What is missing, or of another type.",
        ]
    }

    /// Properties that hold functions, the statements that look them up, and the methods that call them.
    mutating func callables(
        _ interface: BindingsInterface,
        _ requirements: String,
        taken: Set<String> = []
    ) -> (properties: [Declaration], bindings: [Statement], methods: [Declaration]) {
        var groups: [ResourceMethods.Group] = []
        for group in interface.functions.compactMap({ codec.methods.group(in: $0.result) }) {
            if !groups.contains(where: { $0.name == group.name }) { groups.append(group) }
        }
        var scope = NameScope(taken: taken.union(interface.functions.map(\.name)).union(groups.map(\.variable)))
        var properties: [Declaration] = []
        var bindings: [Statement] = []
        var methods: [Declaration] = []
        for function in interface.functions {
            let property = scope.take(function.name + "Function")
            properties.append(
                .property(PropertyDeclaration(head: "private let \(property): \(Self.module).TypedFunc"))
            )
            let requirement = "\(requirements).\(SwiftName.member(function.requirement))"
            bindings.append("\(property) = try store.typedFunction(instance, \(requirement))")
            methods += calls(of: function) { _ in property }
        }
        for group in groups {
            properties.append(
                .property(PropertyDeclaration(head: "private let \(group.variable): \(group.qualified)"))
            )
            bindings.append("\(group.variable) = try \(group.qualified)(store, instance)")
        }
        return (properties, bindings, methods)
    }

    /// The methods that call one function, as the configuration wants them.
    mutating func calls(of function: BindingsFunction, _ property: (BindingsFunction) -> String) -> [Declaration] {
        switch function.calls {
        case .async: [call(function, property(function), isAsync: true)]
        case .sync: [call(function, property(function), isAsync: false)]
        case .both:
            [call(function, property(function), isAsync: true), call(function, property(function), isAsync: false)]
        }
    }

    private mutating func call(_ function: BindingsFunction, _ property: String, isAsync: Bool) -> Declaration {
        let group = codec.methods.group(in: function.result)
        var locals = NameScope(taken: ["arguments", "reader", "result", "self", "store"])
        if let group { _ = locals.take(group.variable) }
        var parameters = ["_ store: borrowing \(Self.module).Store"]
        var handles: [Statement] = []
        var arguments: [Statement] = []
        if function.receiver != nil {
            let handle = locals.take("handle")
            handles.append("let \(handle) = self.owner.handle")
            arguments.append("arguments.next { $0.resource(\(handle)) }")
        }
        for parameter in function.parameters {
            let local = SwiftName.escaped(locals.take(parameter.name))
            let label = SwiftName.escaped(parameter.name)
            let name = local == label ? label : "\(label) \(local)"
            switch parameter.type.resolved {
            case .own(let id) where writer.isGuests(id):
                let handle = locals.take(parameter.name + "Handle")
                parameters.append("\(name): consuming \(writer.name(id))")
                handles.append("let \(handle) = \(local).owner.take()")
                arguments.append("arguments.next { $0.resource(\(handle)) }")
            case .borrow(let id) where writer.isGuests(id):
                let handle = locals.take(parameter.name + "Handle")
                parameters.append("\(name): borrowing \(writer.name(id))")
                handles.append("let \(handle) = \(local).owner.handle")
                arguments.append("arguments.next { $0.resource(\(handle)) }")
            default:
                parameters.append("\(name): \(writer.swift(parameter.type))")
                arguments.append("arguments.next { \(codec.lower(parameter.type))(\(local), &$0) }")
            }
        }
        var call: [Statement] = ["self.\(property),"]
        if arguments.isEmpty {
            call.append("arguments: { _ in },")
        } else {
            call.append(.block("arguments: { arguments in", arguments, "},"))
        }
        // What a method of a resource returns has the methods that the resource has itself.
        let methods = function.receiver == nil ? "\(group?.variable ?? "")." : "self.methods."
        call.append("result: \(function.result.map { codec.lift($0, methods: methods) } ?? "{ _ in }")")
        let method = isAsync ? "try await store.callAsync(" : "try store.call("
        let effects = "\(isAsync ? "async " : "")throws(\(Self.error))"
        let unboxed = unboxing(function.result)
        let use = !unboxed.isEmpty ? "let result = " : handles.isEmpty || function.result == nil ? "" : "return "
        return .function(
            FunctionDeclaration(
                docs: function.docs,
                head: "\(access)\(isAsync ? "nonisolated(nonsending) " : "")func \(SwiftName.escaped(function.name))",
                parameters: parameters,
                effects: effects + (function.result.map { " -> \(resultType($0))" } ?? ""),
                body: handles + [.block(use + method, call, ")")] + unboxed
            )
        )
    }

    /// How a result is written: a resource of the guest's that is the result, or its value, stands there itself.
    private func resultType(_ type: BindingsType) -> String {
        if let id = writer.ownedByGuest(type) { return writer.name(id) }
        switch type.resolved {
        case .option(let some):
            if let id = writer.ownedByGuest(some) { return "\(writer.name(id))?" }
        case .result(let ok, let error):
            if let id = writer.ownedByGuest(ok) { return "Swift.Result<\(writer.name(id)), \(writer.error(error))>" }
        default: break
        }
        return writer.swift(type)
    }

    /// The statements that take such a resource out of its box.
    private func unboxing(_ type: BindingsType?) -> [Statement] {
        guard let type else { return [] }
        if writer.ownedByGuest(type) != nil { return ["return try result.take()"] }
        switch type.resolved {
        case .option(let some) where writer.ownedByGuest(some) != nil: return ["return try result?.take()"]
        case .result(let ok, _) where writer.ownedByGuest(ok) != nil:
            return [
                "switch result {",
                "case .success(let box): return .success(try box.take())",
                "case .failure(let error): return .failure(error)",
                "}",
            ]
        default: return []
        }
    }
}
