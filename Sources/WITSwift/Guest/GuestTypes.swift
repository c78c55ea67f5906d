import WITModel

/// Declares the types of an interface in Swift, and the functions with which they cross the canonical ABI.
struct GuestTypes {
    let resolve: Resolve
    let names: GuestNames
    /// The types that some function throws or some `result` carries as its error.
    let errors: Set<TypeID>

    // MARK: Declarations

    /// The declaration of a type; nil for a name that a `use` brought in.
    func declaration(_ id: TypeID) -> Declaration? {
        let definition = resolve[id]
        if definition.isUse { return nil }
        let name = SwiftName.escaped(SwiftName.type(definition.name))
        switch definition.kind {
        case .record(let fields): return record(definition, name, id, fields)
        case .variant(let cases):
            let members = cases.map { element in
                let payload = element.payload.map { "(\(names.swift($0)))" } ?? ""
                return Declaration.line(docs: element.docs, "case \(caseName(element))\(payload)")
            }
            return type(definition, "enum \(name)", conforming(id), members)
        case .enumeration(let cases):
            let raw = cases.count <= 256 ? "UInt8" : "UInt16"
            let members = cases.map { Declaration.line(docs: $0.docs, "case \(caseName($0))") }
            return type(definition, "enum \(name)", [raw] + conforming(id, hashable: false), members)
        case .flags(let flags): return flagSet(definition, name, flags)
        case .alias(let target): return .line(docs: definition.docs, "typealias \(name) = \(names.swift(target))")
        case .resource: return nil
        }
    }

    private func record(_ definition: TypeDefinition, _ name: String, _ id: TypeID, _ fields: [Field]) -> Declaration {
        let members = fields.map { field in
            let name = SwiftName.escaped(SwiftName.value(field.name))
            return Declaration.line(docs: field.docs, "var \(name): \(names.swift(field.type))")
        }
        return type(definition, "struct \(name)", conforming(id), members)
    }

    private func flagSet(_ definition: TypeDefinition, _ name: String, _ flags: [Case]) -> Declaration {
        let raw = flags.count <= 8 ? "UInt8" : flags.count <= 16 ? "UInt16" : flags.count <= 32 ? "UInt32" : "UInt64"
        let members = flags.enumerated().map { index, flag in
            Declaration.line(docs: flag.docs, "static let \(caseName(flag)) = Self(rawValue: 1 << \(index))")
        }
        return type(
            definition,
            "struct \(name)",
            ["OptionSet", "Hashable", "Sendable"],
            [.line(docs: [], "let rawValue: \(raw)")] + members
        )
    }

    private func type(
        _ definition: TypeDefinition,
        _ head: String,
        _ conformances: [String],
        _ members: [Declaration]
    ) -> Declaration {
        .type(
            TypeDeclaration(
                docs: definition.docs,
                head: "\(head): \(conformances.joined(separator: ", "))",
                members: members
            )
        )
    }

    private func conforming(_ id: TypeID, hashable: Bool = true) -> [String] {
        var conformances = errors.contains(id) ? ["Swift.Error"] : []
        if hashable && names.isHashable(resolve[id].kind) { conformances.append("Hashable") }
        return conformances + ["Sendable"]
    }

