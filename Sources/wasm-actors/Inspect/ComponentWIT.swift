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
        // One scope, so that a type which is imported and exported is declared once.
        var known = Set(type.imports.map { $0.name })
        let exported = type.exports.filter { $0.type.isFunction || known.insert($0.name).inserted }
        let scope = scope(nil, (type.imports + exported).filter { !$0.type.isInstance })
        return scope.declarations()
            + type.imports.flatMap { lines("import", $0, scope) } + type.exports.flatMap { lines("export", $0, scope) }
    }

    private func scope(_ fullName: String?, _ items: [NamedExtern]) -> WITScope {
        WITScope(fullName: fullName, items: items, others: WITTypeIndex(interfaces))
    }

    /// An import or export that is no type: an interface, a function, or what WIT has no words for.
    private func lines(_ word: String, _ item: NamedExtern, _ world: WITScope) -> [String] {
        switch item.type {
        case .function(let type):
            return item.name.hasPrefix("[") ? [] : ["\(word) \(WITName.escaped(item.name)): \(world.text(of: type));"]
        case .instance(let instance):
            if let name = WITName.Interface(item.name) { return ["\(word) \(name.text);"] }
            guard WITName.isPlain(item.name) else { return ["// \(word) \"\(item.name)\": an instance"] }
            return ["\(word) \(WITName.escaped(item.name)): interface {"]
                + body(scope(item.name, instance.exports)).indented + ["}"]
        case .component: return ["// \(word) \"\(item.name)\": a component"]
        case .module: return ["// \(word) \"\(item.name)\": a core module"]
        case .type, .resource: return []
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

    /// Whether this is a function.
    fileprivate var isFunction: Bool {
        if case .function = self { true } else { false }
    }
}
