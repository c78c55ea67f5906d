/// The name of a package: `namespace:name@version`.
public struct PackageName: Sendable, Hashable, CustomStringConvertible {
    /// The part before the colon.
    public let namespace: String
    /// The part after the colon.
    public let name: String
    /// The version, where there is one.
    public let version: SemanticVersion?

    /// Makes a name.
    ///
    /// - Parameters:
    ///   - namespace: The part before the colon.
    ///   - name: The part after the colon.
    ///   - version: The version.
    public init(namespace: String, name: String, version: SemanticVersion?) {
        self.namespace = namespace
        self.name = name
        self.version = version
    }

    /// The name as WIT writes it.
    public var description: String {
        "\(namespace):\(name)" + (version.map { "@\($0)" } ?? "")
    }

    /// The name of an interface or world of this package as components write it: `namespace:name/item@version`.
    ///
    /// - Parameter item: The interface or world.
    /// - Returns: The qualified name.
    public func qualifying(_ item: String) -> String {
        "\(namespace):\(name)/\(item)" + (version.map { "@\($0)" } ?? "")
    }
}
