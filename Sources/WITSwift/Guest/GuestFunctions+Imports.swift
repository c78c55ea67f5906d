import WITModel

extension GuestFunctions {
    /// The core function that the host supplies.
    func importDeclaration(_ function: BindingsFunction, _ codec: GuestCodec) -> Declaration {
        let shape = CoreSignature(importing: function.function, codec.layout)
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

    /// The static function that a guest calls.
    func importFunction(_ function: BindingsFunction, _ codec: inout GuestCodec) -> Declaration {
        let values = codec.beginFunction(function.parameters.map(\.name))
        let shape = CoreSignature(importing: function.function, codec.layout)
        var body: [Statement] = []
        var arguments: [String]
        if shape.spillsParameters {
            let size = codec.layout.sequence(types(function)).extent.size
            body.append("let parameters = arena.allocate(\(size))")
            body += codec.writeSequence(types(function), values, "parameters")
            arguments = ["CanonicalABI.flat(parameters)"]
        } else {
            let lowered = codec.lowerSequence(types(function), values)
            body += lowered.statements
            arguments = lowered.values.map(\.expression)
        }
        if shape.returnsThroughMemory, let result = function.function.result {
            body.append("let area = arena.allocate(\(codec.layout.extent(result).size))")
            arguments.append("CanonicalABI.flat(area)")
        }
        let needsArena = codec.usesArena || shape.spillsParameters || shape.returnsThroughMemory
        if needsArena { body.insert("var arena = LoweringArena()", at: 0) }
        body += finish(function, shape, arguments, needsArena, &codec)
        return declaration(function, "static ", locals: values, body: body)
    }

    /// Calls the host, lifts what it answers and frees what was lowered for it.
    private func finish(
        _ function: BindingsFunction,
        _ shape: CoreSignature,
        _ arguments: [String],
        _ needsArena: Bool,
        _ codec: inout GuestCodec
    ) -> [Statement] {
        let free: [Statement] = needsArena ? ["arena.free()"] : []
        let name = symbol("import", function)
        guard let result = function.function.result else { return [.calling(name, arguments)] + free }
        var body: [Statement]
        let lifted: String
        if let core = shape.result {
            let flat = codec.temporary("flat")
            body = [.calling("let \(flat) = \(name)", arguments)]
            lifted = codec.lift(result, [FlatValue(expression: flat, type: core)])
        } else {
            body = [.calling(name, arguments)]
            // Without a place in memory and without a flat value, there is nothing in the value to be read.
            lifted = shape.returnsThroughMemory ? codec.read(result, "area", 0) : codec.lift(result, [])
        }
        body += Statement.wrapping("let result: \(resultType(function)) =", lifted)
        return body + free + [outcome(function).error != nil ? "return try result.get()" : "return result"]
    }
}
