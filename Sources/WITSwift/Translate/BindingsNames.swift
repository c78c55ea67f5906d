import WITModel

/// The Swift names of interfaces, worlds and types. No nested type is called like anything at the top level or like a
/// module, so that a name in generated code means one thing wherever it stands.
struct BindingsNames {
    private(set) var namespaces: [InterfaceID: String] = [:]
    private(set) var worldNames: [WorldID: String] = [:]
    private(set) var typeNames: [TypeID: String] = [:]
    /// The names that a configuration chooses.
    var renames: Renames
    private var topLevel: NameScope
    private let prefix: String

    /// What generated code itself is called at the top level and inside of namespaces, and what Swift takes for
    /// something else behind a dot, backticks or not.
    private static let reserved: Set<String> = [
        "Any", "BoundMethods", "Describe", "ExportedFunctions", "Functions", "HostObject", "Hosted",
        "ImportedFunctions",
        "Lift", "Lower", "Protocol", "ResourceTypes", "Self", "Swift", "Type", "WasmComponentModel",
    ]

    init(_ configuration: BindingsConfiguration) {
        topLevel = NameScope(taken: Self.reserved.union(configuration.imports + configuration.provided.map(\.module)))
        renames = Renames(configuration.names)
        prefix = configuration.prefix
    }

    mutating func name(_ world: WorldID, _ path: FunctionPath, in resolve: Resolve) {
        guard worldNames[world] == nil else { return }
        let plain = prefix + SwiftName.type(resolve[world].name) + "World"
        let name = renames.take(for: path, or: plain, in: &topLevel)
        worldNames[world] = name
        _ = topLevel.take(name + "Imports")
        _ = topLevel.take(HostStubs.name(ofWorld: name))
    }

    /// Names an interface; its protocols and its struct of exports are taken with it, on either side.
    mutating func name(_ interface: InterfaceID, _ path: FunctionPath, in resolve: Resolve) {
        guard namespaces[interface] == nil else { return }
        let package = resolve[resolve[interface].package].name
        let short = SwiftName.type(path.owners.last ?? "")
        let version = package.version.map { "V\($0.major)_\($0.minor)_\($0.patch)" } ?? ""
        let named = SwiftName.type(package.name.replacing("/", with: "-"))
        let space = SwiftName.type(package.namespace.replacing(":", with: "-"))
        let spelled = [short, named + short, space + named + short, space + named + short + version]
        let plain = spelled.map { prefix + $0 }.first { isFree($0) } ?? prefix + short + "_"
        let name = renames.take(for: path, or: plain, in: &topLevel)
        namespaces[interface] = name
        _ = topLevel.take(name + "Imports")
        _ = topLevel.take(name + "Exports")
        _ = topLevel.take(name + "Guest")
    }

    /// The namespace of the types of an interface that are others where it is exported.
    mutating func exportedNamespace(of namespace: String) -> String {
        topLevel.take("Exported\(namespace)")
    }

    private func isFree(_ name: String) -> Bool {
        ["", "Imports", "Exports", "Guest"].allSatisfy { !topLevel.contains(name + $0) }
    }

    /// Names the types of one namespace.
    mutating func name(_ types: [(id: TypeID, path: FunctionPath)], in resolve: Resolve) {
        var scope = topLevel
        for (type, path) in types {
            typeNames[type] = renames.take(for: path, or: SwiftName.type(resolve[type].name), in: &scope)
        }
    }
}
