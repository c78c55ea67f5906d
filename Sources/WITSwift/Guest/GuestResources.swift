import WITModel

/// Writes resources: those of others as structs around a handle, the guest's own as classes of its author behind a
/// protocol.
struct GuestResources {
    let names: GuestNames

    /// Where the handles of a resource of the guest's own are made and taken.
    static func table(_ names: GuestNames, _ id: TypeID) -> String { names.ownResources[id]?.table ?? "Swift.Never" }

    /// The name of a core function of a resource, which no other of the world has.
    static func symbol(_ prefix: String, _ names: GuestNames, _ id: TypeID) -> String {
        prefix + names.qualified(id).replacing(".", with: "_").filter { $0 != "`" }
    }

    // MARK: Resources of others

    /// The struct that owns a handle, with the resource's methods.
    func imported(
        _ resource: BindingsResource,
        _ type: BindingsTypeDefinition,
        _ functions: GuestFunctions,
        _ codec: inout GuestCodec
    ) -> Declaration {
        let drop = Self.symbol("drop", names, type.id)
        var members: [Declaration] = [
            .line(
                docs: ["What stands for it outside; 0 once it was given away."],
                "private(set) var _handle: Swift.Int32"
            ),
            .function(
                FunctionDeclaration(
                    head: "init",
                    parameters: ["_handle: Swift.Int32"],
                    body: ["self._handle = _handle"]
                )
            ),
            .property(PropertyDeclaration(head: "deinit", getter: ["if _handle != 0 { \(drop)(_handle) }"])),
            .function(
                FunctionDeclaration(
                    docs: ["Gives the handle away: it is not dropped."],
                    head: "consuming func _take",
                    effects: "-> Swift.Int32",
                    body: ["let handle = _handle", "_handle = 0", "return handle"]
                )
            ),
        ]
        members += resource.methods.map { functions.importFunction($0, "", &codec) }
        return .type(
            TypeDeclaration(
                docs: type.docs,
                head: "struct \(SwiftName.escaped(type.name)): ~Swift.Copyable, ImportedResource",
                members: members
            )
        )
    }

    /// The function that drops a handle.
    func importedExterns(_ resource: BindingsResource, _ interface: BindingsInterface) -> [Declaration] {
        [extern(interface.externName ?? "$root", "drop", resource, result: nil)]
    }

    // MARK: The guest's own

    /// The protocol that the author's class conforms to, and the name that it has in the namespace.
    func exported(
        _ resource: BindingsResource,
        _ type: BindingsTypeDefinition,
        _ functions: GuestFunctions
    ) -> [Declaration] {
        guard let own = names.ownResources[type.id] else { return [] }
        let name = SwiftName.escaped(type.name)
        let qualified = names.qualified(type.id)
        let symbol = { Self.symbol($0, names, type.id) }
        let table = TypeDeclaration(
            docs: ["The handles of `\(own.associated)`."],
            head: "fileprivate enum \(own.tableName)",
            members: [
                .function(
                    FunctionDeclaration(
                        docs: ["A new handle, which keeps the object alive."],
                        head: "static func handle",
                        parameters: ["_ object: \(qualified)"],
                        effects: "-> Swift.Int32",
                        body: ["\(symbol("new"))(ExportedResource.retained(object))"]
                    )
                ),
                .function(
                    FunctionDeclaration(
                        docs: ["The object of a handle that was given back."],
                        head: "static func taken",
                        parameters: ["_ handle: Swift.Int32"],
                        effects: "-> \(qualified)",
                        body: [
                            "let object = object(\(symbol("rep"))(handle))", "\(symbol("drop"))(handle)",
                            "return object",
                        ]
                    )
                ),
                .function(
                    FunctionDeclaration(
                        docs: ["The object that a handle stands for, which is lent."],
                        head: "static func object",
                        parameters: ["_ representation: Swift.Int32"],
                        effects: "-> \(qualified)",
                        body: ["ExportedResource.object(representation)"]
                    )
                ),
            ]
        )
        return [
            .line(
                docs: type.docs + (type.docs.isEmpty ? [] : [""]) + ["The guest's own class."],
                "typealias \(name) = Guest.\(SwiftName.member(own.associated))"
            ),
            .type(
                TypeDeclaration(
                    docs: ["What `\(type.name)` is to its holders."],
                    head: "protocol \(own.protocolName): Swift.AnyObject",
                    members: resource.methods.map { functions.declaration($0, "") }
                )
            ),
            .type(table),
        ]
    }

    /// The functions that make, read and drop handles, and the one that destroys an object whose handle was dropped.
    func exportedExterns(_ resource: BindingsResource, _ interface: BindingsInterface) -> [Declaration] {
        let extern = interface.externName ?? ""
        let module = "[export]\(extern)"
        let destroy = Self.symbol("destroy", names, resource.type)
        return [
            self.extern(module, "new", resource, result: .i32),
            self.extern(module, "rep", resource, result: .i32),
            self.extern(module, "drop", resource, result: nil),
            .function(
                FunctionDeclaration(
                    attributes: [
                        "@_expose(wasm, \"\(extern)#[dtor]\(resource.externName)\")", "@_cdecl(\"\(destroy)\")",
                    ],
                    head: "func \(destroy)",
                    parameters: ["_ representation: Swift.Int32"],
                    body: [
                        "ExportedResource.release(representation, as: \(names.qualified(resource.type)).self)"
                    ]
                )
            ),
        ]
    }

    private func extern(
        _ module: String,
        _ operation: String,
        _ resource: BindingsResource,
        result: CoreType?
    ) -> Declaration {
        .function(
            FunctionDeclaration(
                attributes: [
                    "@_extern(wasm, module: \"\(module)\", name: \"[resource-\(operation)]\(resource.externName)\")",
                    "@_extern(c)",
                ],
                head: "private func \(Self.symbol(operation, names, resource.type))",
                parameters: ["_: Swift.Int32"],
                effects: result.map { "-> \($0.swift)" } ?? ""
            )
        )
    }
}
