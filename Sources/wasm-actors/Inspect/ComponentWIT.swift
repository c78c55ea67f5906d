import WasmComponentModel

/// A component's imports and exports as one WIT text: the world, then every interface that it names, each in the
/// package that it belongs to.
struct ComponentWIT {
    private let type: ComponentType
    /// Interfaces of packages by their full name, in the order of their first mention.
    private var interfaces: [(fullName: String, items: [NamedExtern])] = []

    /// Sorts a component's interfaces.
    ///
    /// - Parameter type: The component's type.
    init(_ type: ComponentType) {
        self.type = type
        for item in type.imports + type.exports {
            if case .instance(let instance) = item.type, WITName.Interface(item.name) != nil {
                add(instance.exports, to: item.name)
            }
        }
    }

    /// The text. It parses as one file with nested packages.
    func text() -> String {
        (["package root:component;", "", "world root {"] + world().indented + ["}"] + packages()).joined(
            separator: "\n"
        )
    }

    /// An interface that is imported and exported is one interface: the items of both.
    private mutating func add(_ items: [NamedExtern], to fullName: String) {
        guard let index = interfaces.firstIndex(where: { $0.fullName == fullName }) else {
            interfaces.append((fullName, items))
            return
        }
        for item in items where !interfaces[index].items.contains(where: { $0.name == item.name }) {
            interfaces[index].items.append(item)
        }
    }

    private func world() -> [String] {
        let imported = scope(nil, type.imports.filter { !$0.type.isInstance })
        var known = Set(type.imports.map { $0.name })
        // Types that the world defines and exports again are declared once.
        let exportedItems = type.exports.filter { item in
            if case .function = item.type { return true }
            return !item.type.isInstance && known.insert(item.name).inserted
        }
        let exported = scope(nil, type.imports.filter(\.type.isDefinition) + exportedItems)
        return merged(imported.declarations(), exported.declarations())
            + type.imports.flatMap { lines("import", $0) }
            + imported.functions().map { "import \($0.name): \($0.text);" }
            + type.exports.flatMap { lines("export", $0) }
            + exported.functions().map { "export \($0.name): \($0.text);" }
    }

    private func scope(_ fullName: String?, _ items: [NamedExtern]) -> WITScope {
        WITScope(fullName: fullName, items: items, others: WITTypeIndex(interfaces))
    }

    private func merged(_ first: [String], _ second: [String]) -> [String] {
        first + second.filter { !first.contains($0) }
    }

    /// An import or export that is no function and no type: an interface, or what WIT has no words for.
    private func lines(_ word: String, _ item: NamedExtern) -> [String] {
        switch item.type {
        case .instance(let instance):
            if WITName.Interface(item.name) != nil { return ["\(word) \(item.name);"] }
            guard WITName.isPlain(item.name) else { return ["// \(word) \"\(item.name)\": an instance"] }
            return ["\(word) \(WITName.escaped(item.name)): interface {"]
                + body(scope(item.name, instance.exports)).indented + ["}"]
        case .component: return ["// \(word) \"\(item.name)\": a component"]
        case .module: return ["// \(word) \"\(item.name)\": a core module"]
        case .coreFunction: return ["// \(word) \"\(item.name)\": a core function"]
        case .function, .type, .resource: return []
        }
    }

    private func packages() -> [String] {
        var order: [String] = []
        var bodies: [String: [String]] = [:]
        for (fullName, items) in interfaces {
            guard let name = WITName.Interface(fullName) else { continue }
            if bodies[name.package] == nil { order.append(name.package) }
            let lines =
                ["interface \(WITName.escaped(name.name)) {"]
                + body(scope(fullName, items)).indented + ["}"]
            bodies[name.package, default: []] += lines
        }
        return order.flatMap { package in
            ["", "package \(package) {"] + (bodies[package] ?? []).indented + ["}"]
        }
    }

    private func body(_ scope: WITScope) -> [String] {
        scope.declarations() + scope.functions().map { "\($0.name): \($0.text);" }
    }
}

extension ExternType {
    /// Whether this is an instance, the form that an interface takes.
    fileprivate var isInstance: Bool {
        if case .instance = self { true } else { false }
    }

    /// Whether this is a type definition or a resource.
    fileprivate var isDefinition: Bool {
        switch self {
        case .type, .resource: true
        default: false
        }
    }
}
