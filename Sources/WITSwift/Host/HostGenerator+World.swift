import WITModel

extension HostGenerator {
    /// A world: what it needs, what it gives, and how to link and bind it.
    mutating func world(_ world: BindingsWorld) -> Declaration {
        var members = types(in: world.name)
        let ownImports = world.importedFunctions
        let ownExports = world.exportedFunctions
        members += resourceTypes(ownImports)
        if !ownImports.allFunctions.isEmpty {
            members.append(requirements(ownImports, "nil", named: "ImportedFunctions"))
        }
        if !ownExports.functions.isEmpty { members.append(requirements(ownExports, "nil", named: "ExportedFunctions")) }
        members.append(table("imports", "imports", world.imports, ownImports, "ImportedFunctions"))
        members.append(table("exports", "exports", world.exports, ownExports, "ExportedFunctions"))
        members += bindings(world)
        members += definition(world)
        let docs =
            (world.docs.isEmpty ? ["The world `\(world.externName)`."] : world.docs)
            + Self.skipped(ownImports.skipped + ownExports.skipped)
        return .type(
            TypeDeclaration(
                docs: docs,
                head: "\(access)nonisolated struct \(world.name): \(Self.module).ComponentWorld",
                members: members
            )
        )
    }

    /// The list of all functions on one side of a world.
    private func table(
        _ name: String,
        _ verb: String,
        _ interfaces: [BindingsInterface],
        _ own: BindingsInterface,
        _ ownNamespace: String
    ) -> Declaration {
        var parts = interfaces.filter { !$0.allFunctions.isEmpty }
            .map { allRequirements($0, in: "\($0.namespace).Functions") }
        if !own.allFunctions.isEmpty { parts.append(allRequirements(own, in: ownNamespace)) }
        let value: [Statement] =
            parts.isEmpty ? ["[]"] : [.block("[", Statement.elements(parts), "].flatMap { $0 }")]
        return .property(
            PropertyDeclaration(
                docs: ["Every function that a component of this world \(verb)."],
                head: "\(access)static let \(name): [\(Self.module).FunctionRequirement]",
                value: value
            )
        )
    }

    /// The bound exports of an instance.
    private mutating func bindings(_ world: BindingsWorld) -> [Declaration] {
        let exported = world.exports.filter { !$0.functions.isEmpty }
        var scope = NameScope(taken: Set(world.exportedFunctions.functions.map(\.name)))
        var properties: [Declaration] = []
        var statements: [Statement] = []
        for interface in exported {
            let name = scope.take(SwiftName.lowerFirst(interface.namespace))
            let type = "\(interface.namespace)Exports"
            properties.append(
                .property(
                    PropertyDeclaration(
                        docs: ["The functions of `\(interface.externName ?? "")`."],
                        head: "\(access)let \(SwiftName.escaped(name)): \(type)"
                    )
                )
            )
            statements.append("self.\(SwiftName.member(name)) = try \(type)(store: store, instance: instance)")
        }
        let own = callables(
            world.exportedFunctions,
            "ExportedFunctions",
            taken: Set(exported.map { SwiftName.lowerFirst($0.namespace) })
        )
        let initializer = FunctionDeclaration(
            docs: Self.bindingDocs("exports"),
            head: "\(access)init",
            parameters: ["store: borrowing \(Self.module).Store", "instance: \(Self.module).Instance"],
            effects: "throws(\(Self.error))",
            body: statements + own.bindings
        )
        return properties + own.properties + [.function(initializer)] + own.methods
    }

    /// The functions that define all imports of a world in a linker, and that put the world and its host together.
    private mutating func definition(_ world: BindingsWorld) -> [Declaration] {
        var body: [Statement] = []
        var constraints = ["HostObject: Swift.AnyObject", "HostObject: Swift.Sendable"]
        for interface in world.imports {
            if interface.isTypesOnly {
                body.append("try linker.instance(\(interface.namespace).interfaceName) { _ in }")
            } else {
                body.append("try \(interface.namespace).define(in: &linker, host: host)")
                if !interface.functions.isEmpty { constraints.append("HostObject: \(interface.namespace)Imports") }
            }
        }
        let own = world.importedFunctions
        if !own.functions.isEmpty { constraints.append("HostObject: \(world.name)Imports") }
        if !own.isTypesOnly {
            var functions = defineResources(own, on: "functions")
            for function in own.allFunctions {
                functions += define(
                    function,
                    "ImportedFunctions.\(SwiftName.member(function.requirement))",
                    on: "functions"
                )
            }
            body.append(.closure("try linker.root", "(functions) throws(\(Self.error)) in", functions, "}"))
        }
        let function = FunctionDeclaration(
            docs: [
                "Defines everything that the world imports in a linker. The host is the data of the store that calls.",
                "",
                "- Parameters:",
                "  - linker: The linker.",
                "  - host: The type of the host.",
                "- Throws: What the linker refuses, such as a name that is taken.",
            ],
            head: "\(access)static func define<HostObject>",
            parameters: ["in linker: inout \(Self.module).Linker", "host: HostObject.Type"],
            effects: "throws(\(Self.error))",
            constraints: constraints,
            body: body
        )
        let hosted = FunctionDeclaration(
            docs: [
                "The world with the host that serves its imports, for an embedder such as an actor system.",
                "",
                "- Parameter makeHost: Makes a host, whenever an instance needs one.",
                "- Returns: What the embedder takes.",
            ],
            head: "\(access)static func hosted<Hosted, HostObject>",
            parameters: ["by makeHost: @escaping @Sendable (Hosted.Context) throws -> HostObject"],
            effects: "-> Hosted",
            constraints: ["Hosted: \(Self.module).HostedWorld"] + constraints,
            body: [
                .block(
                    "Hosted(",
                    Statement.arguments([
                        "\(world.name).self",
                        "hostType: HostObject.self",
                        "define: { (linker) throws(\(Self.error)) in try define(in: &linker, host: HostObject.self) }",
                        "makeHost: makeHost",
                    ]),
                    ")"
                )
            ]
        )
        return [.function(function), .function(hosted)]
    }
}
