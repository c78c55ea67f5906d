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
        var scope = NameScope(taken: taken.union(interface.functions.map(\.name)))
        var properties: [Declaration] = []
        var bindings: [Statement] = []
        var methods: [Declaration] = []
        for function in interface.functions {
            let property = scope.take(function.name + "Function")
            properties.append(
                .property(PropertyDeclaration(head: "private let \(property): \(Self.module).TypedFunc"))
            )
            bindings.append(
                "\(property) = try store.typedFunction(instance, \(requirements).\(SwiftName.member(function.name)))"
            )
            switch model.configuration.exports {
            case .async: methods.append(call(function, property, isAsync: true))
            case .sync: methods.append(call(function, property, isAsync: false))
            case .both:
                methods.append(call(function, property, isAsync: true))
                methods.append(call(function, property, isAsync: false))
            }
        }
        return (properties, bindings, methods)
    }

    private mutating func call(_ function: BindingsFunction, _ property: String, isAsync: Bool) -> Declaration {
        var locals = NameScope(taken: ["arguments", "self", "store"])
        var parameters = ["_ store: borrowing \(Self.module).Store"]
        var arguments: [Statement] = []
        for parameter in function.parameters {
            let local = locals.take(parameter.name)
            let label = SwiftName.escaped(parameter.name)
            let name = local == parameter.name ? label : "\(label) \(SwiftName.escaped(local))"
            parameters.append("\(name): \(writer.swift(parameter.type))")
            arguments.append("arguments.next { \(codec.lower(parameter.type))(\(SwiftName.escaped(local)), &$0) }")
        }
        var call: [Statement] = ["self.\(property),"]
        if arguments.isEmpty {
            call.append("arguments: { _ in },")
        } else {
            call.append(.block("arguments: { arguments in", arguments, "},"))
        }
        call.append("result: \(function.result.map { codec.lift($0) } ?? "{ _ in }")")
        let method = isAsync ? "try await store.callAsync(" : "try store.call("
        let effects = "\(isAsync ? "async " : "")throws(\(Self.error))"
        return .function(
            FunctionDeclaration(
                docs: function.docs,
                head: "\(access)\(isAsync ? "nonisolated(nonsending) " : "")func \(SwiftName.escaped(function.name))",
                parameters: parameters,
                effects: effects + (function.result.map { " -> \(writer.swift($0))" } ?? ""),
                body: [.block(method, call, ")")]
            )
        )
    }
}
