import WITModel

/// Writes the functions of interfaces: those that a guest calls, and those that it is called through.
struct GuestFunctions {
    let resolve: Resolve
    let names: GuestNames

    // MARK: Signatures

    /// The name of a function in Swift.
    static func name(_ function: Function) -> String { SwiftName.escaped(SwiftName.value(function.name)) }

    private func parameters(_ function: Function) -> [String] {
        function.parameters.map { "\(SwiftName.escaped(SwiftName.value($0.name))): \(names.swift($0.type))" }
    }

    /// What the function throws, and what it returns besides.
    private func outcome(_ function: Function) -> (error: WITType?, value: WITType?) {
        guard let result = function.result else { return (nil, nil) }
        if case .result(let ok, let error) = resolve.underlying(result) { return (error, ok) }
        return (nil, result)
    }

    private func effects(_ function: Function) -> String {
        let outcome = outcome(function)
        let error = outcome.error.map { "throws(\(names.swift($0)))" }
        let value = outcome.value.map { "-> \(names.swift($0))" }
        return [error, value].compactMap { $0 }.joined(separator: " ")
    }

    /// The requirement of the protocol that a guest conforms to.
    func requirement(_ function: Function) -> Declaration {
        .function(
            FunctionDeclaration(
                docs: function.docs,
                head: "mutating func \(Self.name(function))",
                parameters: parameters(function),
                effects: effects(function)
            )
        )
    }

    // MARK: Imports

    /// A symbol that no other function of the world has.
    private func symbol(_ prefix: String, _ interface: InterfaceID, _ function: Function) -> String {
        prefix + names.namespace(interface) + SwiftName.type(function.name)
    }

    /// The core function that the host supplies.
    func importDeclaration(_ function: Function, of interface: InterfaceID, _ codec: GuestCodec) -> Declaration {
        let shape = CoreSignature(importing: function, codec.layout)
        return .function(
            FunctionDeclaration(
                attributes: [
                    "@_extern(wasm, module: \"\(resolve.qualifiedName(interface) ?? "")\", name: \"\(function.externName)\")",
                    "@_extern(c)",
                ],
                head: "private func \(symbol("import", interface, function))",
                parameters: shape.parameters.map { "_: \($0.swift)" },
                effects: shape.result.map { "-> \($0.swift)" } ?? ""
            )
        )
    }

    /// The static function that a guest calls.
    func importFunction(_ function: Function, of interface: InterfaceID, _ codec: inout GuestCodec) -> Declaration {
        codec.beginFunction()
        let shape = CoreSignature(importing: function, codec.layout)
        let types = function.parameters.map(\.type)
        let values = function.parameters.map { SwiftName.escaped(SwiftName.value($0.name)) }
        var lowering: [Statement] = []
        var arguments: [String]
        if shape.spillsParameters {
            let size = codec.layout.sequence(types).extent.size
            lowering.append("let parameters = arena.allocate(\(size))")
            lowering += codec.writeSequence(types, values, "parameters")
            arguments = ["CanonicalABI.flat(parameters)"]
        } else {
            let lowered = codec.lowerSequence(types, values)
            lowering += lowered.statements
            arguments = lowered.values.map(\.expression)
        }
        if shape.returnsThroughMemory, let result = function.result {
            lowering.append("let area = arena.allocate(\(codec.layout.extent(result).size))")
            arguments.append("CanonicalABI.flat(area)")
        }
        let needsArena = !lowering.isEmpty
        let call = "\(symbol("import", interface, function))(\(arguments.joined(separator: ", ")))"
        var body: [Statement] = needsArena ? ["var arena = LoweringArena()"] : []
        body += lowering
        body += finish(function, shape, call, needsArena, &codec)
        return .function(
            FunctionDeclaration(
                docs: function.docs,
                head: "static func \(Self.name(function))",
                parameters: parameters(function),
                effects: effects(function),
                body: body
            )
        )
    }

