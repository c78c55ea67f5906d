import WITModel

extension HostGenerator {
    /// What the host implements for an imported interface.
    func hostProtocol(_ interface: BindingsInterface) -> Declaration {
        let what = interface.externName.map { "the interface `\($0)`" } ?? "the world's own imports"
        return .type(
            TypeDeclaration(
                docs: ["What a host gives to components that import \(what)."],
                head: "\(access)nonisolated protocol \(interface.namespace)Imports: Swift.Sendable",
                members: interface.functions.map(requirement)
            )
        )
    }

    /// What the host implements for one function.
    func requirement(_ function: BindingsFunction) -> Declaration {
        .function(
            FunctionDeclaration(
                docs: function.docs,
                head: (function.isAsync ? "nonisolated(nonsending) " : "")
                    + "func \(SwiftName.escaped(function.name))",
                parameters: function.parameters.map { "\(SwiftName.escaped($0.name)): \(writer.swift($0.type))" },
                effects: effects(function)
            )
        )
    }

    /// Effects and result of a function that the host implements: a `result` is returned or thrown.
    private func effects(_ function: BindingsFunction) -> String {
        let prefix = function.isAsync ? "async" : ""
        guard let result = function.result else { return prefix }
        var parts = prefix.isEmpty ? [] : [prefix]
        if case .result(let ok, let error) = result.resolved {
            parts.append("throws(\(writer.error(error)))")
            if let ok { parts.append("-> \(writer.swift(ok))") }
        } else {
            parts.append("-> \(writer.swift(result))")
        }
        return parts.joined(separator: " ")
    }

    /// The extension that defines an imported interface in a linker.
    mutating func definition(_ interface: BindingsInterface) -> Declaration {
        var functions = defineResources(interface, on: "functions")
        for function in interface.allFunctions {
            functions += define(
                function,
                "\(interface.namespace).Functions.\(SwiftName.member(function.requirement))",
                on: "functions"
            )
        }
        let body: [Statement] = [
            .closure(
                "try linker.instance(\(interface.namespace).interfaceName)",
                "(functions) throws(\(Self.error)) in",
                functions,
                "}"
            )
        ]
        let function = FunctionDeclaration(
            docs: [
                "Defines the interface in a linker. The host is the data of the store that calls; one of another type is",
                "an error of that call.",
            ],
            head: "\(access)static func define<HostObject>",
            parameters: ["in linker: inout \(Self.module).Linker", "host: HostObject.Type"],
            effects: "throws(\(Self.error))",
            constraints: [
                "HostObject: Swift.AnyObject",
                "HostObject: \(interface.functions.isEmpty ? "Swift.Sendable" : "\(interface.namespace)Imports")",
            ],
            body: body
        )
        return .type(
            TypeDeclaration(head: "nonisolated extension \(interface.namespace)", members: [.function(function)])
        )
    }

    /// The statements that define one function.
    mutating func define(_ function: BindingsFunction, _ requirement: String, on target: String) -> [Statement] {
        var body: [Statement] = []
        var arguments: [String] = []
        let callee: String
        var first = 0
        if let receiver = function.receiver {
            callee = "receiver"
            first = 1
            body.append("let receiver = try arguments.argument(0, \(codec.lift(receiver)))")
        } else {
            callee = "host"
            body.append("let host = try call.host(as: HostObject.self)")
        }
        for (index, parameter) in function.parameters.enumerated() {
            body.append(
                "let argument\(index) = try arguments.argument(\(index + first), \(codec.lift(parameter.type)))"
            )
            arguments.append("\(SwiftName.label(parameter.name)): argument\(index)")
        }
        let call = HostInvocation(function: "\(callee).\(SwiftName.member(function.name))", arguments: arguments)
        let define = function.isAsync ? "defineTypedAsync" : "defineTyped"
        let caller = function.receiver == nil ? "call" : "_"
        let names = "\(caller), arguments" + (function.isAsync ? "" : ", \(function.result == nil ? "_" : "result")")
        if function.isAsync {
            body.append(.block("return \(Self.module).PendingHostCall {", pending(function, call), "}"))
        } else {
            body += immediate(function, call)
        }
        return [.closure("try \(target).\(define)(\(requirement))", "(\(names)) throws(\(Self.error)) in", body, "}")]
    }

    private mutating func immediate(_ function: BindingsFunction, _ call: HostInvocation) -> [Statement] {
        guard let result = function.result else { return [call.statement("")] }
        guard case .result(let ok, let error) = result.resolved else {
            return [call.statement("let value = "), "\(codec.lower(result))(value, &result)"]
        }
        let success: [Statement] =
            ok.map { ok in
                [call.statement("let ok = try "), .line("result.ok { \(codec.lower(ok))(ok, &$0) }")]
            } ?? [call.statement("try "), "result.ok()"]
        return [
            .chain(
                [("do throws(\(writer.error(error))) {", success), ("} catch {", [.line(failing(error))])],
                "}"
            )
        ]
    }

    private mutating func failing(_ error: BindingsType?) -> String {
        guard let error else { return "result.error()" }
        let value = writer.isWrapped(error) ? "error.payload" : "error"
        return "result.error { \(codec.lower(error))(\(value), &$0) }"
    }

    private mutating func pending(_ function: BindingsFunction, _ call: HostInvocation) -> [Statement] {
        guard let result = function.result else {
            return [call.statement("await "), "return { _ in }"]
        }
        guard case .result(let ok, let error) = result.resolved else {
            return [
                call.statement("let value = await "),
                Self.completion("\(codec.lower(result))(value, &result)"),
            ]
        }
        let success: [Statement] =
            ok.map { ok in
                [
                    call.statement("let ok = try await "),
                    Self.completion("result.ok { \(codec.lower(ok))(ok, &$0) }"),
                ]
            } ?? [call.statement("try await "), Self.completion("result.ok()")]
        let failure = [Self.completion(failing(error))]
        return [.chain([("do throws(\(writer.error(error))) {", success), ("} catch {", failure)], "}")]
    }

    /// The closure that writes the result of a pending call.
    private static func completion(_ write: String) -> Statement {
        .closure("return", "(result) throws(\(error)) in", [.line(write)], "}")
    }
}

/// A call of the host, on one line or on several.
private struct HostInvocation {
    let function: String
    let arguments: [String]

    /// The call behind what its result is for.
    func statement(_ prefix: String) -> Statement {
        let line = "\(prefix)\(function)(\(arguments.joined(separator: ", ")))"
        return line.count <= 88 ? .line(line) : .block("\(prefix)\(function)(", Statement.arguments(arguments), ")")
    }
}
