import WITModel

/// Writes the functions of an interface, or a world's own: what both directions share.
struct GuestFunctions {
    let names: GuestNames
    let interface: BindingsInterface

    /// What a function throws, and what it returns besides.
    struct Outcome {
        /// The error type in Swift; nil where nothing is thrown.
        var error: String?
        var value: BindingsType?
    }

    func outcome(_ function: BindingsFunction) -> Outcome {
        guard let result = function.result else { return Outcome() }
        if case .result(let ok, let error) = result.resolved { return Outcome(error: names.error(error), value: ok) }
        return Outcome(value: result)
    }

    private func effects(_ function: BindingsFunction) -> String {
        let outcome = outcome(function)
        let error = outcome.error.map { "throws(\($0))" }
        let value = outcome.value.map { "-> \(names.swift($0, .direct))" }
        return [error, value].compactMap { $0 }.joined(separator: " ")
    }

    /// The type of the result, as the annotation of a variable.
    func resultType(_ function: BindingsFunction) -> String {
        guard let result = function.result else { return "Swift.Void" }
        // An alias of a `result` would hide the type whose `get` is called.
        if case .result = result.resolved { return names.swift(result.resolved, .direct) }
        return names.swift(result, .direct)
    }

    /// A function in Swift.
    ///
    /// - Parameters:
    ///   - function: The function.
    ///   - prefix: What stands before `func`.
    ///   - name: The name, not escaped; that of the model where it is nil.
    ///   - locals: What the parameters are called inside; nil where there is no inside.
    ///   - body: The body.
    /// - Returns: The declaration.
    func declaration(
        _ function: BindingsFunction,
        _ prefix: String,
        name: String? = nil,
        locals: [String]? = nil,
        body: [Statement]? = nil
    ) -> Declaration {
        let labels = function.parameters.map { SwiftName.escaped($0.name) }
        let parameters = labels.indices.map { index in
            let local = locals?[index] ?? labels[index]
            let label = local == labels[index] ? local : "\(labels[index]) \(local)"
            let type = function.parameters[index].type
            return "\(label): \(names.ownership(type))\(names.swift(type, .direct))"
        }
        return .function(
            FunctionDeclaration(
                docs: function.docs,
                head: "\(prefix)func \(SwiftName.escaped(name ?? function.name))",
                parameters: parameters,
                effects: effects(function),
                body: body
            )
        )
    }

    /// The name of a core function, which no other of the world has.
    func symbol(_ prefix: String, _ function: BindingsFunction) -> String {
        "\(prefix)\(interface.namespace)_\(function.requirement)"
    }
}