    private func finish(
        _ function: Function,
        _ shape: CoreSignature,
        _ call: String,
        _ needsArena: Bool,
        _ codec: inout GuestCodec
    ) -> [Statement] {
        let free: [Statement] = needsArena ? ["arena.free()"] : []
        guard let result = function.result else { return [.line(call)] + free }
        let isThrowing = outcome(function).error != nil
        var body: [Statement] = []
        let lifted: String
        if shape.returnsThroughMemory {
            body.append(.line(call))
            lifted = codec.read(result, "area", 0)
        } else if let core = shape.result {
            body.append("let flat = \(call)")
            lifted = codec.lift(result, [FlatValue(expression: "flat", type: core)])
        } else {
            // A value without any content, such as flags without names.
            body.append(.line(call))
            lifted = codec.lift(result, [])
        }
        body.append("let result: \(names.swift(resultType(result))) = \(lifted)")
        return body + free + [isThrowing ? "return try result.get()" : "return result"]
    }

    /// The type without its aliases where it is a `result`: an alias of one has no other name in Swift.
    private func resultType(_ type: WITType) -> WITType {
        if case .result = resolve.underlying(type) { resolve.underlying(type) } else { type }
    }

    // MARK: Exports

    /// The functions that the host calls: the export itself, and the one that frees its result.
    func exportFunctions(_ function: Function, of interface: InterfaceID, _ codec: inout GuestCodec) -> [Declaration] {
        codec.beginFunction()
        let shape = CoreSignature(exporting: function, codec.layout)
        let export = "\(resolve.qualifiedName(interface) ?? "")#\(function.externName)"
        let symbol = symbol("export", interface, function)
        var body: [Statement] = []
        let types = function.parameters.map(\.type)
        let lifted: [String]
        if shape.spillsParameters {
            body.append("let base = CanonicalABI.pointer(parameters)")
            lifted = codec.readSequence(types, "base")
        } else {
            let flat = shape.parameters.enumerated().map { FlatValue(expression: "f\($0)", type: $1) }
            lifted = codec.liftSequence(types, flat)
        }
        var arguments: [String] = []
        for (parameter, value) in zip(function.parameters, lifted) {
            let local = codec.temporary("argument")
            body.append("let \(local): \(names.swift(parameter.type)) = \(value)")
            arguments.append("\(SwiftName.member(SwiftName.value(parameter.name))): \(local)")
        }
        if shape.spillsParameters { body.append("CanonicalABI.free(parameters)") }
        body += answer(function, shape, "guest.\(Self.name(function))(\(arguments.joined(separator: ", ")))", &codec)
        let parameters =
            shape.spillsParameters
            ? ["_ parameters: Int32"]
            : shape.parameters.enumerated().map { "_ f\($0): \($1.swift)" }
        let main = exported(export, symbol, parameters, shape.result, body)
        guard shape.returnsThroughMemory else { return [main] }
        let post = exported(
            "cabi_post_\(export)",
            "\(symbol)Post",
            ["_ area: Int32"],
            nil,
            ["LoweringArena.free(from: area)"]
        )
        return [main, post]
    }

    /// Calls the guest and lowers what it answers.
    private func answer(
        _ function: Function,
        _ shape: CoreSignature,
        _ call: String,
        _ codec: inout GuestCodec
    ) -> [Statement] {
        guard let result = function.result else { return [.line(call)] }
        var body: [Statement] = []
        if let error = outcome(function).error {
            let success = outcome(function).value == nil ? "try \(call)" : "result = .success(try \(call))"
            var attempt: [Statement] = [.line(success)]
            if outcome(function).value == nil { attempt.append("result = .success(())") }
            body.append("let result: \(names.swift(resultType(result)))")
            body.append(.block("do throws(\(names.swift(error))) {", attempt, "} catch {"))
            body.append(.block("", ["result = .failure(error)"], "}"))
        } else {
            body.append("let result = \(call)")
        }
        if shape.returnsThroughMemory {
            body.append("var arena = LoweringArena()")
            body.append("let area = arena.allocate(\(codec.layout.extent(result).size))")
            body += codec.write(result, "result", "area", 0)
            body.append("return CanonicalABI.flat(area)")
        } else {
            let lowered = codec.lower(result, "result")
            body += lowered.statements
            if let value = lowered.values.first { body.append("return \(value.expression)") }
        }
        return body
    }

    private func exported(
        _ export: String,
        _ symbol: String,
        _ parameters: [String],
        _ result: CoreType?,
        _ body: [Statement]
    ) -> Declaration {
        .function(
            FunctionDeclaration(
                attributes: ["@_expose(wasm, \"\(export)\")", "@_cdecl(\"\(symbol)\")"],
                head: "func \(symbol)",
                parameters: parameters,
                effects: result.map { "-> \($0.swift)" } ?? "",
                body: body
            )
        )
    }
}
