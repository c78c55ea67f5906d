public import WITModel

/// A package on disk with every name in it looked up, as commands ask for it.
public struct WITPackage: Sendable {
    /// The packages.
    public let resolve: Resolve

    /// Reads a package and looks every name in it up.
    ///
    /// - Parameters:
    ///   - path: A `.wit` file or a folder of them.
    ///   - features: The `@unstable` features to let in; nil for all.
    /// - Throws: Everything that is wrong with the package.
    public init(path: String, features: [String]?) throws(WITError) {
        resolve = try Resolve(SourceTree(path: path), features: features.map { .only(Set($0)) } ?? .all)
    }

    /// The packages as JSON, in the schema of `wasm-tools component wit --json`.
    public var json: String { resolve.json }

    /// The packages as one formatted WIT text, as `Resolve.wit` says.
    public var wit: String { resolve.wit }
}
