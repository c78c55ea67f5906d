import WITModel

extension BindingsModel {
    /// The modules that types of provided packages come from: those that declarations name, and those that only the
    /// functions that lift and lower values need.
    var providedModules: (declared: Set<String>, used: Set<String>) {
        var walk = ModuleWalk(types: types)
        for owner in interfaces + Array(exportedInterfaces.values)
            + worlds.flatMap({ world in
                [world.importedFunctions, world.exportedFunctions] + world.exports
            })
        {
            for function in owner.allFunctions {
                for type in function.arguments { walk.visit(type, isDeclared: true) }
                if let result = function.result { walk.visit(result, isDeclared: true) }
            }
        }
        for type in types.values where type.module == nil { walk.visitMembers(of: type, areDeclared: true) }
        return (walk.declared, walk.used)
    }
}

/// Collects the modules of provided types.
private struct ModuleWalk {
    let types: [TypeID: BindingsTypeDefinition]
    var declared: Set<String> = []
    var used: Set<String> = []
    private var seen: Set<TypeID> = []

    init(types: [TypeID: BindingsTypeDefinition]) {
        self.types = types
    }

    mutating func visit(_ type: BindingsType, isDeclared: Bool) {
        switch type {
        case .named(let id), .alias(let id, _):
            guard let definition = types[id], definition.module != nil else { return }
            let module = String(definition.qualified.prefix { $0 != "." })
            if isDeclared { declared.insert(module) } else { used.insert(module) }
            if seen.insert(id).inserted { visitMembers(of: definition, areDeclared: false) }
        default:
            for part in type.parts { visit(part, isDeclared: isDeclared) }
        }
    }

    mutating func visitMembers(of type: BindingsTypeDefinition, areDeclared: Bool) {
        switch type.kind {
        case .record(let fields): for field in fields { visit(field.type, isDeclared: areDeclared) }
        case .variant(let cases):
            for item in cases { if let payload = item.payload { visit(payload, isDeclared: areDeclared) } }
        case .alias(let target): visit(target, isDeclared: areDeclared)
        case .enumeration, .flags, .resource: break
        }
    }
}
