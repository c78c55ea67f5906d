import WITModel

/// Writes the functions that lift and lower values, and the descriptors of types: one of each for each type that needs
/// it, made of those of its parts.
struct HostCodec {
    /// What was asked for.
    private enum Need: Hashable {
        case lower(BindingsType)
        case lift(BindingsType)
        case describe(TypeID)
    }

    let types: [TypeID: BindingsTypeDefinition]
    let writer: TypeWriter
    let methods: ResourceMethods
    private var names: [BindingsType: String] = [:]
    private var scope = NameScope()
    /// The interface and the name of each resource, as components write them.
    private let resourceNames: [TypeID: (interface: String?, name: String)]
    private var known: Set<Need> = []
    private var pending: [Need] = []

    init(_ model: BindingsModel) {
        types = model.types
        writer = TypeWriter(types: model.types)
        methods = ResourceMethods(model)
        resourceNames = model.resourceNames
    }

    // MARK: Asking

    /// The function that writes a value of this type into a `ValueWriter`.
    mutating func lower(_ type: BindingsType) -> String {
        let type = writer.canonical(type)
        need(.lower(type))
        return "Lower.\(SwiftName.member(name(type)))"
    }

    /// The function that makes a value of this type of a `ValueReader`.
    ///
    /// Where values hold resources of a guest it is one of their bound methods, which `methods` leads to.
    mutating func lift(_ type: BindingsType, methods: String) -> String {
        var type = writer.canonical(type)
        if case .borrow(let id) = type { type = .own(id) }
        need(.lift(type))
        if self.methods.group(in: type) != nil { return methods + liftName(type) }
        return "Lift.\(SwiftName.member(name(type)))"
    }

    /// The same from inside of the class of bound methods, or for values without any.
    mutating func lift(_ type: BindingsType) -> String { lift(type, methods: "") }

    /// What a bound method is called that lifts a type.
    private mutating func liftName(_ type: BindingsType) -> String {
        "lift\(ResourceMethods.capitalized(name(type)))"
    }

    /// The expression for the `ValueType` of this type.
    mutating func describe(_ type: BindingsType) -> String {
        switch writer.canonical(type) {
        case .primitive(_, let wit): return ".\(wit)"
        case .bytes: return ".list(.u8)"
        case .list(let element): return ".list(\(describe(element)))"
        case .tuple(let elements):
            var parts: [String] = []
            for element in elements { parts.append(describe(element)) }
            return ".tuple([\(parts.joined(separator: ", "))])"
        case .option(let some): return ".option(\(describe(some)))"
        case .result(let ok, let error):
            var parts = ["nil", "nil"]
            if let ok { parts[0] = describe(ok) }
            if let error { parts[1] = describe(error) }
            return ".result(ok: \(parts[0]), error: \(parts[1]))"
        case .map(let key, let value): return ".map(key: \(describe(key)), value: \(describe(value)))"
        case .own(let id): return ".own(\(resource(id)))"
        case .borrow(let id): return ".borrow(\(resource(id)))"
        case .named(let id):
            need(.describe(id))
            return "Describe.\(SwiftName.member(types[id]?.codec ?? ""))"
        case .alias(_, let target): return describe(target)
        }
    }

    private func resource(_ id: TypeID) -> String {
        guard let (interface, name) = resourceNames[id] else { return ".init(name: \"\")" }
        return ".init(\(interface.map { "interface: \"\($0)\", " } ?? "")name: \"\(name)\")"
    }

    private mutating func need(_ need: Need) {
        if known.insert(need).inserted { pending.append(need) }
    }

    /// What the functions of a type are called.
    private mutating func name(_ type: BindingsType) -> String {
        if let name = names[type] { return name }
        let name = scope.take(spelled(type))
        names[type] = name
        return name
    }

    /// Takes a name that no function of a type has.
    mutating func take(_ name: String) -> String { scope.take(name) }

    private func spelled(_ type: BindingsType) -> String {
        func part(_ type: BindingsType?) -> String {
            guard let type else { return "Nothing" }
            let name = spelled(type)
            return name.prefix(1).uppercased() + name.dropFirst()
        }
        return switch type {
        case .primitive(_, let wit): wit
        case .bytes: "bytes"
        case .list(let element): "listOf\(part(element))"
        case .tuple(let elements): "tupleOf\(elements.map { part($0) }.joined())"
        case .option(let some): "optionOf\(part(some))"
        case .result(let ok, let error): "resultOf\(part(ok))Or\(part(error))"
        case .map(let key, let value): "mapOf\(part(key))To\(part(value))"
        case .named(let id): types[id]?.codec ?? ""
        case .own(let id): types[id]?.codec ?? ""
        case .borrow(let id): "borrowed\(part(.own(id)))"
        case .alias(_, let target): spelled(target)
        }
    }

    // MARK: Writing

    /// Everything that was asked for, and what that asks for in turn, sorted.
    mutating func declarations() -> [Declaration] {
        var lowers: [String: Declaration] = [:]
        var lifts: [String: [Declaration]] = [:]
        var descriptors: [String: Declaration] = [:]
        var bound: [String: [String: [Declaration]]] = [:]
        while let need = pending.popLast() {
            switch need {
            case .lower(let type): lowers[name(type)] = lowering(type, name(type))
            case .lift(let type):
                if let group = methods.group(in: type) {
                    bound[group.name, default: [:]][name(type)] = lifting(type, liftName(type), "func")
                } else {
                    lifts[name(type)] = lifting(type, name(type), "static func")
                }
            case .describe(let id):
                let name = types[id]?.codec ?? ""
                descriptors[name] = description(of: id, name)
            }
        }
        let classes = methods.groups.filter { !$0.functions.isEmpty }.map { group in
            boundMethods(group, (bound[group.name] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value))
        }
        let parts: [(docs: String, name: String, members: [Declaration])] = [
            ("The methods of an instance's resources, looked up and checked once.", "BoundMethods", classes),
            ("The WIT types of named types.", "Describe", descriptors.sorted { $0.key < $1.key }.map(\.value)),
            ("From Swift values to component values.", "Lower", lowers.sorted { $0.key < $1.key }.map(\.value)),
            ("From component values to Swift values.", "Lift", lifts.sorted { $0.key < $1.key }.flatMap(\.value)),
        ]
        return parts.filter { !$0.members.isEmpty }.map { part in
            .type(
                TypeDeclaration(
                    docs: [part.docs],
                    head: "fileprivate nonisolated enum \(part.name)",
                    members: part.members
                )
            )
        }
    }

    private mutating func description(of id: TypeID, _ name: String) -> Declaration {
        var items: [String] = []
        var kind = "record"
        switch types[id]?.kind {
        case .record(let fields)?:
            for field in fields { items.append(".init(name: \"\(field.field.name)\", type: \(describe(field.type)))") }
        case .variant(let cases)?:
            kind = "variant"
            for item in cases {
                let payload = item.payload.map { describe($0) }
                items.append(".init(name: \"\(item.item.name)\"\(payload.map { ", payload: \($0)" } ?? ""))")
            }
        case .enumeration(let cases)?:
            kind = "enumeration"
            items = cases.map { "\"\($0.item.name)\"" }
        case .flags(let cases)?:
            kind = "flags"
            items = cases.map { "\"\($0.item.name)\"" }
        case .alias?, .resource?, nil: break
        }
        return .property(
            PropertyDeclaration(
                head: "static let \(SwiftName.escaped(name)): \(TypeWriter.module).ValueType",
                value: [.block(".\(kind)([", Statement.elements(items), "])")]
            )
        )
    }
}
