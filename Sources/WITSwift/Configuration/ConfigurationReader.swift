import WITModel

/// Takes a configuration out of JSON; every key and every kind is checked.
enum ConfigurationReader {
    private static let keys = [
        "wit", "worlds", "side", "access", "async", "sync", "exports", "unsupported", "features", "imports", "types",
        "provided", "names", "prefix",
    ]

    static func read(_ root: JSONValue) throws(ConfigurationMistake) -> BindingsConfiguration {
        var configuration = BindingsConfiguration()
        for (key, span, value) in try members(root, "the configuration") {
            switch key {
            case "wit": configuration.wit = try string(value, key)
            case "worlds": configuration.worlds = try located(value, key)
            case "side": configuration.side = try choice(value, key)
            case "access": configuration.access = try choice(value, key)
            case "async": configuration.asyncImports = try located(value, key)
            case "sync": configuration.syncImports = try located(value, key)
            case "exports": try exports(value, &configuration)
            case "unsupported": configuration.unsupported = try choice(value, key)
            case "features": configuration.features = try strings(value, key)
            case "imports": configuration.imports = try strings(value, key)
            case "types":
                for (name, span, mapped) in try members(value, "\"types\"") {
                    configuration.types[name] = try mapping(mapped, name, span)
                }
            case "provided":
                for (name, span, module) in try members(value, "\"provided\"") {
                    let package = BindingsConfiguration.Located(text: name, span: span)
                    configuration.provided.append((package, try identifier(module, name)))
                }
            case "names":
                for (name, span, value) in try members(value, "\"names\"") {
                    configuration.names[name] = .init(text: try identifier(value, name), span: span)
                }
            case "prefix":
                configuration.prefix = try string(value, key)
                if !configuration.prefix.isEmpty { configuration.prefix = try identifier(value, key) }
            default: throw unknown(key, span, of: keys)
            }
        }
        let waiting = Set(configuration.asyncImports.map(\.text))
        for pattern in configuration.syncImports where waiting.contains(pattern.text) {
            guard let span = pattern.span else { continue }
            throw mistake(
                "\"\(pattern.text)\" stands in \"async\" and in \"sync\"",
                span,
                hint: "leave one of them out"
            )
        }
        return configuration
    }

    /// One choice for all exports, or one for each pattern.
    private static func exports(
        _ value: JSONValue,
        _ configuration: inout BindingsConfiguration
    ) throws(ConfigurationMistake) {
        guard case .object(let members) = value.kind else {
            configuration.exports = try choice(value, "exports")
            return
        }
        for (pattern, span, value) in members {
            configuration.exportCalls.append((.init(text: pattern, span: span), try choice(value, pattern)))
        }
    }

    private static func identifier(_ value: JSONValue, _ key: String) throws(ConfigurationMistake) -> String {
        let text = try string(value, key)
        guard SwiftName.isIdentifier(text) else {
            throw mistake(
                "\"\(text)\" is no name in Swift",
                value.span,
                hint: "letters, digits and `_`, no digit first"
            )
        }
        return text
    }

    private static func mapping(
        _ value: JSONValue,
        _ name: String,
        _ span: Span
    ) throws(ConfigurationMistake) -> BindingsConfiguration.Mapping {
        var mapping = BindingsConfiguration.Mapping(swift: "", span: span)
        for (key, keySpan, value) in try members(value, "the mapping of \"\(name)\"") {
            switch key {
            case "swift": mapping.swift = try string(value, key)
            case "labels": mapping.labels = try strings(value, key)
            case "properties": mapping.properties = try strings(value, key)
            case "cases": mapping.cases = try strings(value, key)
            default: throw unknown(key, keySpan, of: ["swift", "labels", "properties", "cases"])
            }
        }
        guard !mapping.swift.isEmpty else {
            throw mistake("the mapping of \"\(name)\" lacks \"swift\"", span, hint: "name the Swift type there")
        }
        return mapping
    }

    private static func members(
        _ value: JSONValue,
        _ what: String
    ) throws(ConfigurationMistake) -> [(key: String, keySpan: Span, value: JSONValue)] {
        guard case .object(let members) = value.kind else {
            throw mistake("\(what) is an object, `{ ... }`", value.span)
        }
        return members
    }

    private static func string(_ value: JSONValue, _ key: String) throws(ConfigurationMistake) -> String {
        guard case .string(let text) = value.kind else { throw mistake("\"\(key)\" is a string", value.span) }
        return text
    }

    private static func located(
        _ value: JSONValue,
        _ key: String
    ) throws(ConfigurationMistake) -> [BindingsConfiguration.Located] {
        guard case .array(let elements) = value.kind else {
            throw mistake("\"\(key)\" is an array of strings", value.span)
        }
        var found: [BindingsConfiguration.Located] = []
        for element in elements {
            found.append(.init(text: try string(element, key), span: element.span))
        }
        return found
    }

    private static func strings(_ value: JSONValue, _ key: String) throws(ConfigurationMistake) -> [String] {
        try located(value, key).map(\.text)
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSONValue,
        _ key: String
    ) throws(ConfigurationMistake) -> Choice where Choice.RawValue == String {
        let text = try string(value, key)
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw mistake("\"\(key)\" is one of \(choices), not \"\(text)\"", value.span)
        }
        return choice
    }

    private static func unknown(_ key: String, _ span: Span, of keys: [String]) -> ConfigurationMistake {
        let known = keys.map { "\"\($0)\"" }.joined(separator: ", ")
        return mistake("there is no setting \"\(key)\"", span, hint: "the settings are \(known)")
    }

    private static func mistake(_ message: String, _ span: Span, hint: String? = nil) -> ConfigurationMistake {
        ConfigurationMistake(diagnostic: Diagnostic(message, at: span, hint: hint))
    }
}
