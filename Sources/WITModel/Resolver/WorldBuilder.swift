/// The imports and exports of a world while they are being gathered.
struct WorldBuilder {
    var imports: [WorldItem] = []
    var exports: [WorldItem] = []

    /// Adds an item; false where there is one of its name.
    mutating func add(_ item: WorldItem, exported: Bool) -> Bool {
        let name = item.name.lowercased()
        guard !(exported ? exports : imports).contains(where: { $0.name.lowercased() == name }) else { return false }
        if exported { exports.append(item) } else { imports.append(item) }
        return true
    }

    /// The same with the interfaces added that others take types from, each in front of those that need it: what an
    /// export needs is taken from the exports where it is there, and imported otherwise.
    func elaborated(in resolve: Resolve) -> WorldBuilder {
        var result = WorldBuilder()
        for item in imports { result.addImport(item, in: resolve) }
        let exported = Set(exports.map(\.name))
        for item in exports {
            for dependency in Self.dependencies(of: item, in: resolve) {
                guard let name = resolve.qualifiedName(dependency), !exported.contains(name) else { continue }
                result.addImport(Self.item(dependency, name, item), in: resolve)
            }
        }
        result.exports = exports
        return result
    }

    private mutating func addImport(_ item: WorldItem, in resolve: Resolve) {
        guard !imports.contains(where: { $0.name == item.name }) else { return }
        for dependency in Self.dependencies(of: item, in: resolve) {
            guard let name = resolve.qualifiedName(dependency) else { continue }
            addImport(Self.item(dependency, name, item), in: resolve)
        }
        imports.append(item)
    }

    private static func item(_ interface: InterfaceID, _ name: String, _ user: WorldItem) -> WorldItem {
        WorldItem(name: name, kind: .interface(interface), stability: user.stability, span: user.span)
    }

    /// The interfaces that an item takes types from by `use`.
    private static func dependencies(of item: WorldItem, in resolve: Resolve) -> [InterfaceID] {
        let types: [TypeID] =
            switch item.kind {
            case .interface(let id): resolve[id].types
            case .type(let id): [id]
            case .function: []
            }
        var found: [InterfaceID] = []
        for type in types where resolve[type].isUse {
            guard case .alias(.named(let target)) = resolve[type].kind,
                case .interface(let owner) = resolve[target].owner, !found.contains(owner)
            else { continue }
            found.append(owner)
        }
        return found
    }
}
