import WITModel

extension GuestFunctions {
    /// The core function that the host supplies.
    func importDeclaration(_ function: BindingsFunction, _ codec: GuestCodec) -> Declaration {
        let shape = CoreSignature(importing: function, codec.layout)
        let module = interface.externName ?? "$root"
        return .function(
            FunctionDeclaration(
                attributes: [
                    "@_extern(wasm, module: \"\(module)\", name: \"\(function.function.externName)\")",
                    "@_extern(c)",
                ],
                head: "private func \(symbol("import", function))",
                parameters: shape.parameters.map { "_: \($0.swift)" },
                effects: shape.result.map { "-> \($0.swift)" } ?? ""
            )
        )
    }

    /// The function that a guest calls: of a namespace, or of a resource.
    ///
    /// - Parameters:
    ///   - function: The function.
    ///   - prefix: What stands before `func`.
    ///   - codec: What writes lifting and lowering.
    /// - Returns: The declaration.
    func importFunction(_ function: BindingsFunction, _ prefix: String, _ codec: inout GuestCodec) -> Declaration {
        let locals = codec.beginFunction(function.parameters.map(\.name))
        let values = (function.receiver == nil ? [] : ["self"]) + locals
        let types = function.arguments
        let shape = CoreSignature(importing: function, codec.layout)
        var body: [Statement] = []
        var arguments: [String]
        if shape.spillsParameters {
            let size = codec.layout.sequence(types).extent.size
            body.append("let parameters = arena.allocate(\(size))")
            body += codec.writeSequence(types, values, "parameters", 0, .direct)
            arguments = ["CanonicalABI.flat(parameters)"]
        } else {
            let lowered = codec.lowerSequence(types, values, .direct)
            body += lowered.statements
            arguments = lowered.values.map(\.expression)
        }
        if shape.returnsThroughMemory, let result = function.result {
            body.append("let area = arena.allocate(\(codec.layout.extent(result).size))")
            arguments.append("CanonicalABI.flat(area)")
        }
        let needsArena = codec.usesArena || shape.spillsParameters || shape.returnsThroughMemory
        if needsArena { body.insert("var arena = LoweringArena()", at: 0) }
        var end: [Statement] = needsArena ? ["arena.free()"] : []
        for (type, value) in zip(types, values) where names.holdsLentBox(type) {
            end.append("Swift.withExtendedLifetime(\(value)) {}")
        }
        body += finish(function, shape, arguments, end, &codec)
        return declaration(function, prefix, locals: locals, body: body)
    }

    /// Calls the host, lifts what it answers and ends what was made for the call.
    private func finish(
        _ function: BindingsFunction,
        _ shape: CoreSignature,
        _ arguments: [String],
        _ end: [Statement],
        _ codec: inout GuestCodec
    ) -> [Statement] {
        let name = symbol("import", function)
        guard let result = function.result else { return [.calling(name, arguments)] + end }
        var body: [Statement]
        let lifted: String
        if let core = shape.result {
            let flat = codec.temporary("flat")
            body = [.calling("let \(flat) = \(name)", arguments)]
            lifted = codec.lift(result, [FlatValue(expression: flat, type: core)], .direct)
        } else {
            body = [.calling(name, arguments)]
            // Without a place in memory and without a flat value, there is nothing in the value to be read.
            lifted = shape.returnsThroughMemory ? codec.read(result, "area", 0, .direct) : codec.lift(result, [])
        }
        body += Statement.wrapping("let result: \(resultType(function)) =", lifted)
        return body + end + [outcome(function).error != nil ? "return try result.get()" : "return result"]
    }
}
