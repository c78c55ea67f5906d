public import WITModel

/// A generated file: its name and its text.
public struct GeneratedFile: Sendable, Hashable {
    /// The name, without a folder.
    public let name: String
    /// The text.
    public let text: String

    /// Makes a file.
    ///
    /// - Parameters:
    ///   - name: The name, without a folder.
    ///   - text: The text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// Makes Swift of WIT: parse and resolve lie behind a `Resolve`; this translates and renders, in memory.
public enum Generator {
    /// The file that bindings for a host are written to.
    public static let hostFile = "WITBindings.swift"

    /// Makes the bindings that a configuration asks for, of a package on disk.
    ///
    /// - Parameters:
    ///   - path: A `.wit` file or a folder of them.
    ///   - features: The `@unstable` features to let in besides the configuration's; nil for all.
    ///   - configuration: The choices.
    /// - Returns: The files.
    /// - Throws: What is wrong with the package, or what `files(_:_:)` throws.
    public static func files(
        path: String,
        features: [String]?,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> [GeneratedFile] {
        try files(WITPackage(path: path, features: features.map { $0 + configuration.features }).resolve, configuration)
    }

    /// Makes the bindings that a configuration asks for.
    ///
    /// - Parameters:
    ///   - resolve: The packages.
    ///   - configuration: The choices.
    /// - Returns: The files: one for a host; the world's and the runtime's for a guest.
    /// - Throws: What cannot be generated, located in the WIT, or in the configuration where that is to blame.
    public static func files(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> [GeneratedFile] {
        let resolve = resolve.separatingRenamed()
        switch configuration.side {
        case .host:
            var generator = HostGenerator(try BindingsModelBuilder.build(resolve, configuration))
            return [GeneratedFile(name: hostFile, text: SwiftRenderer.render(generator.file()))]
        case .guest:
            let world = try guestWorld(resolve, configuration)
            return try GuestGenerator.files(resolve, world, configuration)
        }
    }

    private static func guestWorld(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> WorldID {
        var mistakes: [Diagnostic] = []
        let worlds = WorldSelection.select(configuration.worlds, in: resolve, &mistakes)
        if mistakes.isEmpty, worlds.count > 1 {
            let names = worlds.map { "`\(resolve[$0].name)`" }.joined(separator: ", ")
            mistakes.append(
                Diagnostic("a guest has one world, and there are \(names)", at: nil, hint: "name one of them")
            )
        }
        if mistakes.isEmpty, let world = worlds.first { return world }
        throw configuration.error(mistakes)
    }
}
