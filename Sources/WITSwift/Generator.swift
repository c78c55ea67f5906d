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

    /// Makes the bindings that a configuration asks for, host side.
    ///
    /// - Parameters:
    ///   - resolve: The packages.
    ///   - configuration: The choices.
    /// - Returns: The file.
    /// - Throws: What cannot be generated, located in the WIT, or in the configuration where that is to blame.
    public static func host(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration
    ) throws(WITError) -> GeneratedFile {
        var generator = HostGenerator(try HostModelBuilder.build(resolve, configuration))
        return GeneratedFile(name: hostFile, text: SwiftRenderer.render(generator.file()))
    }
}
