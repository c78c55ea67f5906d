/// What keeps the plugin from naming inputs and outputs. What is wrong inside of the files is for `wit-swift` to say.
enum PluginMistake: Error, CustomStringConvertible {
    case noConfiguration(target: String, path: String)
    case noWIT(target: String, path: String)
    case guest(target: String, path: String)
    case noProvider(target: String, module: String)

    var description: String {
        switch self {
        case .noConfiguration(let target, let path):
            "target \(target) uses WITBindingsPlugin and has no configuration: create \(path), such as {\"wit\": \"wit\"}"
        case .noWIT(let target, let path):
            "target \(target) has no WIT at \(path): put .wit files there, or set \"wit\" in wit-swift.json"
        case .noProvider(let target, let module):
            "target \(target) has its types provided by \(module) and does not depend on it: add \(module) to its dependencies"
        case .guest(let target, let path):
            "target \(target) asks for guest bindings, which are compiled for another machine: "
                + "run `wit-swift generate --config \(path) --output DIR` instead"
        }
    }
}