    private func caseName(_ element: Case) -> String {
        SwiftName.escaped(SwiftName.value(element.name))
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
    func discriminant(_ id: TypeID) -> Declaration? {
        guard case .enumeration(let cases) = resolve[id].kind, !resolve[id].isUse else { return nil }
        let raw = cases.count <= 256 ? "UInt8" : "UInt16"
        return .type(
            TypeDeclaration(
                head: "extension \(names.qualified(id))",
                members: [
                    .property(
                        PropertyDeclaration(
                            head: "fileprivate var discriminant: Int32",
                            getter: ["Int32(rawValue)"]
                        )
                    ),
                    .function(
                        FunctionDeclaration(
                            head: "fileprivate init",
                            parameters: ["discriminant: Int32"],
                            body: ["self = Self(rawValue: \(raw)(truncatingIfNeeded: discriminant)).unsafelyUnwrapped"]
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
        switch resolve[id].kind {
        case .record(let fields):
            body = construct(fields, codec.liftSequence(fields.map(\.type), flat))
        case .variant(let cases):
            body = choose("f0", cases) { codec.liftPayload($0, flat) }
        default: body = []
        }
        return FunctionDeclaration(head: "fileprivate init", parameters: parameters, body: body)
    }

    private func read(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let body: [Statement]
        switch resolve[id].kind {
        case .record(let fields):
            body = construct(fields, codec.readSequence(fields.map(\.type), "base"))
        case .variant(let cases):
            let shape = codec.layout.variant(cases.map(\.payload)).shape
            let discriminant = GuestCodec.load(GuestCodec.unsigned(bytes: shape.discriminantBytes), "base", 0)
            body = choose(discriminant, cases) { codec.read($0, "base", shape.payloadOffset) }
        default: body = []
        }
        return FunctionDeclaration(
            head: "fileprivate init",
            parameters: ["reading base: UnsafeRawPointer"],
            body: body
        )
    }

    private func construct(_ fields: [Field], _ values: [String]) -> [Statement] {
        let arguments = zip(fields, values).enumerated().map { index, part in
            let label = SwiftName.member(SwiftName.value(part.0.name))
            return Statement.line("\(label): \(part.1)\(index + 1 < fields.count ? "," : "")")
        }
        return [.block("self.init(", arguments, ")")]
    }

    private func choose(
        _ discriminant: String,
        _ cases: [Case],
        _ payload: (WITType) -> String
    ) -> [Statement] {
        var statements: [Statement] = [.line("switch \(discriminant) {")]
        for (index, element) in cases.enumerated() {
            let value = element.payload.map { "(\(payload($0)))" } ?? ""
            let pattern = index + 1 < cases.count ? "case \(index):" : "default:"
            statements.append(.line("\(pattern) self = \(GuestCodec.dotted(element.name))\(value)"))
        }
        return statements + [.line("}")]
    }

    private func lowerFlat(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let places = codec.layout.flat(.named(id))
        let result = places.count == 1 ? places[0].swift : "(\(places.map(\.swift).joined(separator: ", ")))"
        let body: [Statement]
        switch resolve[id].kind {
        case .record(let fields):
            let lowered = codec.lowerSequence(fields.map(\.type), properties(fields))
            let tuple = lowered.values.map(\.expression).joined(separator: ", ")
            body = lowered.statements + [.line(places.count == 1 ? "return \(tuple)" : "return (\(tuple))")]
        case .variant(let cases):
            body = codec.lowerCases("self", patterns(cases), places) { "return \($0)" }
        default: body = []
        }
        return FunctionDeclaration(
            head: "fileprivate func flat",
            parameters: ["_ arena: inout LoweringArena"],
            effects: "-> \(result)",
            body: body
        )
    }

    private func write(_ id: TypeID, _ codec: inout GuestCodec) -> FunctionDeclaration {
        let body: [Statement]
        switch resolve[id].kind {
        case .record(let fields): body = codec.writeSequence(fields.map(\.type), properties(fields), "base")
        case .variant(let cases): body = codec.writeCases("self", patterns(cases), "base", 0)
        default: body = []
        }
        return FunctionDeclaration(
            head: "fileprivate func write",
            parameters: ["to base: UnsafeMutableRawPointer", "_ arena: inout LoweringArena"],
            body: body
        )
    }

    private func properties(_ fields: [Field]) -> [String] {
        fields.map { "self." + SwiftName.member(SwiftName.value($0.name)) }
    }

    private func patterns(_ cases: [Case]) -> [(pattern: String, payload: WITType?)] {
        cases.map { (GuestCodec.dotted($0.name), $0.payload) }
    }
}
