import WITModel

/// Declares the types of an interface in Swift, and the functions with which they cross the canonical ABI.
struct GuestTypes {
    let names: GuestNames
    let writer: TypeWriter

    // MARK: Declarations

    /// The declaration of a type; nil for a resource, which `GuestResources` declares.
    func declaration(_ type: BindingsTypeDefinition) -> Declaration? {
        let name = SwiftName.escaped(type.name)
        switch type.kind {
        case .record(let fields):
            let members = fields.map { item in
                Declaration.line(
                    docs: item.field.docs,
                    "var \(SwiftName.escaped(item.name)): \(names.swift(item.type))"
                )
            }
            return declaration(type, "struct \(name)", conformances(type), members)
        case .variant(let cases):
            let members = cases.map { item in
                let payload = item.payload.map { "(\(names.swift($0)))" } ?? ""
                return Declaration.line(docs: item.item.docs, "case \(SwiftName.escaped(item.name))\(payload)")
            }
            return declaration(type, "enum \(name)", conformances(type), members)
        case .enumeration(let cases):
            let members = cases.map { Declaration.line(docs: $0.item.docs, "case \(SwiftName.escaped($0.name))") }
            // A raw type makes it hashable by itself.
            let raw = [rawType(cases.count)] + conformances(type).filter { $0 != "Swift.Hashable" }
            return declaration(type, "enum \(name)", raw + ["Swift.CaseIterable"], members)
        case .flags(let flags):
            let members = flags.enumerated().map { index, flag in
                Declaration.line(
                    docs: flag.item.docs,
                    "static let \(SwiftName.escaped(flag.name)) = \(type.qualified)(rawValue: 1 << \(index))"
                )
            }
            let bits = Declaration.line(docs: ["One bit for each flag, in order."], "let rawValue: Swift.UInt32")
            return declaration(type, "struct \(name)", conformances(type) + ["Swift.OptionSet"], [bits] + members)
        case .alias(let target):
            return .line(docs: type.docs, "typealias \(name) = \(names.swift(target))")
        case .resource: return nil
        }
    }

    private func declaration(
        _ type: BindingsTypeDefinition,
        _ head: String,
        _ conformances: [String],
        _ members: [Declaration]
    ) -> Declaration {
        .type(
            TypeDeclaration(
                docs: type.docs,
                head: "\(head): \(conformances.joined(separator: ", "))",
                members: members
            )
        )
    }

    private func conformances(_ type: BindingsTypeDefinition) -> [String] {
        // A component runs on one thread: the objects of its author need not be sendable.
        let sendable = names.holdsOwnResource(.named(type.id)) ? "@unchecked Swift.Sendable" : "Swift.Sendable"
        return (type.isError ? ["Swift.Error"] : []) + (writer.isHashable(type) ? ["Swift.Hashable"] : []) + [sendable]
    }

    /// The type that numbers the cases of an enum.
    private func rawType(_ count: Int) -> String {
        GuestCodec.unsigned(bytes: count <= 256 ? 1 : count <= 65536 ? 2 : 4)
    }

    // MARK: The canonical ABI

    /// A function that lifts or lowers a type.
    func bridging(_ need: GuestCodec.Need, _ codec: inout GuestCodec) -> FunctionDeclaration {
        codec.beginFunction()
        return switch need.operation {
        case .liftFlat: liftFlat(need.type, &codec)
        case .read: read(need.type, &codec)
        case .lowerFlat: lowerFlat(need.type, &codec)
        case .write: write(need.type, &codec)
        }
    }

    /// The conversion between an enum and its number.
    func discriminant(_ type: BindingsTypeDefinition) -> Declaration? {
        guard case .enumeration = type.kind else { return nil }
        return .type(
            TypeDeclaration(
                head: "extension \(type.qualified)",
                members: [
                    .property(
                        PropertyDeclaration(
                            head: "fileprivate var discriminant: Swift.Int32",
                            getter: ["Swift.Int32(truncatingIfNeeded: rawValue)"]
                        )
                    ),
                    .function(
                        FunctionDeclaration(
                            head: "fileprivate init",
                            parameters: ["discriminant: Swift.Int32"],
                            body: ["self = Self(rawValue: .init(truncatingIfNeeded: discriminant)).unsafelyUnwrapped"]
                        )
                    ),
                ]
            )
        )
    }

