import WITSwift

/// What the command line says.
struct Options {
    var path: String?
    var config: String?
    var output: String?
    var worlds: [String] = []
    var side: BindingsConfiguration.Side?
    var access: BindingsConfiguration.Access?
    var features: [String] = []
    var allFeatures = false
    var stubs = false
    /// The configurations of modules that provide packages, by module.
    var types: [String: String] = [:]

    init(_ arguments: [String]) throws(CommandFailure) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--config": config = try Self.value(of: argument, &rest)
            case "--output", "-o": output = try Self.value(of: argument, &rest)
            case "--world", "-w": worlds.append(try Self.value(of: argument, &rest))
            case "--features":
                features += try Self.value(of: argument, &rest).split(separator: ",").map(String.init)
            case "--all-features": allFeatures = true
            case "--stubs": stubs = true
            case "--types":
                let parts = try Self.value(of: argument, &rest).split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw .usage("--types is MODULE=FILE") }
                types[parts[0]] = parts[1]
            case "--guest": side = .guest
            case "--host": side = .host
            case "--access":
                let text = try Self.value(of: argument, &rest)
                guard let access = BindingsConfiguration.Access(rawValue: text) else {
                    throw .usage("--access is public, package or internal, not \(text)")
                }
                self.access = access
            default:
                guard !argument.hasPrefix("-") else { throw .usage("there is no option \(argument)") }
                guard path == nil else { throw .usage("one path is enough, and \(argument) is a second one") }
                path = argument
            }
        }
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(CommandFailure) -> String {
        guard let value = rest.popFirst() else { throw .usage("\(option) needs a value") }
        return value
    }
}
