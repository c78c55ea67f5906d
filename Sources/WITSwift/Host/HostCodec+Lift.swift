import WITModel

extension HostCodec {
    /// The function that makes a value of one type, and the names that it needs.
    mutating func lifting(_ type: BindingsType, _ name: String, _ word: String) -> [Declaration] {
        var declarations: [Declaration] = []
        var names: String?
        if case .named(let id) = type, let definition = types[id] {
            let cases: [String] =
                switch definition.kind {
                case .variant(let cases): cases.map(\.item.name)
                case .enumeration(let cases), .flags(let cases): cases.map(\.item.name)
                case .record, .alias, .resource: []
                }
            if !cases.isEmpty {
                let list = take("\(name)Names")
                names = word == "func" ? "Self.\(list)" : list
                declarations.append(
                    .property(
                        PropertyDeclaration(
                            head: "private static let \(list): [Swift.StaticString]",
                            value: [.block("[", Statement.elements(cases.map { "\"\($0)\"" }), "]")]
                        )
                    )
                )
            }
        }
        let function = FunctionDeclaration(
            head: "\(word) \(SwiftName.escaped(name))",
            parameters: ["_ reader: borrowing \(TypeWriter.module).ValueReader"],
            effects: "throws(\(TypeWriter.module).WasmError) -> \(writer.swift(type))",
            body: liftBody(type, names ?? "")
        )
        return declarations + [.function(function)]
    }

    private mutating func liftBody(_ type: BindingsType, _ names: String) -> [Statement] {
        switch type {
        case .primitive(_, let wit): return ["try reader.\(wit)()"]
        case .bytes: return ["try reader.bytes()"]
        case .list(let element): return ["try reader.list(\(lift(element)))"]
        case .option(let some): return ["try reader.option(\(lift(some)))"]
        case .tuple(let elements):
            if elements.count == 1 { return ["try reader.field(0, \(lift(elements[0])))"] }
            var parts: [String] = []
            for (index, element) in elements.enumerated() {
                parts.append("try reader.field(\(index), \(lift(element)))")
            }
            return [.block("(", Statement.arguments(parts), ")")]
        case .result(let ok, let error): return liftResult(ok, error)
        case .named(let id): return types[id].map { liftNamed($0, names) } ?? []
        case .map(let key, let value): return ["try reader.map(\(lift(key)), \(lift(value)))"]
        case .own(let id), .borrow(let id): return [.line(liftHandle(id))]
        case .alias(_, let target): return liftBody(target, names)
        }
    }

    private func liftHandle(_ id: TypeID) -> String {
        guard writer.isGuests(id) else {
            return "try reader.hostResource(\(writer.resourceType(id)), as: (any \(writer.name(id))).self)"
        }
        let bound = methods.group(in: .own(id)).map { _ in ", methods: self" } ?? ""
        return "\(TypeWriter.module).ResourceBox(\(writer.name(id))(owner: try reader.ownedResource()\(bound)))"
    }

    private mutating func liftResult(_ ok: BindingsType?, _ error: BindingsType?) -> [Statement] {
        let success = ok.map { "try reader.payload(\(lift($0)))" } ?? "()"
        var failure = "\(TypeWriter.module).ComponentFailure(())"
        if let error {
            let payload = "try reader.payload(\(lift(error)))"
            failure = writer.isWrapped(error) ? "\(TypeWriter.module).ComponentFailure(\(payload))" : payload
        }
        return [
            .block("if try reader.isOk() {", ["return .success(\(success))"], "}"),
            "return .failure(\(failure))",
        ]
    }

    private mutating func liftNamed(_ definition: BindingsTypeDefinition, _ names: String) -> [Statement] {
        switch definition.kind {
        case .record(let fields):
            let labels = definition.mapping?.labels ?? fields.map(\.name)
            var parts: [String] = []
            for (index, field) in fields.enumerated() {
                parts.append("\(SwiftName.label(labels[index])): try reader.field(\(index), \(lift(field.type)))")
            }
            return [.block("\(definition.qualified)(", Statement.arguments(parts), ")")]
        case .variant(let cases):
            var choices: [String] = []
            for item in cases {
                let payload = item.payload.map { "(try reader.payload(\(lift($0))))" } ?? ""
                choices.append(".\(SwiftName.member(item.name))\(payload)")
            }
            return choose(choices, names)
        case .enumeration(let cases):
            return choose(cases.map { ".\(SwiftName.member($0.name))" }, names)
        case .flags:
            return [
                "var flags: \(definition.qualified) = []",
                .block(
                    "for index in try reader.flagIndexes(in: \(names)) {",
                    ["flags.formUnion(\(definition.qualified)(rawValue: 1 << Swift.UInt32(index)))"],
                    "}"
                ),
                "return flags",
            ]
        case .alias(let target): return liftBody(target, names)
        case .resource: return []
        }
    }

    /// A switch over the index of the case's name; the reader gives no index beyond the last.
    private func choose(_ choices: [String], _ names: String) -> [Statement] {
        var lines: [Statement] = ["switch try reader.caseIndex(in: \(names)) {"]
        for (index, choice) in choices.enumerated() {
            lines.append("\(index + 1 < choices.count ? "case \(index)" : "default"): return \(choice)")
        }
        return lines + ["}"]
    }
}
