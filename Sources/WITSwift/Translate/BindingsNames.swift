import WITModel

/// The Swift names of interfaces, worlds and types. No nested type is called like anything at the top level or like a
/// module, so that a name in generated code means one thing wherever it stands.
struct BindingsNames {
    private(set) var namespaces: [InterfaceID: String] = [:]
    private(set) var worldNames: [WorldID: String] = [:]
    private(set) var typeNames: [TypeID: String] = [:]
    private var topLevel: NameScope

    /// What generated code itself is called at the top level and inside of namespaces, and what Swift takes for
    /// something else behind a dot, backticks or not.
    private static let reserved: Set<String> = [
        "Any", "Describe", "ExportedFunctions", "Functions", "HostObject", "ImportedFunctions", "Lift", "Lower",
        "Protocol", "Self", "Swift", "Type", "WasmComponentModel",
    ]

    init(modules: [String]) {
        topLevel = NameScope(taken: Self.reserved.union(modules))
    }

    mutating func name(_ world: WorldID, in resolve: Resolve) {
        guard worldNames[world] == nil else { return }
        let name = topLevel.take(SwiftName.type(resolve[world].name) + "World")
        worldNames[world] = name
        _ = topLevel.take(name + "Imports")
        _ = topLevel.take(HostStubs.name(ofWorld: name))
    }

    /// Names an interface; its protocols and its struct of exports are taken with it, on either side.
    mutating func name(_ interface: InterfaceID, as plain: String, in resolve: Resolve) {
        guard namespaces[interface] == nil else { return }
        let package = resolve[resolve[interface].package].name
        let short = SwiftName.type(plain)
        let version = package.version.map { "V\($0.major)_\($0.minor)_\($0.patch)" } ?? ""
        let named = SwiftName.type(package.name.replacing("/", with: "-"))
        let space = SwiftName.type(package.namespace.replacing(":", with: "-"))
        let candidates = [short, named + short, space + named + short, space + named + short + version]
        let name = candidates.first { isFree($0) } ?? short + "_"
        namespaces[interface] = topLevel.take(name)
        _ = topLevel.take(name + "Imports")
        _ = topLevel.take(name + "Exports")
        _ = topLevel.take(name + "Guest")
    }

    private func isFree(_ name: String) -> Bool {
        ["", "Imports", "Exports", "Guest"].allSatisfy { !topLevel.contains(name + $0) }
    }

    /// Names the types of one namespace.
    mutating func name(_ types: [TypeID], in resolve: Resolve) {
        var scope = topLevel
        for type in types { typeNames[type] = scope.take(SwiftName.type(resolve[type].name)) }
    }
}
