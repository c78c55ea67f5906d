import WITModel

extension HostGenerator {
    // MARK: Resources of the host's

    /// The protocol of an imported resource: what the host implements for each of them.
    func hostResource(_ type: BindingsTypeDefinition) -> Declaration {
        .type(
            TypeDeclaration(
                docs: type.docs.isEmpty ? ["A resource of the host's."] : type.docs,
                head: "\(access)nonisolated protocol \(SwiftName.escaped(type.name)): Swift.AnyObject, Swift.Sendable",
                members: (resources[type.id]?.methods ?? []).map(requirement)
            )
        )
    }

    /// What libwasmtime knows the resources of an interface or a world by.
    func resourceTypes(_ interface: BindingsInterface) -> [Declaration] {
        let types = interface.resources.compactMap { model.types[$0.type] }
            .filter { if case .resource(.imported) = $0.kind { true } else { false } }
        guard !types.isEmpty else { return [] }
        let members = types.map { type in
            Declaration.property(
                PropertyDeclaration(
                    docs: ["The type of `\(type.name)`."],
                    head: "\(access)static let \(SwiftName.escaped(SwiftName.lowerFirst(type.name)))",
                    value: ["\(Self.module).HostResourceType()"]
                )
            )
        }
        return [
            .type(
                TypeDeclaration(
                    docs: ["What resources of the host are known by, in every linker and store."],
                    head: "\(access)nonisolated enum ResourceTypes",
                    members: members
                )
            )
        ]
    }

    /// The statements that define the resources of an interface or a world.
    func defineResources(_ interface: BindingsInterface, on target: String) -> [Statement] {
        interface.resources.map { resource in
            .line(
                "try \(target).defineResource(\"\(resource.externName)\", type: \(writer.resourceType(resource.type)))"
            )
        }
    }

    // MARK: Resources of the guest's

    /// The struct of an exported resource: a handle that owns one.
    mutating func guestResource(_ type: BindingsTypeDefinition) -> Declaration {
        let group = codec.methods.group(in: .own(type.id))
        var members: [Declaration] = [
            .property(PropertyDeclaration(head: "fileprivate let owner: \(Self.module).OwnedResource"))
        ]
        if let group {
            members.append(.property(PropertyDeclaration(head: "fileprivate let methods: \(group.qualified)")))
        }
        for method in resources[type.id]?.methods ?? [] {
            members += calls(of: method) { "methods.\(ResourceMethods.property(type, $0))" }
        }
        members.append(
            .function(
                FunctionDeclaration(
                    docs: [
                        "Ends the resource: the guest's destructor runs before this returns. A value that goes out of scope",
                        "is dropped before the next call of its store.",
                        "",
                        "- Throws: What the destructor ends with. A store that is finished is no error.",
                    ],
                    head: "\(access)nonisolated(nonsending) consuming func drop",
                    effects: "async throws(\(Self.error))",
                    body: ["try await owner.drop()"]
                )
            )
        )
        return .type(
            TypeDeclaration(
                docs: type.docs.isEmpty ? ["A resource of the guest's."] : type.docs,
                head: "\(access)nonisolated struct \(SwiftName.escaped(type.name)): ~Swift.Copyable, Swift.Sendable",
                members: members
            )
        )
    }
}

extension HostCodec {
    /// The class that holds methods of resources, bound for an instance, and lifts what holds such resources.
    func boundMethods(_ group: ResourceMethods.Group, _ lifts: [Declaration]) -> Declaration {
        let properties = group.functions.map { item in
            Declaration.property(PropertyDeclaration(head: "let \(item.property): \(TypeWriter.module).TypedFunc"))
        }
        let bindings = group.functions.map { item -> Statement in
            let requirement = "\(item.namespace).Functions.\(SwiftName.member(item.function.requirement))"
            return "\(item.property) = try store.typedFunction(instance, \(requirement))"
        }
        let initializer = FunctionDeclaration(
            head: "init",
            parameters: ["_ store: borrowing \(TypeWriter.module).Store", "_ instance: \(TypeWriter.module).Instance"],
            effects: "throws(\(TypeWriter.module).WasmError)",
            body: bindings
        )
        return .type(
            TypeDeclaration(
                head: "nonisolated final class \(group.name): Swift.Sendable",
                members: properties + [.function(initializer)] + lifts
            )
        )
    }
}