    private func liftFlat(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let flat = codec.layout.flat(.named(id)).enumerated().map { FlatValue(expression: "f\($0)", type: $1) }
        let parameters = flat.enumerated().map { index, value in
            "\(index == 0 ? "flat " : "_ ")\(value.expression): \(value.type.swift)"
        }
        let body: [Statement]
        if isRecord(id) {
            body = construct(id, codec.liftSequence(names.fields(id).map(\.type), flat))
        } else {
            body = choose("f0", id) { codec.liftPayload($0, flat) }
        }
        return FunctionDeclaration(head: "fileprivate init", parameters: parameters, body: body)
    }

    private func read(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let body: [Statement]
        if isRecord(id) {
            body = construct(id, codec.readSequence(names.fields(id).map(\.type), "base"))
        } else {
            let shape = codec.layout.variant(names.cases(id).map(\.payload)).shape
            let discriminant = GuestCodec.load(GuestCodec.unsigned(bytes: shape.discriminantBytes), "base", 0)
            body = choose(discriminant, id) { codec.read($0, "base", shape.payloadOffset) }
        }
        return FunctionDeclaration(
            head: "fileprivate init",
            parameters: ["reading base: Swift.UnsafeRawPointer"],
            body: body
        )
    }

    private func construct(_ id: TypeID, _ values: [String]) -> [Statement] {
        let arguments = zip(names.fields(id), values).enumerated().flatMap { index, part in
            Statement.wrapping("\(SwiftName.label(part.0.name)):", part.1, index + 1 < values.count ? "," : "")
        }
        return [.block("self.init(", arguments, ")")]
    }

    private func choose(
        _ discriminant: String,
        _ id: TypeID,
        _ payload: (BindingsType) -> String
    ) -> [Statement] {
        var body: [(String, [Statement])] = []
        let cases = names.cases(id)
        for (index, (name, type)) in cases.enumerated() {
            let value = type.map { "(\(payload($0)))" } ?? ""
            let pattern = index + 1 < cases.count ? "case \(index):" : "default:"
            body.append((pattern, Statement.wrapping("self =", ".\(SwiftName.member(name))\(value)")))
        }
        return [.line("switch \(discriminant) {"), .chain(body, "}")]
    }

    private func lowerFlat(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let places = codec.layout.flat(.named(id))
        let result = places.count == 1 ? places[0].swift : "(\(places.map(\.swift).joined(separator: ", ")))"
        let body: [Statement]
        if isRecord(id) {
            let lowered = codec.lowerSequence(names.fields(id).map(\.type), properties(id))
            let tuple = lowered.values.map(\.expression).joined(separator: ", ")
            body = lowered.statements + [.line(places.count == 1 ? "return \(tuple)" : "return (\(tuple))")]
        } else {
            body = codec.lowerCases("self", patterns(id), places) { "return \($0)" }
        }
        return FunctionDeclaration(
            head: "fileprivate func flat",
            parameters: ["_ arena: inout LoweringArena"],
            effects: "-> \(result)",
            body: body
        )
    }

    private func write(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let body =
            isRecord(id)
            ? codec.writeSequence(names.fields(id).map(\.type), properties(id), "base")
            : codec.writeCases("self", patterns(id), "base", 0)
        return FunctionDeclaration(
            head: "fileprivate func write",
            parameters: ["to base: Swift.UnsafeMutableRawPointer", "_ arena: inout LoweringArena"],
            body: body
        )
    }

    private func properties(_ id: TypeID) -> [String] {
        names.fields(id).map { "self.\(SwiftName.member($0.name))" }
    }

    private func patterns(_ id: TypeID) -> [GuestCodec.LoweredCase] {
        names.cases(id).map { GuestCodec.LoweredCase(pattern: ".\(SwiftName.member($0.name))", payload: $0.payload) }
    }

    private func isRecord(_ id: TypeID) -> Bool {
        if case .record? = names.types[id]?.kind { true } else { false }
    }
}
