import WITModel

extension GuestFunctions {
    /// The requirement of the protocol that a guest conforms to.
    func requirement(_ function: BindingsFunction) -> Declaration {
        declaration(function, "mutating ", name: names.exported(function, of: interface))
    }

    /// The functions that the host calls: the export itself, and the one that frees its result.
    func exportFunctions(_ function: BindingsFunction, _ codec: inout GuestCodec) -> [Declaration] {
        codec.beginFunction()
        let shape = CoreSignature(exporting: function, codec.layout)
        let export = (interface.externName.map { "\($0)#" } ?? "") + function.function.externName
        var body: [Statement] = []
        let flat = shape.parameters.map { FlatValue(expression: codec.temporary("flat"), type: $0) }
        let lifted: [String]
        if shape.spillsParameters {
            body.append("let base = CanonicalABI.pointer(\(flat[0].expression))")
            lifted = codec.readSequence(function.arguments, "base", 0, .direct)
        } else {
            lifted = codec.liftSequence(function.arguments, flat, .direct)
        }
        var locals: [String] = []
        for (type, value) in zip(function.arguments, lifted) {
            locals.append(codec.temporary("argument"))
            body += Statement.wrapping("let \(locals[locals.count - 1]): \(names.swift(type, .direct)) =", value)
        }
        if shape.spillsParameters { body.append("CanonicalABI.free(\(flat[0].expression))") }
        body += answer(function, shape, locals, &codec)
        let main = exported(export, symbol("export", function), flat, shape.result, body)
        guard shape.returnsThroughMemory else { return [main] }
        let area = FlatValue(expression: "area", type: .i32)
        let post = "cabi_post_\(export)"
        return [main, exported(post, symbol("free", function), [area], nil, ["LoweringArena.free(from: area)"])]
    }

    /// Calls the guest and lowers what it answers.
    private func answer(
        _ function: BindingsFunction,
        _ shape: CoreSignature,
        _ locals: [String],
        _ codec: inout GuestCodec
    ) -> [Statement] {
        let receiver = function.receiver == nil ? "guest" : locals[0]
        let call = "\(receiver).\(SwiftName.member(names.exported(function, of: interface)))"
        let arguments = zip(function.parameters, locals.suffix(function.parameters.count)).map {
            "\(SwiftName.label($0.name)): \($1)"
        }
        guard let result = function.result else { return [.calling(call, arguments)] }
        var body: [Statement] = []
        if let error = outcome(function).error {
            let isVoid = outcome(function).value == nil
            let attempt: [Statement] =
                isVoid
                ? [.calling("try \(call)", arguments), "result = .success(())"]
                : [.calling("let value = try \(call)", arguments), "result = .success(value)"]
            body.append("let result: \(resultType(function))")
            let failure: [Statement] = ["result = .failure(error)"]
            body.append(.chain([("do throws(\(error)) {", attempt), ("} catch {", failure)], "}"))
        } else {
            body += [.calling("let result = \(call)", arguments)]
        }
        if shape.returnsThroughMemory {
            body.append("var arena = LoweringArena()")
            body.append("let area = arena.allocate(\(codec.layout.extent(result).size))")
            body += codec.write(result, "result", "area", 0, .direct)
            body.append("return CanonicalABI.flat(area)")
        } else {
            let lowered = codec.lower(result, "result", .direct)
            // Nothing is allocated for one flat value.
            if codec.usesArena { body.append("var arena = LoweringArena()") }
            body += lowered.statements
            if let value = lowered.values.first { body.append("return \(value.expression)") }
        }
        return body
    }

    private func exported(
        _ export: String,
        _ symbol: String,
        _ parameters: [FlatValue],
        _ result: CoreType?,
        _ body: [Statement]
    ) -> Declaration {
        .function(
            FunctionDeclaration(
                attributes: ["@_expose(wasm, \"\(export)\")", "@_cdecl(\"\(symbol)\")"],
                head: "func \(symbol)",
                parameters: parameters.map { "_ \($0.expression): \($0.type.swift)" },
                effects: result.map { "-> \($0.swift)" } ?? "",
                body: body
            )
        )
    }
}
