import WITModel

extension HostCodec {
    /// The function that writes a value of one type.
    mutating func lowering(_ type: BindingsType, _ name: String) -> Declaration {
        .function(
            FunctionDeclaration(
                head: "static func \(SwiftName.escaped(name))",
                parameters: [
                    "_ value: \(writer.swift(type))",
                    "_ writer: inout \(TypeWriter.module).ValueWriter",
                ],
                body: lowerBody(type)
            )
        )
    }

    private mutating func lowerBody(_ type: BindingsType) -> [Statement] {
        switch type {
        case .primitive(_, let wit): return ["writer.\(wit)(value)"]
        case .bytes: return ["writer.bytes(value)"]
        case .list(let element): return ["writer.list(value, \(lower(element)))"]
        case .option(let some): return ["writer.option(value, \(lower(some)))"]
        case .tuple(let elements):
            var lines: [Statement] = []
            for (index, element) in elements.enumerated() {
                let part = elements.count == 1 ? "value" : "value.\(index)"
                lines.append("elements.next { \(lower(element))(\(part), &$0) }")
            }
            return [.block("writer.tuple(\(elements.count)) { elements in", lines, "}")]
        case .result(let ok, let error): return lowerResult(ok, error)
        case .named(let id): return types[id].map { lowerNamed($0) } ?? []
        case .map(let key, let value): return ["writer.map(value, \(lower(key)), \(lower(value)))"]
        case .own(let id):
            guard writer.isGuests(id) else { return ["writer.hostResource(value, \(writer.resourceType(id)))"] }
            return handle("try value.take().owner.take()")
        case .borrow(let id):
            guard writer.isGuests(id) else { return ["writer.lentHostResource(value, \(writer.resourceType(id)))"] }
            return handle("try value.with { $0.owner.handle }")
        case .alias(_, let target): return lowerBody(target)
        }
    }

    private func handle(_ expression: String) -> [Statement] {
        ["writer.resource { () throws(\(TypeWriter.module).WasmError) in \(expression) }"]
    }

    private mutating func lowerResult(_ ok: BindingsType?, _ error: BindingsType?) -> [Statement] {
        var lines: [Statement] = []
        if let ok {
            lines.append("case .success(let ok): writer.ok { \(lower(ok))(ok, &$0) }")
        } else {
            lines.append("case .success: writer.ok()")
        }
        if let error {
            let value = writer.isWrapped(error) ? "error.payload" : "error"
            lines.append("case .failure(let error): writer.error { \(lower(error))(\(value), &$0) }")
        } else {
            lines.append("case .failure: writer.error()")
        }
        return ["switch value {"] + lines + ["}"]
    }

    private mutating func lowerNamed(_ definition: BindingsTypeDefinition) -> [Statement] {
        switch definition.kind {
        case .record(let fields):
            var lines: [Statement] = []
            for field in fields {
                let value = "value.\(SwiftName.member(field.name))"
                lines.append("fields.field(\"\(field.field.name)\") { \(lower(field.type))(\(value), &$0) }")
            }
            return [.block("writer.record(\(fields.count)) { fields in", lines, "}")]
        case .variant(let cases):
            var lines: [Statement] = ["switch value {"]
            for item in cases {
                let member = SwiftName.member(item.name)
                if let payload = item.payload {
                    let body = "writer.variant(\"\(item.item.name)\") { \(lower(payload))(payload, &$0) }"
                    lines.append("case .\(member)(let payload): \(body)")
                } else {
                    lines.append("case .\(member): writer.variant(\"\(item.item.name)\")")
                }
            }
            return lines + ["}"]
        case .enumeration(let cases):
            let lines = cases.map { item in
                Statement.line("case .\(SwiftName.member(item.name)): writer.enumeration(\"\(item.item.name)\")")
            }
            return ["switch value {"] + lines + ["}"]
        case .flags(let cases):
            let lines = cases.map { item in
                Statement.line(
                    "if value.contains(.\(SwiftName.member(item.name))) { names.append(\"\(item.item.name)\") }"
                )
            }
            return ["var names: [Swift.StaticString] = []"] + lines + ["writer.flags(names)"]
        case .alias(let target): return lowerBody(target)
        case .resource: return []
        }
    }
}
