import WITModel

extension BindingsModelBuilder {
    /// Finds the types that exist twice: those of interfaces on both sides that hold a resource which is the guest's in
    /// an export. The others mean the same on both sides.
    mutating func findTwins(_ imported: Set<InterfaceID>, _ exported: Set<InterfaceID>) {
        var next = resolve.types.count
        for interface in imported.intersection(exported).sorted(by: { $0.index < $1.index }) {
            for type in resolve[interface].types where !resolve[type].isUse {
                guard reachesResource(of: exported, from: type) else { continue }
                // Beyond the types of the packages: no index of theirs is taken.
                translator.twins[type] = TypeID(index: next)
                next += 1
            }
        }
    }

    /// Whether a type is, or holds, a resource of one of these interfaces.
    private func reachesResource(of interfaces: Set<InterfaceID>, from type: TypeID) -> Bool {
        var found = false
        resolve.visit(.named(type)) { id in
            if isResource(id, of: interfaces) { found = true }
            return !found
        }
        return found
    }

    private func isResource(_ id: TypeID, of interfaces: Set<InterfaceID>) -> Bool {
        guard case .resource = resolve[id].kind, case .interface(let owner) = resolve[id].owner else { return false }
        return interfaces.contains(owner)
    }

    /// Refuses an export that uses resources of an interface which another world exports, and this one imports: their
    /// types would have to mean both.
    mutating func refuseMixed(_ world: WorldID, _ exported: Set<InterfaceID>) {
        let foreign = exported.subtracting(resolve[world].exports.compactMap(\.interface))
        guard !foreign.isEmpty else { return }
        for item in resolve[world].exports {
            guard let interface = item.interface else { continue }
            let functions = resolve[interface].functions.flatMap {
                $0.parameters.map(\.type) + [$0.result].compactMap { $0 }
            }
            let mixed = functions.contains { type in
                var found = false
                resolve.visit(type) { id in
                    if isResource(id, of: foreign) { found = true }
                    return !found
                }
                return found
            }
            guard mixed else { continue }
            refuse(
                Diagnostic(
                    "the export `\(item.name)` of world `\(resolve[world].name)` uses a resource that another of the "
                        + "chosen worlds exports, and this one imports",
                    at: item.span,
                    hint: "generate the worlds one at a time: see \"worlds\" in wit-swift.json"
                )
            )
        }
    }
}
