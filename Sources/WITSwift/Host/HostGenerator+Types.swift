import WITModel

extension HostGenerator {
    /// The named types of a namespace, without those that are Swift types already.
    mutating func types(in namespace: String) -> [Declaration] {
        var declarations: [Declaration] = []
        for id in model.typesByNamespace[namespace] ?? [] {
            guard let type = model.types[id], type.mapping == nil else { continue }
            declarations.append(declaration(type))
        }
        return declarations
    }

    private mutating func declaration(_ type: BindingsTypeDefinition) -> Declaration {
        let name = SwiftName.escaped(type.name)
        switch type.kind {
        case .resource(.imported): return hostResource(type)
        case .resource(.exported): return guestResource(type)
        case .alias(.own(let id)):
            return .line(docs: type.docs, "\(access)typealias \(name) = \(writer.name(id))")
        case .alias(let target):
            return .line(docs: type.docs, "\(access)typealias \(name) = \(writer.swift(target))")
        case .record(let fields):
            return record(type, fields.map { ($0.name, $0.type, $0.field.docs) })
        case .variant(let cases):
            let members = cases.map { item in
                let payload = item.payload.map { "(\(writer.swift($0)))" } ?? ""
                return Declaration.line(docs: item.item.docs, "case \(SwiftName.escaped(item.name))\(payload)")
            }
            return .type(TypeDeclaration(docs: type.docs, head: head("enum", name, type), members: members))
        case .enumeration(let cases):
            let members = cases.map { item in
                Declaration.line(docs: item.item.docs, "case \(SwiftName.escaped(item.name))")
            }
            return .type(
                TypeDeclaration(
                    docs: type.docs,
                    head: head("enum", name, type) + ", Swift.CaseIterable",
                    members: members
                )
            )
        case .flags(let cases):
            return flags(type, cases.map { ($0.name, $0.item.docs) })
        }
    }

    private func head(_ word: String, _ name: String, _ type: BindingsTypeDefinition) -> String {
        var conformances = ["Swift.Sendable"]
        if writer.isHashable(type) { conformances.insert("Swift.Hashable", at: 0) }
        if type.isError { conformances.insert("Swift.Error", at: 0) }
        return "\(access)nonisolated \(word) \(name): \(conformances.joined(separator: ", "))"
    }

    private func record(
        _ type: BindingsTypeDefinition,
        _ fields: [(name: String, type: BindingsType, docs: [String])]
    ) -> Declaration {
        let properties = fields.map { field in
            Declaration.property(
                PropertyDeclaration(
                    docs: field.docs,
                    head: "\(access)var \(SwiftName.escaped(field.name)): \(writer.swift(field.type))"
                )
            )
        }
        var locals = NameScope(taken: ["self"])
        let names = fields.map { locals.take($0.name) }
        let initializer = FunctionDeclaration(
            docs: ["Makes a value of its fields."],
            head: "\(access)init",
            parameters: zip(fields, names).map { field, name in
                let label = field.name == name ? SwiftName.escaped(name) : "\(field.name) \(name)"
                return "\(label): \(writer.swift(field.type))"
            },
            body: zip(fields, names).map { field, name in
                "self.\(SwiftName.member(field.name)) = \(SwiftName.escaped(name))"
            }
        )
        return .type(
            TypeDeclaration(
                docs: type.docs,
                head: head("struct", SwiftName.escaped(type.name), type),
                members: properties + [.function(initializer)]
            )
        )
    }

    private func flags(_ type: BindingsTypeDefinition, _ flags: [(name: String, docs: [String])]) -> Declaration {
        let name = SwiftName.escaped(type.name)
        var members: [Declaration] = [
            .property(
                PropertyDeclaration(
                    docs: ["One bit for each flag, in order."],
                    head: "\(access)let rawValue: Swift.UInt32"
                )
            ),
            .function(
                FunctionDeclaration(
                    docs: ["Makes a set of its bits."],
                    head: "\(access)init",
                    parameters: ["rawValue: Swift.UInt32"],
                    body: ["self.rawValue = rawValue"]
                )
            ),
        ]
        for (index, flag) in flags.enumerated() {
            members.append(
                .property(
                    PropertyDeclaration(
                        docs: flag.docs,
                        head: "\(access)static let \(SwiftName.escaped(flag.name))",
                        value: ["\(type.qualified)(rawValue: 1 << \(index))"]
                    )
                )
            )
        }
        let errors = type.isError ? "Swift.Error, " : ""
        return .type(
            TypeDeclaration(
                docs: type.docs,
                head: "\(access)nonisolated struct \(name): \(errors)Swift.Hashable, Swift.OptionSet, Swift.Sendable",
                members: members
            )
        )
    }
}
